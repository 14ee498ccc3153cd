import type { Proof } from '../analyze-proof.js';
import { isTooLittle, type TooLittleData } from '../analyze-retention.js';
import {
  type Guess,
  type Roi,
  type RoiAssumptions,
  type RoiQuarter,
  WORKED_EXAMPLE,
} from '../analyze-roi.js';
import { count } from '../view/count.js';
import { type Block, type Report, type Section, text } from './report.js';
import { publishedCase } from './roi-example.js';

export interface RoiGround {
  readonly proof: Proof | TooLittleData;
  readonly currency: string;
  /** The figures are those of the worked example. */
  readonly isExample: boolean;
}

/** What is shown, and how amounts are written. */
interface Told extends RoiGround {
  readonly found: Roi;
  readonly assumptions: RoiAssumptions;
  money(amount: number): string;
}

const percent = (rate: number): string => `${rate > 0 ? '+' : ''}${(100 * rate).toFixed(1)} %`;
const share = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
const range = ([least, likely, most]: Guess): string =>
  `${percent(likely)} (${percent(least)} to ${percent(most)})`;

export function roiReport(found: Roi, assumptions: RoiAssumptions, ground: RoiGround): Report {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: ground.currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  const told: Told = { ...ground, found, assumptions, money: (amount) => format.format(amount) };
  const last = found.quarters.at(-1);
  return {
    title: 'What guidance may be worth',
    lead: [
      found.growth === 'measured'
        ? 'The growth is measured: what guided buying groups buy beyond those that are held out, interruptions taken off. Its range is a 95 % interval, and may reach below 0. What follows from it for profit is reckoned with your figures.'
        : `${ground.isExample ? 'These are the figures of a worked example, a maker with a revenue of one thousand million, and not yours: give your own. ' : ''}Nothing here is measured: it is what the figures below add up to if they are right. From least to most is what somebody would defend, and no interval. It is replaced by measurement as soon as the holdout has 20 buying groups in each arm.`,
      ...(last ? endWords(last, told) : []),
    ],
    sections: [
      endSection(told),
      quarterSection(told),
      measuredSection(told),
      companySection(told),
      ...(found.growth === 'measured' ? [] : [driverSection(told)]),
      publishedCase(ground),
    ],
  };
}

function endWords(last: RoiQuarter, { found, money }: Told): readonly string[] {
  const { revenueGrowth, profit, profitGrowth, epsGrowth } = last;
  const begin = `After ${found.quarters.length} quarters: revenue ${range(revenueGrowth)}`;
  if (!profitGrowth || !epsGrowth || found.leverage === undefined) {
    const [least, likely, most] = profit.map(money);
    return [
      `${begin}, and before tax ${likely} a year (${least} to ${most}) in place of ${money(found.today.profit)}. There is no profit today, and of that no growth can be told.`,
    ];
  }
  return [
    `${begin}, profit before tax ${range(profitGrowth)}, earnings per share ${range(epsGrowth)}.`,
    `Profit grows ${found.leverage.toFixed(2)} times as much as revenue, because ${share(found.margin)} of revenue are left before tax today and costs stay but for goods and commissions. With more left it would be less.`,
  ];
}

function endSection({ found }: Told): Section {
  const last = found.quarters.at(-1);
  const rows = [
    ['Revenue', last?.revenueGrowth],
    ['Profit before tax', last?.profitGrowth],
    ['Earnings per share', last?.epsGrowth],
  ] as const;
  return growthSection(
    `After ${found.quarters.length} quarters`,
    'Growth against today, from least to most',
    rows.flatMap(([label, growth]) => (growth ? [{ label, growth }] : [])),
  );
}

/** A dot with its range a row, and the same in a table. */
function growthSection(
  heading: string,
  title: string,
  rows: readonly { readonly label: string; readonly growth: Guess }[],
): Section {
  return {
    heading,
    blocks: [
      {
        kind: 'chart',
        chart: {
          ...{ kind: 'intervals', title },
          description: rows.map(({ label, growth }) => `${label}: ${range(growth)}`).join('. '),
          zero: { value: 0, text: 'as today' },
          rows: rows.map(({ label, growth: [low, value, high] }) => ({
            ...{ label, low, value, high },
            text: percent(value),
          })),
        },
        data: {
          ...{ kind: 'table', title, head: ['growth', 'least', 'likely', 'most'] },
          rows: rows.map(({ label, growth: [low, value, high] }) => [
            label,
            percent(low),
            percent(value),
            percent(high),
          ]),
        },
      },
    ],
  };
}

