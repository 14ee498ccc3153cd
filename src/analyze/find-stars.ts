import { findStrata } from './strata.js';
import type { Table } from './table.js';

export interface Standing {
  readonly seller: string;
  readonly rows: number;
  /**
   * How far the seller's mean outcome is above that of comparable work, drawn towards 0 as far as chance alone would
   * have spread sellers with so many rows.
   */
  readonly above: number;
  /** 90 %. */
  readonly interval: readonly [number, number];
  readonly isStar: boolean;
}

export interface FindStarsOptions {
  /** Columns that make work comparable: a better territory makes no star. */
  readonly adjustFor: readonly string[];
  /** The most stars, as a share of the sellers. Default 0.2. */
  readonly share?: number;
}

/** The 95 % point of the normal distribution: 90 % two-sided. */
const NORMAL_90 = 1.6448536269514722;

/**
 * The sellers from the highest mean on comparable work to the lowest. A star is one of the first whose interval lies
 * above 0, so there is none where sellers differ no more than chance makes them. Means are shrunk by empirical Bayes
 * with the variance between sellers of DerSimonian & Laird (Controlled Clinical Trials 1986). Of sellers who are not told there is none.
 */
export function findStars(
  table: Table,
  { adjustFor, share = 0.2 }: FindStarsOptions,
): readonly Standing[] {
  const { outcome, sellers } = table;
  if (!sellers) return [];
  const rows = outcome.length;
  const columns = table.columns.filter(({ id }) => adjustFor.includes(id));
  const strata = findStrata(columns, rows);
  const byStratum = new Map<number, Sum>();
  for (let row = 0; row < rows; row++)
    add(byStratum, strata[row] as number, outcome[row] as number);
  const bySeller = new Map<string, Sum>();
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const { count, sum } = byStratum.get(strata[row] as number) as Sum;
    const rest = (outcome[row] as number) - sum / count;
    squares += rest * rest;
    add(bySeller, sellers[row] as string, rest);
  }
  const noise = squares / Math.max(1, rows - byStratum.size);
  const between = varianceBetween([...bySeller.values()], noise);
  const standings = Array.from(bySeller, ([seller, { count, sum }]) => {
    const kept = between / (between + noise / count) || 0;
    const above = (kept * sum) / count;
    const reach = NORMAL_90 * Math.sqrt((kept * noise) / count);
    return { seller, rows: count, above, interval: [above - reach, above + reach] as const };
  });
  standings.sort((a, b) => b.above - a.above || (a.seller < b.seller ? -1 : 1));
  const most = Math.round(standings.length * share);
  return standings.map((one, place) => ({ ...one, isStar: place < most && one.interval[0] > 0 }));
}

interface Sum {
  count: number;
  sum: number;
}

function add<Key>(sums: Map<Key, Sum>, key: Key, value: number): void {
  const known = sums.get(key) ?? { count: 0, sum: 0 };
  known.count++;
  known.sum += value;
  sums.set(key, known);
}

function varianceBetween(sellers: readonly Sum[], noise: number): number {
  const counts = sellers.reduce((total, { count }) => total + count, 0);
  const mean = sellers.reduce((total, { sum }) => total + sum, 0) / counts;
  const spread = sellers.reduce(
    (total, { count, sum }) => total + count * (sum / count - mean) ** 2,
    0,
  );
  const squares = sellers.reduce((total, { count }) => total + count * count, 0);
  return Math.max(0, (spread - noise * (sellers.length - 1)) / (counts - squares / counts)) || 0;
}
