import { html, nothing } from 'lit';
import { readItems } from '../src/studio/playbook-folder.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import type { PublishedVersion, VersionNote } from '../src/studio/versions.js';
import { VERSIONS_STRINGS as WORDS } from '../src/studio/versions-strings.js';
import { changesOf } from '../src/studio/workbench.js';
import { button } from './panel-bits.js';
import { differenceView } from './studio-difference.js';
import { failedView } from './studio-failed.js';
import { personIn } from './studio-person.js';
import type { StudioDesk } from './studio-state.js';

/** Which version is in force, wherever one is. */
export function liveMark({ state }: StudioDesk): unknown {
  const live = state.log?.live;
  return live
    ? html`<span class="quiet live">${WORDS.live.replace('{number}', `${live.number}`)}</span>`
    : nothing;
}

/** Everything that was ever in force, the latest first: who published it, what it changed, and the way back to it. */
export function versionsView(desk: StudioDesk): unknown {
  const { place, log } = desk.state;
  if (place.kind !== 'versions' || !log) return nothing;
  const { published } = log;
  const at = published.findIndex(({ number }) => number === place.number);
  const one = published[at];
  if (one) return versionView(desk, one, published[at - 1]);
  return html`<main class="list"><header class="top"><div><h1>${WORDS.title}</h1></div><div class="actions">${button('primary', WORDS.review, () => desk.go({ kind: 'review' }))}</div></header>
    ${waiting(desk)}
    ${published.length === 0 ? html`<p class="quiet">${WORDS.none}</p>` : nothing}
    <ul class="rows">${published.toReversed().map((version) => versionRow(desk, version))}</ul></main>`;
}

function waiting(desk: StudioDesk): unknown {
  const { log, bench } = desk.state;
  const review = (): void => desk.go({ kind: 'review' });
  if (log?.proposal)
    return html`<p class="note">${WORDS.proposalTitle.replace('{who}', () => personIn(desk, log.proposal?.by ?? ''))}. ${button('link', WORDS.lookAt, review)}</p>`;
  return Object.keys(changesOf(bench)).length > 0
    ? html`<p class="note">${WORDS.draftWaits}${button('link', WORDS.lookAt, review)}</p>`
    : nothing;
}

const timeOf = (at: number): string =>
  new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

/** Who published it when, who looked at it, and what it goes back to. */
function story(desk: StudioDesk, { by, at, approvedBy, backTo }: VersionNote): string {
  const parts = [
    WORDS.publishedBy.replace('{when}', timeOf(at)).replace('{who}', () => personIn(desk, by)),
    ...(approvedBy ? [WORDS.approvedBy.replace('{who}', () => personIn(desk, approvedBy))] : []),
    ...(backTo ? [WORDS.backTo.replace('{number}', `${backTo}`)] : []),
  ];
  return parts.join('; ');
}

const titleOf = ({ number }: VersionNote): string => WORDS.version.replace('{number}', `${number}`);

function versionRow(desk: StudioDesk, version: VersionNote): unknown {
  const { number } = version;
  const isLive = desk.state.log?.live?.number === number;
  return html`<li>${button('link', titleOf(version), () => desk.go({ kind: 'versions', number }))}<span class="quiet">${story(desk, version)}</span><span class="marks">${isLive ? html`<span class="mark">${WORDS.isLive}</span>` : nothing}</span></li>`;
}

/** What a version changed; and, for one that is not live, what going back to it would change. */
function versionView(
  desk: StudioDesk,
  version: VersionNote,
  before: VersionNote | undefined,
): unknown {
  const { log, works } = desk.state;
  const { number } = version;
  const filled = (words: string): string => words.replace('{number}', `${number}`);
  const isLive = log?.live?.number === number;
  const wanted = [number, ...(before ? [before.number] : [])];
  queueMicrotask(() => desk.work('versions', wanted, () => filesOfAll(desk, wanted)));
  const work = works?.versions;
  const isAsked = work !== undefined && wanted.every((one, i) => work.of[i] === one);
  return html`<main class="list"><header class="top"><div>${button('link', WORDS.all, () => desk.go({ kind: 'versions' }))}<h1>${titleOf(version)}</h1><p class="quiet">${story(desk, version)}</p></div>
    <div class="actions">${isLive ? html`<span class="mark">${WORDS.isLive}</span>` : button('primary', filled(WORDS.rollBack), () => void desk.versions?.rollBack(number).then(() => desk.go({ kind: 'versions' })))}</div></header>
    ${
      isAsked && work.is === 'found'
        ? changesView(desk, number, work.found, isLive ? undefined : log?.live)
        : isAsked && work.is === 'failed'
          ? failedView(desk, 'versions', work.because)
          : html`<p class="quiet" role="status">${WORDS.reading}</p>`
    }</main>`;
}

async function filesOfAll(
  { source }: StudioDesk,
  numbers: readonly number[],
): Promise<readonly PlaybookFiles[]> {
  return Promise.all(numbers.map((one) => source.versions?.filesOf(one) ?? []));
}

function changesView(
  { state: { vocabulary } }: StudioDesk,
  number: number,
  [own = [], before]: readonly PlaybookFiles[],
  live: PublishedVersion | undefined,
): unknown {
  return html`${live ? html`<section><h2>${WORDS.wouldChange}</h2>${differenceView(readItems(live.files), readItems(own), vocabulary)}</section>` : nothing}
    <section><h2>${WORDS.changed.replace('{number}', `${number}`)}</h2>${before ? differenceView(readItems(before), readItems(own), vocabulary) : html`<p class="quiet">${WORDS.first}</p>`}</section>`;
}
