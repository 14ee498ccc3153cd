import type { WhitespaceCell } from '../analyze-whitespace.js';
import { plural } from '../view/count.js';
import { type Section, text } from './report.js';
import { listSection } from './report-parts.js';

/** Of the others that a gap rests on, those who buy it. */
export function shareOf({ peers, goesWith }: WhitespaceCell): number {
  if (goesWith) return goesWith.both / goesWith.having;
  return peers ? peers.buy / peers.size : 0;
}

type GapColumn = readonly [head: string, cell: (gap: WhitespaceCell) => string];

/** Gaps that are worth an offer, in the columns that the data can fill; what they cannot is said once. */
export function gapsSection(
  gaps: readonly WhitespaceCell[],
  good: readonly WhitespaceCell[],
  {
    money,
    columns,
    reason,
  }: {
    readonly money: (minor: number | undefined) => string;
    readonly columns: readonly GapColumn[];
    readonly reason?: (account: string) => string;
  },
): Section {
  const isSpendTold = gaps.some(({ spendMinor }) => spendMinor);
  const isMarginKnown = gaps.some(({ marginMinor }) => marginMinor !== undefined);
  const spend = 'Spend is the median of what those who buy it pay in a year, with the middle half.';
  const some = isMarginKnown
    ? `The highest margin first. ${spend} The margin is what is left after the product and serving this account.`
    : isSpendTold
      ? `The highest spend first. ${spend} Costs are not in the playbook, so that it is not known what would be left.`
      : 'What most of the others have first. What was paid is not in the data, so that it is not known what a gap is worth.';
  const all: readonly GapColumn[] = [
    ...columns,
    ...(isSpendTold ? [['spend a year', spendText] as const] : []),
    ...(isMarginKnown ? [['margin', marginText] as const] : []),
    ...(reason ? [['buys for', ({ account }: WhitespaceCell) => reason(account)] as const] : []),
  ];
  function spendText({ spendMinor }: WhitespaceCell): string {
    if (!spendMinor) return 'not told';
    const { median, from, to } = spendMinor;
    return `${money(median)} (${money(from)} to ${money(to)})`;
  }
  function marginText({ marginMinor }: WhitespaceCell): string {
    return marginMinor === undefined ? 'costs not known' : money(marginMinor);
  }
  return listSection(
    isMarginKnown ? 'Gaps that pay' : isSpendTold ? 'Gaps, before any cost' : 'Gaps',
    good,
    some,
    gaps.length > 0
      ? 'No gap brings a margin.'
      : 'No product that one customer lacks is bought by so many of the others.',
    {
      title: 'Gaps',
      head: all.map(([head]) => head),
      row: (gap) => all.map(([, cell]) => cell(gap)),
    },
  );
}

/** What all gaps of a product that pay would bring in a year, if each customer bought as the others do. */
export function worthSection(
  gaps: readonly WhitespaceCell[],
  {
    label,
    worth,
    money,
  }: {
    readonly label: (product: string) => string;
    readonly worth: (cell: WhitespaceCell) => number;
    readonly money: (minor: number | undefined) => string;
  },
): Section {
  const byProduct = new Map<string, { value: number; customers: number }>();
  for (const cell of gaps) {
    const sum = byProduct.get(cell.product) ?? { value: 0, customers: 0 };
    sum.value += worth(cell);
    sum.customers++;
    byProduct.set(cell.product, sum);
  }
  const rows = Array.from(byProduct, ([product, { value, customers }]) => ({
    label: `${label(product)}: ${plural(customers, 'customer')}`,
    product: label(product),
    customers,
    value,
    text: money(value),
  }))
    .sort((one, other) => other.value - one.value)
    .slice(0, 8);
  const [first] = rows;
  return {
    heading: `Most is to be had with ${first?.product}: ${plural(first?.customers ?? 0, 'customer')}, about ${first?.text} a year`,
    blocks: [
      {
        kind: 'chart',
        chart: {
          kind: 'bars',
          title: 'What gaps would bring in a year, by product',
          description: `${rows.map(({ label: product, text: sum }) => `${product}, ${sum}`).join('. ')}.`,
          rows: rows.map(({ label: product, value, text: sum }) => ({
            label: product,
            value,
            text: sum,
          })),
        },
        data: {
          kind: 'table',
          title: 'Gaps, by product',
          head: ['product', 'customers', 'a year'],
          rows: rows.map(({ product, customers, text: sum }) => [product, customers, sum]),
        },
      },
      text(
        'The sums take it that each of them buys as the median of the others does. Not all will: take them for an order, and not for a plan.',
      ),
    ],
  };
}
