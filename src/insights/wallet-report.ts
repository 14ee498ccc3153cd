import type { WalletEstimate, Wallets } from '../analyze-wallet.js';
import { count, plural } from '../view/count.js';
import type { PatternWords } from './pattern-words.js';
import { peerText } from './peer-text.js';
import { type Report, type Section, text } from './report.js';
import { listSection, nameOf, percent } from './report-parts.js';

/** Rows of a chart that is read at a glance. */
const CHARTED = 8;

export function walletReport(wallets: Wallets, words: PatternWords): Report {
  const { estimates, groups, alikeIn, nearIn, without, lost, best, below } = wallets;
  const money = (minor: number): string => words.words.roughly(minor, 'money');
  const alike = words.words.list([
    ...(alikeIn.length > 0 ? [`alike in ${alikeIn.map(words.label).join(', ')}`] : []),
    ...(nearIn.length > 0 ? [`nearest in ${nearIn.map(words.label).join(', ')}`] : []),
  ]);
  const peers = ({ peers: { group, size, ranges } }: WalletEstimate): string => {
    const told = [
      ...(alikeIn.length > 0 ? [peerText(alikeIn, groups.alike[group] ?? [], words)] : []),
      ...ranges.map(([from, to], i) => {
        const id = nearIn[i] ?? '';
        return `${words.label(id)} ${words.value(id, from)} to ${words.value(id, to)}`;
      }),
    ];
    return `${size} (${told.join(', ')})`;
  };
  const small = groups.sizes.filter((size) => size <= 17).length;
  const sorted = estimates.toSorted((one, other) => other.headroomMinor - one.headroomMinor);
  return {
    title: 'Share of wallet',
    lead: [
      `What customers bought in 365 days, against what the best comparable ones buy: the ${100 * best} % quantile of the others ${alike}. What they spend elsewhere is not in the data, so this is what could realistically be sold by us, and not all that they spend.${lost > 0 ? ` ${plural(lost, 'customer')} who bought earlier and nothing in this time are left out: they are under retention.` : ''}`,
    ],
    sections: [
      ...(estimates.length === 0
        ? []
        : [
            {
              heading: 'How far to trust it',
              blocks: [
                text(
                  `Each wallet comes from the others alone. ${percent(below)} of the customers buy no more than their wallet says; it should be about ${100 * best} %. The interval is that of the quantile: with few peers it is wide.`,
                ),
              ],
            },
          ]),
      ...(sorted.length > 0 ? [shareSection(sorted.slice(0, CHARTED))] : []),
      listSection<WalletEstimate>(
        'Most to be had',
        sorted,
        'Those where most is left come first. A low share is a question, and not yet an opportunity: ask what they buy elsewhere, and whether they need it at all.',
        `No number for any customer: it takes 17 comparable ones beside it, and an interval of the ${100 * best} % quantile does not exist for fewer. Compare by fewer attributes.`,
        {
          title: 'Customers by what is left of their wallet',
          head: ['customer', 'bought, 12 months', 'wallet', 'share of wallet', 'left', 'peers'],
          row: (one) => [
            nameOf(one),
            money(one.salesMinor),
            `${money(one.walletMinor)} (${money(one.interval[0])} to ${money(one.interval[1])})`,
            `${percent(one.share)} (${percent(one.shareInterval[0])} to ${percent(one.shareInterval[1])})`,
            money(one.headroomMinor),
            peers(one),
          ],
        },
      ),
      ...(without > 0
        ? [
            {
              heading: 'Without a number',
              blocks: [
                text(
                  `${plural(without, 'customer')}: too few peers (${count(small)} of ${plural(groups.sizes.length, 'group')} have fewer than 18 customers), or one of the attributes is not known.`,
                ),
              ],
            },
          ]
        : []),
    ],
  };
}

function shareSection(most: readonly WalletEstimate[]): Section {
  const rows = most.map((one) => ({
    label: nameOf(one),
    value: one.share,
    low: one.shareInterval[0],
    high: one.shareInterval[1],
    text: percent(one.share),
  }));
  const said = `${rows[0]?.label} buys ${rows[0]?.text} of what comparable customers suggest`;
  return {
    heading: said,
    blocks: [
      {
        kind: 'chart',
        chart: {
          kind: 'intervals',
          title: 'Share of wallet, where most is left',
          description: `${rows.map(({ label, text: share }) => `${label}: ${share}`).join('. ')}. The lines are 95 % intervals.`,
          rows,
        },
        data: {
          kind: 'table',
          title: 'Share of wallet with its 95 % interval, where most is left',
          head: ['customer', 'share', 'from', 'to'],
          rows: rows.map(({ label, text: share, low, high }) => [
            label,
            share,
            percent(low),
            percent(high),
          ]),
        },
      },
    ],
  };
}
