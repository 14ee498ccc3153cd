import { html, nothing } from 'lit';
import type { Reason } from '../src/domain/playbook.js';
import { COVERAGE_STRINGS } from '../src/studio/coverage-strings.js';
import {
  type CountedFigures,
  FEWEST_CARDS,
  type Figures,
  type Share,
} from '../src/studio/figures.js';
import type { Words } from '../src/view/format.js';

const WORDS = COVERAGE_STRINGS.figures;

/** What people did with cards, a row for each play or content that somebody has seen, those seen most first. */
export function figuresTable(
  figures: readonly CountedFigures[],
  {
    of,
    reasons,
    titleOf,
    words,
  }: {
    readonly of: 'play' | 'content';
    readonly reasons: readonly Reason[];
    readonly titleOf: (id: string) => unknown;
    readonly words: Words;
  },
): unknown {
  const seen = figures.filter((one) => one.seen > 0).sort((a, b) => b.seen - a.seen);
  if (seen.length === 0) return html`<p class="note">${WORDS.none[of]}</p>`;
  const heads = [
    WORDS[of],
    of === 'play' ? WORDS.opened : WORDS.brought,
    ...[WORDS.seen, WORDS.done, WORDS.notRelevant, WORDS.helpful, WORDS.acted],
  ];
  const row = (one: CountedFigures): unknown =>
    html`<tr><th scope="row">${titleOf(one.id)}</th><td>${words.number(one.opened)}</td><td>${words.number(one.seen)}</td>${SHARES.map(
      (name) =>
        html`<td>${shareView(one, name, words)}${name === 'notRelevant' ? reasonsView(one, reasons, words) : nothing}</td>`,
    )}</tr>`;
  return html`<p class="quiet">${WORDS.basis[of]} ${WORDS.shares}</p><div class="scroll"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${seen.map(row)}</tbody></table></div>`;
}

/** The same of one content, under each other. */
export function figuresList(one: Figures, reasons: readonly Reason[], words: Words): unknown {
  const heads = {
    ...{ done: WORDS.done, notRelevant: WORDS.notRelevant },
    ...{ helpful: WORDS.helpful, buyerActed: WORDS.acted },
  };
  return html`<p>${words.count(WORDS.seenOn, one.seen)}</p><dl>${SHARES.map(
    (name) =>
      html`<div><dt>${heads[name]}</dt><dd>${shareView(one, name, words)}${name === 'notRelevant' ? reasonsView(one, reasons, words) : nothing}</dd></div>`,
  )}</dl><p class="quiet">${WORDS.basis.content} ${WORDS.shares}</p>`;
}

const SHARES = ['done', 'notRelevant', 'helpful', 'buyerActed'] as const;

function shareView(one: Figures, name: (typeof SHARES)[number], words: Words): unknown {
  const share = one[name];
  if (share) return shareText(share, words);
  const { helpful = 0, 'not-helpful': not = 0 } = one.answers;
  const known = name === 'helpful' ? helpful + not : one.seen;
  return html`<span class="quiet">${words.fill(WORDS.tooLittle, { count: words.number(known), needed: words.number(FEWEST_CARDS) })}</span>`;
}

export const shareText = ({ count, of, low, high }: Share, words: Words): string =>
  words.fill(WORDS.share, {
    rate: words.percent(round(count / of)),
    low: words.percent(round(low)),
    high: words.percent(round(high)),
    count: words.number(count),
    of: words.number(of),
  });

function reasonsView({ answers }: Figures, reasons: readonly Reason[], words: Words): unknown {
  const labels = new Map(reasons.map(({ id, label }) => [id, label]));
  const given = Object.entries(answers).flatMap(([kind, count]) => {
    const [, reason] = kind.split('/');
    return reason === undefined ? [] : [`${labels.get(reason) ?? reason} ${count}`];
  });
  if (given.length === 0) return nothing;
  return html`<span class="quiet">${words.fill(WORDS.reasons, { list: given.join(', ') })}</span>`;
}

const round = (rate: number): number => Math.round(rate * 100) / 100;
