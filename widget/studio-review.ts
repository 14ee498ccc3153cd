import { html, nothing } from 'lit';
import type { JsonValue } from '../src/domain/value.js';
import { fieldWords, valueWords, wayTo } from '../src/studio/field-words.js';
import type { Conflict } from '../src/studio/merge-playbooks.js';
import { readItems } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { toSentence } from '../src/studio/to-sentence.js';
import type { Proposal } from '../src/studio/versions.js';
import { VERSIONS_STRINGS as WORDS } from '../src/studio/versions-strings.js';
import { changesOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { textLine } from './studio-changes.js';
import { differenceView, nameOf } from './studio-difference.js';
import { findingView } from './studio-finding.js';
import { personIn } from './studio-person.js';
import { openSlots } from './studio-play.js';
import { replayView } from './studio-replay.js';
import type { BroughtTogether, StudioDesk } from './studio-state.js';

/** What would go live, before it does: what differs in plain words, what is to be mended, and the last 90 days under it. */
export function reviewView(desk: StudioDesk): unknown {
  const { place, log, bench, vocabulary, together } = desk.state;
  if (place.kind !== 'review') return nothing;
  const isChanged = Object.keys(changesOf(bench)).length > 0;
  return html`<main class="list">${log?.proposal ? proposalView(desk, log.proposal) : nothing}${
    log?.proposal && !isChanged
      ? nothing
      : html`<header class="top"><div>${button('link', WORDS.all, () => desk.go({ kind: 'versions' }))}<h1>${WORDS.reviewTitle}</h1></div><div class="actions">${publishButton(desk, isChanged)}</div></header>
    ${together ? togetherView(desk, together) : nothing}${problemsView(desk)}
    ${differenceView(bench.before, bench.items, vocabulary)}${isChanged ? replayView(desk) : nothing}`
  }</main>`;
}

function openConflicts(together: BroughtTogether | undefined): number {
  return together ? together.conflicts.length - together.chosen.size : 0;
}

function publishButton(desk: StudioDesk, isChanged: boolean): unknown {
  const { checked, together } = desk.state;
  const isReady = checked?.playbook !== undefined && isChanged && openConflicts(together) === 0;
  const label = desk.versions?.needsSecond ? WORDS.propose : WORDS.publish;
  return button('primary', label, () => void desk.versions?.publish(), { disabled: !isReady });
}

function problemsView(desk: StudioDesk): unknown {
  const { state } = desk;
  const { bench, vocabulary } = state;
  const words = createWords(ENGLISH, vocabulary.playbook, 0);
  const open = [...bench.items.values()].flatMap((item) => {
    const isPlay = item.file.startsWith('plays/') && item !== bench.before.get(item.id);
    const count = isPlay ? openSlots(toSentence(item.data, vocabulary)) : 0;
    return count > 0 ? [{ item, count }] : [];
  });
  // What is missing where a choice is open is known already.
  const found = (state.checked?.problems ?? []).filter(
    ({ file }) => !open.some(({ item }) => item.file === file),
  );
  if (found.length + open.length === 0) return html`<p class="quiet">${WORDS.noProblems}</p>`;
  return html`<section class="problems"><h2>${words.count(WORDS.problems, found.length + open.length)}</h2>${state.checked?.playbook ? nothing : html`<p>${WORDS.cannot}</p>`}<ul>${open.map(
    ({ item, count }) =>
      html`<li class="note wrong">${button('link', nameOf(item), () => desk.go({ kind: 'play', id: item.id, form: 'sentence' }))} ${words.count(STUDIO_STRINGS.openSlots, count)}.</li>`,
  )}${found.map(
    (one) =>
      html`<li .className=${one.severity === 'error' ? 'note wrong' : 'note'}>${findingView(one, one.file)}</li>`,
  )}</ul></section>`;
}

/** Somebody's change, which a second person looks at. */
function proposalView(desk: StudioDesk, proposal: Proposal): unknown {
  const { log, author, vocabulary } = desk.state;
  const live = log?.live;
  const isOwn = proposal.by === author;
  const { at } = proposal;
  return html`<header class="top"><div>${button('link', WORDS.all, () => desk.go({ kind: 'versions' }))}<h1>${isOwn ? WORDS.ownProposal : WORDS.proposalTitle.replace('{who}', () => personIn(desk, proposal.by))}</h1></div>
    <div class="actions">${button('', isOwn ? WORDS.withdraw : WORDS.sendBack, () => void desk.versions?.withdraw(at))}${isOwn ? nothing : button('primary', WORDS.approve, () => void desk.versions?.approve(at))}</div></header>
    ${differenceView(readItems(live?.files ?? []), readItems(proposal.files), vocabulary)}`;
}

/** What somebody else published meanwhile, and whose words stand where both changed the same. */
function togetherView(desk: StudioDesk, together: BroughtTogether): unknown {
  const { by, conflicts } = together;
  if (conflicts.length === 0) return nothing;
  const words = createWords(ENGLISH, desk.state.vocabulary.playbook, 0);
  const open = openConflicts(together);
  return html`<section class="conflicts"><h2>${WORDS.conflicts.replace('{who}', () => personIn(desk, by))}</h2>${open > 0 ? html`<p class="note wrong">${words.count(WORDS.openConflicts, open)}</p>` : nothing}<ul>${conflicts.map(
    (conflict, i) => conflictView(desk, together, conflict, i),
  )}</ul></section>`;
}

function conflictView(
  desk: StudioDesk,
  { by, base, mine, theirs, chosen }: BroughtTogether,
  { item, field, ...values }: Conflict,
  i: number,
): unknown {
  const held = mine.get(item) ?? theirs.get(item) ?? base.get(item);
  const { vocabulary } = desk.state;
  const way = field === '' ? [] : wayTo(field, vocabulary);
  const said = (value: JsonValue | undefined): string => valueWords(value, way, vocabulary);
  const was = said(values.base);
  const choice = chosen.get(i);
  const side = (whose: 'mine' | 'theirs', title: string, label: string): unknown =>
    html`<div class="changes"><h4>${title}</h4><dl>${values[whose] === undefined ? html`<dd class="quiet">${WORDS.nothing}</dd>` : textLine('', was, said(values[whose]))}</dl>${button('', label, () => desk.versions?.choose(i, whose), { pressed: choice === whose })}</div>`;
  return html`<li><h3>${held ? nameOf(held) : item} <span class="quiet">${way.length > 0 ? fieldWords(way, vocabulary) : WORDS.wholeItem}</span></h3>
    <div class="sides">${side('mine', WORDS.mine, WORDS.keepMine)}${side(
      'theirs',
      WORDS.theirs.replace('{who}', () => personIn(desk, by)),
      WORDS.takeTheirs,
    )}</div></li>`;
}
