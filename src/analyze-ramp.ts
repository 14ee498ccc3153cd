import { medianDuration } from './analyze/survival.js';
import type { TooLittleData } from './analyze/too-little-data.js';
import { FEWEST_PEOPLE } from './analyze-deals.js';
import { meanInterval } from './core/quantiles.js';
import type { ForecastDeal } from './forecast-book.js';

/** Deals won in one month after their beginning by those who were seen through all of it. */
export interface RampMonth {
  /** 1 is the first. */
  readonly month: number;
  readonly sellers: number;
  readonly won: number;
  /** 95 %, a seller being one observation. */
  readonly interval: readonly [number, number];
}

/** How beginners come to win. */
export interface RampCurve {
  readonly beginners: number;
  readonly months: readonly RampMonth[];
  /** The first month from which beginners win four fifths of what is usual, two months running; absent: not in what is seen. */
  readonly ramped?: number;
  /** Days until half have won their first deal, those who have not yet included; absent: not in what is seen. */
  readonly firstWinDays?: number;
}

export interface Ramp extends RampCurve {
  /** Sellers who were there before. */
  readonly others: number;
  /** What the others win in a month, over the last year. */
  readonly usual: number;
  /**
   * The same beginners by whether a card stood before their eyes within their first two months: those who had guidance from
   * the beginning, and those whose two months are over without. Absent: nobody saw any, or one part has too few people to be told of.
   */
  readonly guided?: { readonly from: RampCurve; readonly without: RampCurve };
}

const DAY = 86_400_000;
/** A twelfth of 365.25 days. */
const MONTH = 30.4375 * DAY;
/** Who has a first deal so soon after the first of all may have been there before. */
const UNSEEN = 180 * DAY;
/** Who sees the first card so soon has guidance from the beginning. */
const GUIDED = 60 * DAY;
const MOST_MONTHS = 18;
const RAMPED = 0.8;

/**
 * How long it takes until new sellers win as the others do. A seller begins with the first deal. `firstSeen` tells by seller
 * when the first card of all stood before their eyes.
 */
export function analyzeRamp(
  deals: readonly ForecastDeal[],
  now: number,
  firstSeen: ReadonlyMap<string, number> = new Map(),
): Ramp | TooLittleData {
  const starts = new Map<string, number>();
  const wins = new Map<string, number[]>();
  let first = now;
  for (const { owner, began, end } of deals) {
    if (began > now) continue;
    first = Math.min(first, began);
    if (owner === undefined) continue;
    starts.set(owner, Math.min(starts.get(owner) ?? began, began));
    if (!end?.isWon || end.at > now) continue;
    const own = wins.get(owner) ?? [];
    own.push(end.at);
    wins.set(owner, own);
  }
  const beginners = [...starts].filter(([, start]) => start >= first + UNSEEN);
  const others = [...starts].filter(([, start]) => start < first + UNSEEN);
  if (beginners.length < FEWEST_PEOPLE)
    return {
      needed: `${FEWEST_PEOPLE} sellers whose first deal came half a year after the first of all`,
      got: beginners.length,
    };
  if (others.length < FEWEST_PEOPLE)
    return { needed: `${FEWEST_PEOPLE} sellers who were there before`, got: others.length };
  const between = (seller: string, from: number, to: number): number =>
    (wins.get(seller) ?? []).filter((at) => at > from && at <= to).length;
  const since = Math.max(first, now - 12 * MONTH);
  const usual =
    others.reduce((sum, [seller]) => sum + between(seller, since, now), 0) /
    others.length /
    ((now - since) / MONTH);
  const curveOf = (sellers: readonly (readonly [string, number])[]): RampCurve => {
    const months = monthsOf(sellers, now, between);
    const isThere = (month: RampMonth | undefined): boolean =>
      month !== undefined && usual > 0 && month.won >= RAMPED * usual;
    const ramped = months.find((month, i) => isThere(month) && isThere(months[i + 1]))?.month;
    const firstWinDays = medianDuration(
      sellers.map(([seller, start]) => {
        const won = (wins.get(seller) ?? []).reduce((least, at) => Math.min(least, at), Infinity);
        return won < Infinity
          ? { days: (won - start) / DAY, happened: true }
          : { days: (now - start) / DAY, happened: false };
      }),
    );
    return {
      beginners: sellers.length,
      months,
      ...(ramped !== undefined && { ramped }),
      ...(firstWinDays !== undefined && { firstWinDays }),
    };
  };
  const isGuided = ([seller, start]: readonly [string, number]): boolean =>
    (firstSeen.get(seller) ?? Infinity) <= start + GUIDED;
  const guided = beginners.filter(isGuided);
  // Who began lately and saw no card yet may still see one in time.
  const rest = beginners.filter((one) => !isGuided(one) && one[1] + GUIDED <= now);
  return {
    ...curveOf(beginners),
    others: others.length,
    usual,
    ...(Math.min(guided.length, rest.length) >= FEWEST_PEOPLE && {
      guided: { from: curveOf(guided), without: curveOf(rest) },
    }),
  };
}

/** Of those who were seen through all of a month, as long as they are enough. */
function monthsOf(
  sellers: readonly (readonly [string, number])[],
  now: number,
  between: (seller: string, from: number, to: number) => number,
): readonly RampMonth[] {
  const months: RampMonth[] = [];
  for (let month = 1; month <= MOST_MONTHS; month++) {
    const seen = sellers.filter(([, start]) => start + month * MONTH <= now);
    if (seen.length < FEWEST_PEOPLE) break;
    const won = seen.map(([seller, start]) =>
      between(seller, start + (month - 1) * MONTH, start + month * MONTH),
    );
    months.push({ month, sellers: seen.length, ...meanOf(won) });
  }
  return months;
}

function meanOf(values: readonly number[]): Pick<RampMonth, 'won' | 'interval'> {
  const { mean: won, interval } = meanInterval(values);
  return { won, interval: [Math.max(0, interval[0]), interval[1]] };
}