function quarterSection({ found, money }: Told): Section {
  const isProfitable = found.leverage !== undefined;
  const chart = growthSection(
    'Quarter by quarter',
    `${isProfitable ? 'Earnings per share' : 'Revenue'}, a year at the pace of the quarter against today`,
    found.quarters.map(({ quarter, epsGrowth, revenueGrowth }) => ({
      label: `Quarter ${quarter}`,
      growth: epsGrowth ?? revenueGrowth,
    })),
  );
  const inMoney = ([least, likely, most]: Guess): string =>
    `${money(likely)} (${money(least)} to ${money(most)})`;
  const table: Block = {
    kind: 'table',
    title: 'A year at the pace of the quarter, against today: likely (least to most)',
    head: [
      'quarter',
      'revenue',
      'profit before tax',
      ...(isProfitable ? ['earnings per share'] : []),
    ],
    rows: found.quarters.map(({ quarter, revenueGrowth, profit, profitGrowth, epsGrowth }) => [
      quarter,
      range(revenueGrowth),
      profitGrowth ? range(profitGrowth) : inMoney(profit),
      ...(epsGrowth ? [range(epsGrowth)] : []),
    ]),
  };
  return { ...chart, blocks: [...chart.blocks, table] };
}

/** What the holdout says, or what it takes until it does. */
function measuredSection({ proof, found }: Told): Section {
  const heading = 'What the holdout measured';
  if (isTooLittle<Proof>(proof))
    return {
      heading,
      blocks: [
        text(
          `Nothing yet: it takes ${proof.needed}, and there are ${count(proof.got)}. Until then the figures of this page are estimates.`,
        ),
      ],
    };
  const groups = proof.arms.map(
    ({ arm, groups: many }) => `${count(many)} ${arm === 'guided' ? 'guided' : 'held out'}`,
  );
  const words =
    found.growth === 'measured'
      ? `Over ${proof.days} days, by ${groups.join(' and ')} buying groups: a guided group buys ${range(found.revenueGrowth)} beyond a held out one, interruptions taken off. The interval is a 95 % one, and holds however often it is looked at. What it is in money, and its checks, stand under “What the guidance earned”.`
      : `There are ${groups.join(' and ')} buying groups, and those held out bought nothing, so that there is nothing to compare with.`;
  return { heading, blocks: [text(words)] };
}

function companySection({ found, assumptions: { company }, money }: Told): Section {
  const { today, likely } = found;
  const more = likely.revenue - today.revenue;
  const software = company.softwareAYear;
  return {
    heading: 'From revenue to earnings',
    blocks: [
      {
        kind: 'table',
        title: 'The company, a year at the pace of the last quarter',
        head: ['figure', 'today', 'likely'],
        rows: [
          ['revenue', money(today.revenue), money(likely.revenue)],
          ['SG&A', money(today.sga), money(likely.sga)],
          ['profit before tax', money(today.profit), money(likely.profit)],
          ['earnings per share', today.eps.toFixed(2), likely.eps.toFixed(2)],
          ['gross margin', share(company.grossMargin), ''],
          ['commission on what is added', share(company.commission), ''],
        ],
      },
      text(
        `Of ${money(more)} more revenue, ${money(more * (1 - company.grossMargin))} pay for goods and ${money(more * company.commission)} for commissions${software > 0 ? `, and ${money(software)} for software` : ''}: ${money(likely.profit - today.profit)} are left before tax.`,
      ),
      text(
        'Left out: sales that only come earlier, lower prices that raise the close rate and lower the margin, and what a plant can make. The tax rate and the number of shares stay.',
      ),
    ],
  };
}

function driverSection({ found, assumptions: { now, guided } }: Told): Section {
  return {
    heading: 'What sellers gain',
    blocks: [
      {
        kind: 'table',
        title: 'Each with the share of the gain that it makes, and where its value is from',
        head: ['driver', 'today', 'least', 'likely', 'most', 'share of the gain', 'source'],
        rows: DRIVERS.map(([driver, label]) => [
          label,
          now[driver],
          ...guided[driver],
          driver in found.shareOfGain
            ? `${Math.round(100 * (found.shareOfGain[driver as keyof Roi['shareOfGain']] ?? 0))} %`
            : '',
          isOfExample(driver, { now, guided }) ? 'worked example, assumed' : 'your figure, assumed',
        ]),
      },
      text(
        found.limit === 'carries'
          ? 'Sellers carry as many opportunities as they can: freed time adds nothing here, a shorter cycle does.'
          : 'Time is what limits sellers: a shorter cycle adds nothing here, freed time does.',
      ),
    ],
  };
}

type Driver = keyof RoiAssumptions['now'];

const isOfExample = (
  driver: Driver,
  { now, guided }: Pick<RoiAssumptions, 'now' | 'guided'>,
): boolean =>
  now[driver] === WORKED_EXAMPLE.now[driver] &&
  guided[driver].every((value, i) => value === WORKED_EXAMPLE.guided[driver][i]);

const DRIVERS: readonly (readonly [Driver, string])[] = [
  ['sellingShare', 'share of hours with buyers'],
  ['hoursAnOpportunity', 'selling hours an opportunity'],
  ['closeRate', 'close rate'],
  ['cycleDays', 'days from first talk to decision'],
];
