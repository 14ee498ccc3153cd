import type { Whitespace } from '../analyze-whitespace.js';
import { count, plural } from '../view/count.js';
import { pText } from './finding-words.js';
import { type Block, type Section, text } from './report.js';
import { percent } from './report-parts.js';

/** More lines are looked up and not read. */
const MOST_PAIRS = 12;

/** Which products go together, and whether that tells more than what is popular. */
export function togetherSection(
  { together, pairs, products }: Whitespace,
  label: (product: string) => string,
): Section {
  const heading = 'What goes with what they have';
  if (together.baskets === 0)
    return { heading, blocks: [text('No customer has two products, so nothing goes together.')] };
  const nameAt = (item: number): string => label(products[item] ?? '');
  const found: readonly Block[] =
    pairs.length === 0
      ? [text('No two products go together more often than chance makes.')]
      : [
          text(
            `${plural(pairs.length, 'pair')} of products ${pairs.length === 1 ? 'goes' : 'go'} together more often than chance makes: that any of them is false is at most 5 in 100.${pairs.length > MOST_PAIRS ? ` The ${MOST_PAIRS} strongest; the JSON has all.` : ''}`,
          ),
          {
            kind: 'table',
            title: 'Products that go together',
            head: ['who has', 'has also', 'of them', 'of all others', 'difference, 95 %', 'p'],
            rows: pairs
              .slice(0, MOST_PAIRS)
              .map(({ item, other, both, having, share, elsewhere, interval, p }) => [
                nameAt(item),
                nameAt(other),
                `${count(both)} of ${count(having)} (${percent(share)})`,
                percent(elsewhere),
                `${Math.round(100 * (share - elsewhere))} points (${interval.map((end) => Math.round(100 * end)).join(' to ')})`,
                pText(p),
              ]),
          },
        ];
  const { hits, gain, interval, first, baskets } = together;
  const points = (share: number): string => (100 * share).toFixed(1);
  return {
    heading,
    blocks: [
      ...found,
      text(
        `Of ${plural(baskets, 'customer')} each product was hidden in turn. By what else they have it is among the first ${first} in ${percent(hits.together)} of the cases, by popularity alone in ${percent(hits.popular)}: a gain of ${points(gain)} points (95 % interval ${points(interval[0])} to ${points(interval[1])}). ${interval[0] > 0 ? 'What they have tells more than what is popular.' : 'What they have tells no more than what is popular: go by the peers.'}`,
      ),
    ],
  };
}
