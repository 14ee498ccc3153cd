import { type Calibration, calibrate, type Forecast } from './analyze/calibration.js';
import { distributeSum } from './analyze/sum-distribution.js';
import type { TooLittleData } from './analyze/too-little-data.js';
import { push } from './core/push.js';
import { median } from './core/statistics.js';
import { dateOfDay, dayNumber, dayOfDate, startOfDay } from './core/zone.js';
import { type ForecastDeal, stateAt } from './forecast-book.js';

export interface ForecastOptions {
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What each thing that is said of a deal claims its chance to be; absent: what came of it so far. */
  readonly claimed?: ReadonlyMap<string, number>;
}

/** A deal at the beginning of a quarter in which it was to close, and what came of it by the end. */
export interface QuarterDeal {
  readonly deal: ForecastDeal;
  readonly quarter: string;
  readonly said: string;
  readonly amountMinor: number;
  /** The chance that was claimed, and the one that earlier quarters give; absent: there were none. */
  readonly claimed?: number;
  readonly learned?: number;
  readonly came: 'won' | 'lost' | 'slipped';
}

export interface QuarterSum {
  readonly quarter: string;
  readonly deals: number;
  readonly claimedMinor?: number;
  readonly learnedMinor?: number;
  readonly wonMinor: number;
}

export interface Slips {
  /** Decided deals whose close date was told. */
  readonly deals: number;
  /** Those whose date was moved later at least once. */
  readonly moved: number;
  /** Of those, from the first date to the last, the median. */
  readonly medianDays?: number;
}

export interface Outlook {
  readonly quarter: string;
  readonly deals: number;
  /** Already won in it. */
  readonly wonMinor: number;
  /** With what is won: expected, and the sums that 1 in 10, 5 in 10 and 9 in 10 do not pass. */
  readonly expectedMinor: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** The same sum with the chances that are claimed. */
  readonly claimedMinor?: number;
  /** Due in it and past their close date already. */
  readonly overdue: number;
}

export interface ForecastAnalysis {
  readonly quarters: readonly QuarterSum[];
  readonly deals: readonly QuarterDeal[];
  /** Of what was claimed; absent: nothing is. */
  readonly claimed?: Calibration | TooLittleData;
  /** Of what earlier quarters gave. */
  readonly learned: Calibration | TooLittleData;
  /** For each thing said of a deal: how many, and the share that was won in the quarter. */
  readonly rates: readonly {
    readonly said: string;
    readonly deals: number;
    readonly won: number;
    readonly claimed?: number;
  }[];
  readonly slips: Slips;
  /** Of the quarter that runs; absent: nothing is open in it, or nothing has been learned. */
  readonly outlook?: Outlook;
}

export type { Calibration };

/** Rates are drawn towards that of all deals as if so many of each had been seen. */
const SHRINK = 5;

/**
 * What was said at the beginning of each quarter of the deals that were to close in it, against what came by its end. A
 * deal that was still open then has slipped: it is not lost, and it was not won in the quarter.
 */
export function analyzeForecast(
  deals: readonly ForecastDeal[],
  { zone, now, claimed }: ForecastOptions,
): ForecastAnalysis {
  const current = quarterOf(dayNumber(now, zone));
  const first = deals.reduce((least, { began }) => Math.min(least, began), now);
  const entries: QuarterDeal[] = [];
  for (
    let quarter = nextQuarter(quarterOf(dayNumber(first, zone)));
    quarter < current;
    quarter = nextQuarter(quarter)
  ) {
    const rateOf = learnRates(entries);
    const [start, end] = [startOf(quarter, zone), startOf(nextQuarter(quarter), zone)];
    for (const deal of deals) {
      const due = dueIn(deal, start, quarter);
      if (!due) continue;
      const learned = rateOf(due.said);
      const claim = claimed?.get(due.said);
      entries.push({
        ...due,
        ...(claim !== undefined && { claimed: claim }),
        ...(learned !== undefined && { learned }),
        came: deal.end && deal.end.at < end ? (deal.end.isWon ? 'won' : 'lost') : 'slipped',
      });
    }
  }
  const outlook = lookAtQuarter(deals, current, {
    zone,
    now,
    rateOf: learnRates(entries),
    ...(claimed && { claimed }),
  });
  return {
    quarters: sumQuarters(entries),
    deals: entries,
    ...(claimed && { claimed: calibrate(forecastsOf(entries, 'claimed')) }),
    learned: calibrate(forecastsOf(entries, 'learned')),
    rates: ratesOf(entries, claimed),
    slips: findSlips(deals),
    ...(outlook && { outlook }),
  };
}

function forecastsOf(
  entries: readonly QuarterDeal[],
  by: 'claimed' | 'learned',
): readonly Forecast[] {
  return entries.flatMap((one): readonly Forecast[] => {
    const said = one[by];
    return said === undefined ? [] : [{ said, came: one.came === 'won' ? 1 : 0 }];
  });
}

/** What a deal says of itself at the beginning of a quarter in which it is to close; undefined: it is none of those. */
function dueIn(
  deal: ForecastDeal,
  at: number,
  quarter: string,
): Pick<QuarterDeal, 'deal' | 'quarter' | 'said' | 'amountMinor'> | undefined {
  if (deal.began > at || (deal.end && deal.end.at <= at)) return undefined;
  const state = stateAt(deal, at);
  if (state?.closeDay === undefined || state.said === undefined) return undefined;
  if (quarterOf(state.closeDay) !== quarter) return undefined;
  return { deal, quarter, said: state.said, amountMinor: state.amountMinor ?? 0 };
}

