import type { DealFinding } from '../analyze-deals.js';
import { wilsonInterval } from '../core/statistics.js';
import { plural } from '../view/count.js';
import { nounOf, type PatternsAsked, rateOf } from './finding-words.js';
import type { Block } from './report.js';

/** Before like is compared with like: what anybody would see who counts. */
export function standingChart(
  having: DealFinding['with'],
  without: DealFinding['with'],
  { question, words }: PatternsAsked,
): Block {
  const noun = nounOf(question);
  const won = words.is(question.outcome, question.won);
  const rows = [
    { label: 'With it', ...having },
    { label: 'Without it', ...without },
  ].filter(({ deals }) => deals > 0);
  const drawn = rows.map(({ label, deals, won: count }) => {
    const [low, high] = wilsonInterval(count, deals);
    const value = count / deals;
    return {
      label: `${label}: ${plural(deals, noun)}`,
      value,
      low,
      high,
      text: rateOf(count, deals),
    };
  });
  return {
    kind: 'chart',
    chart: {
      kind: 'intervals',
      title: `How often ${won}, over all ${noun}s`,
      description: `${drawn.map(({ label, text: rate }) => `${label}, ${rate}`).join('. ')}. This is before like is compared with like.`,
      rows: drawn,
    },
    data: {
      kind: 'table',
      title: `Over all ${noun}s, before like is compared with like, as if each ${noun} stood for itself`,
      head: ['', `${noun}s`, 'won', 'share', 'from', 'to'],
      rows: drawn.map(({ text: rate, low, high }, i) => [
        rows[i]?.label ?? '',
        rows[i]?.deals ?? 0,
        rows[i]?.won ?? 0,
        rate,
        `${(100 * low).toFixed(1)} %`,
        `${(100 * high).toFixed(1)} %`,
      ]),
    },
  };
}
