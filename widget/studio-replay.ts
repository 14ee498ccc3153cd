import { html, nothing } from 'lit';
import type { NamedForesight } from '../src/studio/engine.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

const WORDS = STUDIO_STRINGS.replay;
const WEEK_MS = 7 * 86_400_000;
const MOST_ROWS = 6;
/** More are told in hours. */
const MOST_MINUTES = 180;

type Words = ReturnType<typeof createWords>;

/** The last 90 days under what is written here, beside what was live: how many cards, for whom, at whose cost. */
export function replayView(desk: StudioDesk): unknown {
  const { replay, checked, vocabulary } = desk.state;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const isReady = checked?.playbook !== undefined;
  return html`<section class="replay" .ariaLabel=${WORDS.title}><h2>${WORDS.title}</h2>${
    replay?.is === 'running'
      ? html`<p class="quiet">${words.fill(WORDS.running, { share: words.percent(replay.share) })} ${button('', WORDS.stop, desk.stopReplay)}</p>`
      : html`${replay?.is === 'found' ? foundView(replay.found, desk, words) : nothing}${button('', replay?.is === 'found' ? WORDS.again : WORDS.start, () => void desk.replay(), { disabled: !isReady })}${isReady ? nothing : html`<p class="quiet">${WORDS.wrong}</p>`}`
  }</section>`;
}

function foundView(found: NamedForesight, desk: StudioDesk, words: Words): unknown {
  const { plays, before, after, accounts, reps, mostOfOne, minutes, weeks } = found;
  if (plays.length === 0) return html`<p>${WORDS.same}</p>`;
  const weekly = Math.round(after / weeks.length);
  return html`<h3>${words.fill(weekly > 0 ? WORDS.found : WORDS.foundFew, { after: words.count(WORDS.cards, after), before: words.number(before), weekly: words.number(weekly) })}</h3>
    <p class="quiet">${WORDS.caution}</p>
    <p>${words.fill(WORDS.whom, {
      reps: words.count(WORDS.reps, reps),
      accounts: words.count(WORDS.accounts, accounts),
      most: words.number(mostOfOne),
      minutes:
        minutes < MOST_MINUTES
          ? words.count(WORDS.minutes, minutes)
          : words.count(WORDS.hours, Math.round(minutes / 60)),
    })}</p>
    ${weeksChart(found, words)}
    <div class="findings">${displacedView(found, desk, words)}${attentionView(found, words)}${examplesView(found, words)}</div>`;
}

/** Drawn by heights alone: the figures stand in the table below it. */
function weeksChart({ weeks, from }: NamedForesight, words: Words): unknown {
  const most = Math.max(1, ...weeks.map(({ before, after }) => Math.max(before, after)));
  const dayOf = (i: number): string => words.fullDay(words.dayOf(from + i * WEEK_MS), true);
  return html`<figure><figcaption>${WORDS.weeks} <span class="quiet">▇ ${WORDS.draft} ▔ ${WORDS.live}; ${words.fill(WORDS.most, { most: words.number(most) })}</span></figcaption>
    <div class="chart" aria-hidden="true">${weeks.map(
      ({ before, after }) =>
        html`<div .style=${`--draft:${after / most};--live:${before / most}`}><i class="bar"></i><i class="step"></i></div>`,
    )}</div><p class="ends quiet" aria-hidden="true"><span>${dayOf(0)}</span><span>${dayOf(weeks.length - 1)}</span></p>
    <details><summary class="quiet">${WORDS.data}</summary><table><thead><tr><th>${WORDS.week}</th><th>${WORDS.live}</th><th>${WORDS.draft}</th></tr></thead><tbody>${weeks.map(
      ({ before, after }, i) =>
        html`<tr><td>${dayOf(i)}</td><td>${before}</td><td>${after}</td></tr>`,
    )}</tbody></table></details></figure>`;
}

function displacedView(
  { displaced }: NamedForesight,
  { state }: StudioDesk,
  words: Words,
): unknown {
  const titleOf = (id: string): string => {
    const item = [...state.bench.items.values()].find(
      ({ file, data }) => file.startsWith('plays/') && data.id === id,
    );
    return playTitle(item?.data.title ?? id);
  };
  return list(
    WORDS.displaces,
    displaced.map(({ play, by, times }) =>
      words.fill(WORDS.displaced, {
        play: titleOf(play),
        by: titleOf(by),
        times: words.count(WORDS.times, times),
      }),
    ),
    WORDS.displacesNothing,
  );
}

function attentionView({ overruns, names }: NamedForesight, words: Words): unknown {
  return list(
    WORDS.attention,
    overruns.map(({ who, demand, limit, day }) =>
      words.fill(WORDS.overrun, {
        who: names[who] ?? who,
        demand: words.count(WORDS.touches, demand),
        limit: words.number(limit.touches),
        day,
      }),
    ),
    WORDS.attentionKept,
  );
}

function examplesView({ examples, names }: NamedForesight, words: Words): unknown {
  return list(
    WORDS.examples,
    examples.map(
      ({ record, account, begin }) =>
        `${words.fullDay(words.dayOf(begin), true)}: ${names[record] ?? record}${record === account ? '' : `, ${names[account] ?? account}`}`,
    ),
    WORDS.noExamples,
  );
}

function list(title: string, rows: readonly string[], none: string): unknown {
  return html`<div><h3>${title}</h3>${
    rows.length === 0
      ? html`<p class="quiet">${none}</p>`
      : html`<ul>${rows.slice(0, MOST_ROWS).map((row) => html`<li>${row}</li>`)}</ul>`
  }${rows.length > MOST_ROWS ? html`<p class="quiet">${STUDIO_STRINGS.andMore.replace('{count}', `${rows.length - MOST_ROWS}`)}</p>` : nothing}</div>`;
}