/** Of the quarters before, the share that was won, for each thing said. */
function learnRates(entries: readonly QuarterDeal[]): (said: string) => number | undefined {
  const wonOf = (some: readonly QuarterDeal[]): number =>
    some.filter(({ came }) => came === 'won').length;
  const all = entries.length > 0 ? wonOf(entries) / entries.length : undefined;
  const bySaid = new Map<string, QuarterDeal[]>();
  for (const one of entries) push(bySaid, one.said, one);
  return (said) => {
    if (all === undefined) return undefined;
    const own = bySaid.get(said) ?? [];
    return (wonOf(own) + SHRINK * all) / (own.length + SHRINK);
  };
}

function ratesOf(
  entries: readonly QuarterDeal[],
  claimed: ForecastOptions['claimed'],
): ForecastAnalysis['rates'] {
  const bySaid = new Map<string, QuarterDeal[]>();
  for (const one of entries) push(bySaid, one.said, one);
  return Array.from(bySaid, ([said, own]) => {
    const claim = claimed?.get(said);
    return {
      said,
      deals: own.length,
      won: own.filter(({ came }) => came === 'won').length,
      ...(claim !== undefined && { claimed: claim }),
    };
  }).sort((one, other) => one.won / one.deals - other.won / other.deals);
}

function sumQuarters(entries: readonly QuarterDeal[]): readonly QuarterSum[] {
  const byQuarter = new Map<string, QuarterDeal[]>();
  for (const one of entries) push(byQuarter, one.quarter, one);
  return Array.from(byQuarter, ([quarter, own]) => {
    const sum = (by: 'claimed' | 'learned'): number | undefined =>
      own.some((one) => one[by] !== undefined)
        ? Math.round(own.reduce((total, one) => total + (one[by] ?? 0) * one.amountMinor, 0))
        : undefined;
    const [claimedMinor, learnedMinor] = [sum('claimed'), sum('learned')];
    return {
      quarter,
      deals: own.length,
      ...(claimedMinor !== undefined && { claimedMinor }),
      ...(learnedMinor !== undefined && { learnedMinor }),
      wonMinor: own.reduce(
        (total, { came, amountMinor }) => total + (came === 'won' ? amountMinor : 0),
        0,
      ),
    };
  });
}

function findSlips(deals: readonly ForecastDeal[]): Slips {
  const shifts = deals.flatMap(({ end, states }): readonly number[] => {
    const days = states.flatMap(({ closeDay, at }) =>
      closeDay === undefined || (end && at >= end.at) ? [] : [closeDay],
    );
    return end && days.length > 0 ? [(days.at(-1) as number) - (days[0] as number)] : [];
  });
  const moved = shifts.filter((days) => days > 0);
  return {
    deals: shifts.length,
    moved: moved.length,
    ...(moved.length > 0 && { medianDays: median(moved) }),
  };
}

function lookAtQuarter(
  deals: readonly ForecastDeal[],
  quarter: string,
  {
    zone,
    now,
    rateOf,
    claimed,
  }: ForecastOptions & { readonly rateOf: ReturnType<typeof learnRates> },
): Outlook | undefined {
  const start = startOf(quarter, zone);
  const today = dayNumber(now, zone);
  const open = deals.filter(({ began, end }) => began <= now && (!end || end.at > now));
  const due = open.flatMap((deal) => {
    const { closeDay, said, amountMinor = 0 } = stateAt(deal, now) ?? {};
    if (closeDay === undefined || said === undefined || quarterOf(closeDay) > quarter) return [];
    const p = rateOf(said);
    return p === undefined
      ? []
      : [{ p, amount: Math.max(0, amountMinor), said, isOverdue: closeDay < today }];
  });
  if (due.length === 0) return undefined;
  const wonMinor = deals.reduce(
    (sum, deal) =>
      deal.end?.isWon && deal.end.at >= start && deal.end.at <= now
        ? sum + (stateAt(deal, deal.end.at)?.amountMinor ?? 0)
        : sum,
    0,
  );
  const sum = distributeSum(due);
  return {
    quarter,
    deals: due.length,
    wonMinor,
    expectedMinor: Math.round(wonMinor + sum.expected),
    low: Math.round(wonMinor + sum.quantile(0.1)),
    middle: Math.round(wonMinor + sum.quantile(0.5)),
    high: Math.round(wonMinor + sum.quantile(0.9)),
    ...(claimed && {
      claimedMinor: Math.round(
        wonMinor +
          due.reduce((total, { said, amount }) => total + (claimed.get(said) ?? 0) * amount, 0),
      ),
    }),
    overdue: due.filter(({ isOverdue }) => isOverdue).length,
  };
}

/** `2026-Q4`, which sorts as it stands. */
function quarterOf(day: number): string {
  const date = dateOfDay(day);
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

function nextQuarter(quarter: string): string {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return number === 4
    ? `${String(year + 1).padStart(4, '0')}-Q1`
    : `${quarter.slice(0, 6)}${number + 1}`;
}

function startOf(quarter: string, zone: string): number {
  const month = String(3 * Number(quarter.slice(6)) - 2).padStart(2, '0');
  return startOfDay(dayOfDate(`${quarter.slice(0, 4)}-${month}-01`), zone);
}
