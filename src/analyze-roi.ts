import type { Proof } from './analyze-proof.js';
import {
  type Company,
  type Drivers,
  opportunitiesAYear,
  revenueRatio,
  type Statement,
  shareOfGain,
  statementAt,
} from './prove/roi-model.js';

/** Three values: the least and the most that somebody would defend, and what is likely. */
export type Guess = readonly [number, number, number];

export interface RoiAssumptions {
  readonly company: Company;
  readonly now: Drivers;
  readonly guided: { readonly [driver in keyof Drivers]: Guess };
  /** Until everybody works with it, in equal steps. */
  readonly rampQuarters: number;
  readonly quarters: number;
}

export interface RoiQuarter {
  /** 1 is the first. */
  readonly quarter: number;
  /** At least, likely, at most; a year at the pace of that quarter, against today. */
  readonly revenueGrowth: Guess;
  /** Before tax, in money. */
  readonly profit: Guess;
  /** Absent where there is no profit today: of nothing or a loss there is no growth. */
  readonly profitGrowth?: Guess;
  readonly epsGrowth?: Guess;
}

export interface Roi {
  /** `measured`: the growth is that of the holdout, and its range is an interval; else it is what somebody assumes. */
  readonly growth: 'assumed' | 'measured';
  /** With everybody at work with it. */
  readonly revenueGrowth: Guess;
  readonly today: Statement;
  readonly likely: Statement;
  readonly quarters: readonly RoiQuarter[];
  /** Profit before tax over today's revenue: by it the same growth makes much or little of a difference. */
  readonly margin: number;
  /** So many times the growth of revenue is that of profit; absent where there is no profit today. */
  readonly leverage?: number;
  readonly limit: 'time' | 'carries';
  readonly shareOfGain: ReturnType<typeof shareOfGain>;
}

/**
 * A manufacturer with a billion in revenue. What sellers gain: 2.5 points of their time from proposals and training, 1.5 of
 * 60 hours an opportunity, half a point of the close rate. None of it is measured.
 */
export const WORKED_EXAMPLE: RoiAssumptions = {
  company: {
    revenue: 1_000_000_000,
    sellers: 400,
    hoursAYear: 1_800,
    grossMargin: 0.25,
    commission: 0.03,
    sga: 0.13,
    otherFixed: 0,
    interest: 0,
    softwareAYear: 0,
    tax: 0.35,
    shares: 50_000_000,
  },
  now: { sellingShare: 0.35, hoursAnOpportunity: 60, closeRate: 0.25, cycleDays: 120 },
  guided: {
    sellingShare: [0.355, 0.375, 0.385],
    hoursAnOpportunity: [60, 58.5, 57],
    closeRate: [0.25, 0.2548, 0.26],
    cycleDays: [120, 120, 115],
  },
  rampQuarters: 8,
  quarters: 8,
};

/** What guidance may be worth, quarter by quarter; where it has been measured, by that and not by what is assumed. */
export function analyzeRoi(
  { company, now, guided, rampQuarters, quarters }: RoiAssumptions,
  proof?: Proof,
): Roi {
  const at = (place: 0 | 1 | 2): Drivers => ({
    sellingShare: guided.sellingShare[place],
    hoursAnOpportunity: guided.hoursAnOpportunity[place],
    closeRate: guided.closeRate[place],
    cycleDays: guided.cycleDays[place],
  });
  const assumed = each((place) => revenueRatio(now, at(place), company) - 1);
  const measured = proof && measuredGrowth(proof);
  const growth = measured ?? assumed;
  const today = statementAt(company, 0);
  const growthOf = (part: 'profit' | 'eps', by: number): number =>
    statementAt(company, by, true)[part] / today[part] - 1;
  const likely = statementAt(company, growth[1], true);
  const isProfitable = today.profit > 0;
  return {
    growth: measured ? 'measured' : 'assumed',
    revenueGrowth: growth,
    today,
    likely,
    quarters: Array.from({ length: quarters }, (_, i) => {
      // What was measured was measured with the adoption there is.
      const share = measured ? 1 : Math.min(1, (i + 1) / rampQuarters);
      return {
        quarter: i + 1,
        revenueGrowth: each((place) => share * growth[place]),
        profit: each((place) => statementAt(company, share * growth[place], true).profit),
        ...(isProfitable && {
          profitGrowth: each((place) => growthOf('profit', share * growth[place])),
          epsGrowth: each((place) => growthOf('eps', share * growth[place])),
        }),
      };
    }),
    margin: today.profit / today.revenue,
    ...(isProfitable && {
      leverage: growth[1] === 0 ? 0 : growthOf('profit', growth[1]) / growth[1],
    }),
    limit: opportunitiesAYear(at(1), company).limit,
    shareOfGain: measured ? {} : shareOfGain(now, at(1), company),
  };
}

/** What guiding adds over what a held out group buys, what interruptions cost taken off. */
function measuredGrowth({ net, arms }: Proof): Guess | undefined {
  const base = arms.find(({ arm }) => arm === 'holdout')?.boughtMinor ?? 0;
  if (base <= 0) return undefined;
  return [net.interval[0] / base, net.difference / base, net.interval[1] / base];
}

const each = (of: (place: 0 | 1 | 2) => number): Guess => [of(0), of(1), of(2)];
