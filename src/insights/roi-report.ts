import type { Guess, Roi, RoiAssumptions } from '../analyze-roi.js';
import { type Report, text } from './report.js';

const percent = (rate: number): string => `${rate > 0 ? '+' : ''}${(100 * rate).toFixed(1)} %`;
const range = ([least, likely, most]: Guess): string =>
  `${percent(likely)} (${percent(least)} to ${percent(most)})`;

export function roiReport(
  found: Roi,
  { company, now, guided }: RoiAssumptions,
  { currency, isExample }: { readonly currency: string; readonly isExample: boolean },
): Report {
  const isMeasured = found.growth === 'measured';
  const money = (amount: number): string =>
    new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      notation: 'compact',
      maximumFractionDigits: 1,
    }).format(amount);
  const last = found.quarters.at(-1);
  return {
    title: 'What guidance may be worth',
    lead: [
      isMeasured
        ? 'The growth is measured: what guided buying groups buy beyond those that are held out, interruptions taken off. Its range is a 95 % interval, and may reach below 0. What follows from it for profit is reckoned with your figures.'
        : `${isExample ? 'These are the figures of a worked example, a maker with a revenue of one thousand million, and not yours: give your own. ' : ''}Nothing here is measured: it is what the figures below add up to if they are right. From least to most is what somebody would defend, and no interval. It is replaced by measurement as soon as the holdout has 20 buying groups in each arm.`,
      `After ${found.quarters.length} quarters: revenue ${last ? range(last.revenueGrowth) : ''}, profit before tax ${last ? range(last.profitGrowth) : ''}, earnings per share ${last ? range(last.epsGrowth) : ''}.`,
      `Profit grows ${found.leverage.toFixed(2)} times as much as revenue, because ${percent(found.margin).replace('+', '')} of revenue are left before tax today and costs stay but for goods and commissions. With more left it would be less.`,
    ],
    sections: [
      {
        heading: 'Quarter by quarter',
        blocks: [
          {
            kind: 'table',
            title: 'A year at the pace of the quarter, against today: likely (least to most)',
            head: ['quarter', 'revenue', 'profit before tax', 'earnings per share'],
            rows: found.quarters.map((one) => [
              one.quarter,
              range(one.revenueGrowth),
              range(one.profitGrowth),
              range(one.epsGrowth),
            ]),
          },
        ],
      },
      {
        heading: 'What it rests on',
        blocks: [
          {
            kind: 'table',
            title: 'The company',
            head: ['', 'today', 'likely'],
            rows: [
              ['revenue', money(found.today.revenue), money(found.likely.revenue)],
              ['SG&A', money(found.today.sga), money(found.likely.sga)],
              ['profit before tax', money(found.today.profit), money(found.likely.profit)],
              ['earnings per share', found.today.eps.toFixed(2), found.likely.eps.toFixed(2)],
              ['gross margin', percent(company.grossMargin).slice(1), ''],
              ['commission on what is added', percent(company.commission).slice(1), ''],
            ],
          },
          ...(isMeasured
            ? []
            : [
                {
                  kind: 'table' as const,
                  title: 'What sellers gain',
                  head: ['', 'today', 'least', 'likely', 'most', 'share of the gain'],
                  rows: DRIVERS.map(([driver, label]) => [
                    label,
                    now[driver],
                    ...guided[driver],
                    driver in found.shareOfGain
                      ? `${Math.round(100 * (found.shareOfGain[driver as keyof Roi['shareOfGain']] ?? 0))} %`
                      : '',
                  ]),
                },
                text(
                  found.limit === 'carries'
                    ? 'Sellers carry as many opportunities as they can: freed time adds nothing here, a shorter cycle does.'
                    : 'Time is what limits sellers: a shorter cycle adds nothing here, freed time does.',
                ),
              ]),
          text(
            'Left out: sales that only come earlier, lower prices that raise the close rate and lower the margin, and what a plant can make. The tax rate and the number of shares stay.',
          ),
        ],
      },
    ],
  };
}

const DRIVERS: readonly (readonly [keyof RoiAssumptions['now'], string])[] = [
  ['sellingShare', 'share of hours with buyers'],
  ['hoursAnOpportunity', 'selling hours an opportunity'],
  ['closeRate', 'close rate'],
  ['cycleDays', 'days from first talk to decision'],
];
