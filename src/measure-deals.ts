import { quantile } from './core/statistics.js';
import type { Deals } from './deal-table.js';

/** Won deals with what is measured of them. */
export interface Measured {
  /** 1 for each row that counts. */
  readonly isIn: Uint8Array;
  /** One a row; of those that do not count it means nothing. */
  readonly outcome: readonly number[];
  readonly left: {
    readonly lost: number;
    /** Of which the measure is not known. */
    readonly notKnown: number;
    /** Begun so late that slow ones of the same age are not won yet. */
    readonly tooYoung: number;
    /** Begun before the first decision that is told: the quick ones of then may have been decided before the records begin. */
    readonly tooEarly: number;
  };
  /** Deals begun as early as those that count which still are open: their days are not known yet. */
  readonly stillOpen: number;
}

const DAY = 86_400_000;
/** So many of the deals that were won took no longer. */
const NEARLY_ALL = 0.95;

/**
 * What is measured of won deals. The days to the decision are known only of those that are decided, so that of late deals only
 * the quick ones would count: those begun later than nearly all won deals take are left out, quick or slow. So are those from
 * before the first decision: an export often begins with a day of decisions, and of older deals has only the slow ones.
 */
export function measureDeals(deals: Deals, measure: string): Measured {
  const { table, timelines, openSince } = deals;
  const decidedAt = table.decidedAt ?? [];
  const rows = timelines.map(({ began }, row) => {
    const days = ((decidedAt[row] as number) - began) / DAY;
    const value = measure === 'cycle' ? (days > 0 ? days : undefined) : deals.measured?.[row];
    return { began, isWon: table.outcome[row] === 1, value };
  });
  const last = [...Array.from(decidedAt), ...openSince].reduce(
    (most, one) => Math.max(most, one),
    0,
  );
  const first = Array.from(decidedAt).reduce((least, one) => Math.min(least, one), last);
  const earliest = measure === 'cycle' ? first : Number.NEGATIVE_INFINITY;
  const days = rows.flatMap(({ isWon, value }) => (isWon && value !== undefined ? [value] : []));
  const latest =
    measure === 'cycle' && days.length > 0
      ? last - quantile(days, NEARLY_ALL) * DAY
      : Number.POSITIVE_INFINITY;
  const known = rows.filter(({ isWon, value }) => isWon && value !== undefined);
  return {
    isIn: Uint8Array.from(rows, ({ isWon, value, began }) =>
      Number(isWon && value !== undefined && began <= latest && began >= earliest),
    ),
    outcome: rows.map(({ value = 0 }) => value),
    left: {
      lost: rows.filter(({ isWon }) => !isWon).length,
      notKnown: rows.filter(({ isWon, value }) => isWon && value === undefined).length,
      tooYoung: known.filter(({ began }) => began > latest).length,
      tooEarly: known.filter(({ began }) => began < earliest && began <= latest).length,
    },
    stillOpen: openSince.filter((began) => began >= earliest && began <= latest).length,
  };
}
