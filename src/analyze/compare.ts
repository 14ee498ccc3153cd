import { studentQuantile } from '../core/quantiles.js';

/** Rows to be compared: what came of each, whose it was, and with which others it is comparable. */
export interface Comparison {
  readonly outcome: Float64Array;
  readonly strata: Int32Array;
  readonly sellers: Int32Array;
  /**
   * A difference of the outcome with and without the pattern, or of the share of the pattern between rows whose outcome
   * is 1 and those where it is 0.
   */
  readonly differenceOf: 'outcome' | 'pattern';
  /** Sums over the rows of one seller in one stratum. */
  readonly cells: Cells;
}

interface Cells {
  readonly ofRow: Int32Array;
  readonly seller: Int32Array;
  readonly stratum: Int32Array;
  readonly rows: Float64Array;
  readonly outcome: Float64Array;
  readonly strataCount: number;
  readonly sellerCount: number;
}

export function prepareComparison(
  given: Omit<Comparison, 'cells'>,
  sellerCount: number = given.sellers.reduce((most, one) => Math.max(most, one + 1), 0),
): Comparison {
  const { outcome, strata, sellers } = given;
  const strataCount = strata.reduce((most, one) => Math.max(most, one + 1), 0);
  const places = new Map<number, number>();
  const ofRow = Int32Array.from(outcome, (_, row) => {
    const key = (sellers[row] as number) * strataCount + (strata[row] as number);
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  });
  const keys = [...places.keys()];
  const rows = new Float64Array(keys.length);
  const sums = new Float64Array(keys.length);
  for (let row = 0; row < ofRow.length; row++) {
    add(rows, ofRow[row] as number, 1);
    add(sums, ofRow[row] as number, outcome[row] as number);
  }
  const cells = {
    ofRow,
    seller: Int32Array.from(keys, (key) => Math.floor(key / strataCount)),
    stratum: Int32Array.from(keys, (key) => key % strataCount),
    rows,
    outcome: sums,
    strataCount,
    sellerCount,
  };
  return { ...given, cells };
}

/** The rows marked 1 alone; sellers keep their numbers. */
export function restrict(comparison: Comparison, to: Uint8Array): Comparison {
  const keep = (_: unknown, row: number): boolean => to[row] === 1;
  return prepareComparison(
    {
      outcome: comparison.outcome.filter(keep),
      strata: comparison.strata.filter(keep),
      sellers: comparison.sellers.filter(keep),
      differenceOf: comparison.differenceOf,
    },
    comparison.cells.sellerCount,
  );
}

/** The same with the outcome as it would be had a pattern made no difference. */
export function takeAway(comparison: Comparison, has: Uint8Array): Comparison {
  const { difference } = differ(has, { ...comparison, differenceOf: 'outcome' });
  if (Number.isNaN(difference)) return comparison;
  const outcome = comparison.outcome.map((one, row) => one - difference * (has[row] as number));
  return prepareComparison({ ...comparison, outcome }, comparison.cells.sellerCount);
}

/** What a pattern makes different, on comparable work. */
export interface Difference {
  /** Rows that have the pattern, and sellers among them. */
  readonly rows: number;
  readonly sellers: number;
  /** NaN: no row is comparable with one that differs. */
  readonly difference: number;
  /** What each seller adds to the difference before it is divided. */
  readonly scores: Float64Array;
}

export interface Effect extends Difference {
  /** 95 %. */
  readonly interval: readonly [number, number];
  readonly standardError: number;
  /** The difference without regard to what is comparable. */
  readonly unadjusted: number;
  /** Of the rows with the pattern, those that are comparable with some without it. */
  readonly comparable: number;
  /** Of what the pattern varies by, the share inside sellers: near 0, who does it always does. */
  readonly withinSellers: number;
}

/** What an effect is made of: sums over cells, over strata, and the difference above and below its line. */
interface Sums {
  readonly byCell: Four;
  readonly byStratum: Four;
  readonly above: number;
  readonly below: number;
}

/** Rows, their outcome; rows with the pattern, and theirs. */
type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/**
 * The difference that a pattern makes over strata with Mantel-Haenszel weights: for a rate the Mantel-Haenszel risk
 * difference (Greenland & Robins, Biometrics 1985), for an amount the same on means.
 *
 * @param has 1 for a row that has the pattern
 */
export function differ(has: Uint8Array, comparison: Comparison): Difference {
  return differenceOf(sumUp(has, comparison), comparison);
}

/**
 * The same with all that a reader needs to judge it. The interval leaves out one seller at a time (jackknife over
 * clusters, CR3; Cameron & Miller 2015), with Student's t over the sellers that count.
 */
export function compare(has: Uint8Array, comparison: Comparison): Effect {
  const sums = sumUp(has, comparison);
  const made = differenceOf(sums, comparison);
  const standardError = jackknife(sums, comparison);
  const counting = countScores(made.scores);
  const reach = counting > 1 ? studentQuantile(0.975, counting - 1) * standardError : Number.NaN;
  const [n, s, x, sx] = sums.byStratum.map((values) => values.reduce((sum, one) => sum + one, 0));
  const [above, below] = partOf(n, s, x, sx, comparison.differenceOf);
  return {
    ...made,
    interval: [made.difference - reach, made.difference + reach],
    standardError,
    unadjusted: above / below,
    ...spreadOf(sums, comparison),
  };
}

function sumUp(has: Uint8Array, { cells, outcome, differenceOf: of }: Comparison): Sums {
  const { ofRow, stratum, rows, strataCount } = cells;
  const withRows = new Float64Array(rows.length);
  const withSum = new Float64Array(rows.length);
  for (let row = 0; row < has.length; row++)
    if (has[row] === 1) {
      add(withRows, ofRow[row] as number, 1);
      add(withSum, ofRow[row] as number, outcome[row] as number);
    }
  const byCell: Four = [rows, cells.outcome, withRows, withSum];
  const [n, s, x, sx] = byCell.map((values) =>
    sumBy(values, stratum, strataCount),
  ) as unknown as Four;
  let [above, below] = [0, 0];
  for (let k = 0; k < strataCount; k++) {
    const part = partOf(n[k], s[k], x[k], sx[k], of);
    above += part[0];
    below += part[1];
  }
  return { byCell, byStratum: [n, s, x, sx], above, below };
}

function differenceOf(
  { byCell, byStratum, above, below }: Sums,
  { cells }: Comparison,
): Difference {
  const { seller, stratum, sellerCount } = cells;
  const [rows, outcome, withRows, withSum] = byCell;
  const [n, s, x] = byStratum;
  const scores = new Float64Array(sellerCount);
  const have = new Uint8Array(sellerCount);
  let [count, sellers] = [0, 0];
  for (let cell = 0; cell < rows.length; cell++) {
    const k = stratum[cell] as number;
    const own = seller[cell] as number;
    const having = withRows[cell] as number;
    const mean = (s[k] as number) / (n[k] as number);
    const share = (x[k] as number) / (n[k] as number);
    const rest = (outcome[cell] as number) - mean * (rows[cell] as number);
    add(scores, own, (withSum[cell] as number) - mean * having - share * rest);
    count += having;
    if (having === 0 || have[own] === 1) continue;
    have[own] = 1;
    sellers++;
  }
  return { rows: count, sellers, difference: below > NOTHING ? above / below : Number.NaN, scores };
}

/** The standard error of the difference, from how it changes without each seller. */
function jackknife(
  { byCell, byStratum, above, below }: Sums,
  { cells, differenceOf: of }: Comparison,
): number {
  const { seller, stratum, sellerCount } = cells;
  const cellsOf: number[][] = Array.from({ length: sellerCount }, () => []);
  for (const [cell, own] of seller.entries()) cellsOf[own]?.push(cell);
  const without: number[] = [];
  for (const own of cellsOf) {
    let [restAbove, restBelow] = [above, below];
    for (const cell of own) {
      const k = stratum[cell] as number;
      const [a, b, c, d] = byStratum.map((values) => values[k] as number);
      const whole = partOf(a, b, c, d, of);
      const [p, q, r, t] = byStratum.map(
        (values, i) => (values[k] as number) - (byCell[i]?.[cell] as number),
      );
      const left = partOf(p, q, r, t, of);
      restAbove += left[0] - whole[0];
      restBelow += left[1] - whole[1];
    }
    if (own.length > 0 && restBelow > NOTHING) without.push(restAbove / restBelow);
  }
  if (without.length < 2) return Number.NaN;
  const spread = without.reduce((sum, one) => sum + (one - above / below) ** 2, 0);
  return Math.sqrt((spread * (without.length - 1)) / without.length);
}

function spreadOf(
  { byCell, byStratum }: Sums,
  { cells }: Comparison,
): Pick<Effect, 'comparable' | 'withinSellers'> {
  const [n, , x] = byStratum;
  const [rows, , withRows] = byCell;
  let [all, overlap, variance, inside] = [0, 0, 0, 0];
  for (let k = 0; k < cells.strataCount; k++) {
    const having = x[k] as number;
    const lacking = (n[k] as number) - having;
    all += having;
    if (lacking > 0) overlap += having;
    if (having + lacking > 0) variance += (having * lacking) / (having + lacking);
  }
  for (let cell = 0; cell < rows.length; cell++) {
    const having = withRows[cell] as number;
    inside += (having * ((rows[cell] as number) - having)) / (rows[cell] as number);
  }
  return {
    comparable: all > 0 ? overlap / all : 0,
    withinSellers: variance > 0 ? inside / variance : 0,
  };
}

/** Sellers whose score is not 0. */
export function countScores(scores: Float64Array): number {
  return scores.reduce((count, one) => count + Number(Math.abs(one) > NOTHING), 0);
}

/** Nothing but rounding. */
const NOTHING = 1e-9;

/** What a stratum adds above and below the line. */
function partOf(
  rows = 0,
  sum = 0,
  having = 0,
  sumHaving = 0,
  of: Comparison['differenceOf'],
): readonly [number, number] {
  if (rows <= 0) return [0, 0];
  const weighed = of === 'outcome' ? having : sum;
  return [sumHaving - (having * sum) / rows, (weighed * (rows - weighed)) / rows];
}

function sumBy(values: Float64Array, groups: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) add(sums, groups[i] as number, values[i] as number);
  return sums;
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] as number) + value;
}

/**
 * How far the mean of the sellers' scores is from 0, in standard errors of it, each seller being one observation:
 * Student's t with one degree of freedom less than there are sellers whose score is not 0.
 */
export function clusterScore(scores: Float64Array): number {
  const count = countScores(scores);
  if (count < 2) return 0;
  const mean = scores.reduce((sum, one) => sum + one, 0) / count;
  let squares = 0;
  for (const score of scores) if (Math.abs(score) > NOTHING) squares += (score - mean) ** 2;
  return mean / Math.sqrt(squares / (count - 1) / count);
}
