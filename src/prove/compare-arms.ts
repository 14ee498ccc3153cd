import { bestRho, mixtureBound } from './mixture-bound.js';

/** One unit whose outcome is known. */
export interface Measured {
  /** 0 is the arm that the others are compared with. */
  readonly arm: number;
  readonly stratum: string;
  readonly outcome: number;
  /** The same measure before anything was done, or another that goes along with the outcome. */
  readonly before?: number;
}

export interface Estimate {
  /** How much more the arm has than arm 0, a unit. */
  readonly difference: number;
  readonly standardError: number;
  /** Holds at every look with a probability of 1 - alpha, however often and whenever one looks. */
  readonly interval: readonly [number, number];
  /** Units of both arms that it rests on. */
  readonly units: number;
  /** The share of the variance that what was known before explains. */
  readonly explained: number;
}

export interface CompareOptions {
  /** How often the interval may miss what is true, over all looks together. */
  readonly alpha: number;
  /** How many units there will be in all: the interval is narrowest there. */
  readonly planned: number;
  /** Fewer in either arm make no number. Default 8. */
  readonly fewest?: number;
}

/** So many times the units of the other arm. */
const UNEVEN = 2;

/**
 * An arm against arm 0: the difference of means inside each stratum, weighted by what each stratum can tell, less what
 * the covariate explains (CUPED). The interval is the asymptotic confidence sequence (Waudby-Smith et al. 2021), with a
 * variance that neither few yes and no nor a small arm can make too small. Undefined where there are too few.
 */
export function compareArms(
  units: readonly Measured[],
  arm: number,
  { alpha, planned, fewest = 8 }: CompareOptions,
): Estimate | undefined {
  const own = units.filter((unit) => unit.arm === 0 || unit.arm === arm);
  const { outcomes, explained } = adjust(own);
  const cells = cellsOf(own, outcomes);
  const [control, treated] = [variancesOf(cells, 0), variancesOf(cells, 1)];
  if (!control || !treated || control.count < fewest || treated.count < fewest) return undefined;
  const isYesNo = own.every(({ outcome }) => outcome === 0 || outcome === 1);
  if (isYesNo) {
    const left = 1 - explained;
    for (const [side, one] of [control, treated].entries()) {
      const all = own.filter((unit) => (unit.arm === 0 ? 0 : 1) === side);
      const yes = all.reduce((sum, { outcome }) => sum + outcome, 0);
      const rate = (yes + 1) / (all.length + 2);
      one.variance = Math.max(one.variance, left * rate * (1 - rate));
    }
  }
  const count = control.count + treated.count;
  const both = (control.count * control.variance + treated.count * treated.variance) / count;
  let [weights, difference, variance, pooled] = [0, 0, 0, 0];
  for (const [c, t] of cells) {
    if (c.count === 0 || t.count === 0) continue;
    const weight = (c.count * t.count) / (c.count + t.count);
    weights += weight;
    difference += weight * (t.mean - c.mean);
    variance += weight ** 2 * (control.variance / c.count + treated.variance / t.count);
    pooled += weight * both;
  }
  difference /= weights;
  // A small arm of which nobody happened to buy varies so little only by chance: it is no surer than a large one beside it.
  const isUneven = control.count > UNEVEN * treated.count || treated.count > UNEVEN * control.count;
  const standardError = Math.sqrt(isUneven ? Math.max(variance, pooled) : variance) / weights;
  const reach =
    standardError *
    Math.sqrt(count) *
    (mixtureBound(count, alpha, bestRho(planned, alpha)) / count);
  return {
    difference,
    standardError,
    interval: [difference - reach, difference + reach],
    units: count,
    explained,
  };
}

/** The outcomes less what the covariate explains of them, by one slope for both arms: assigning was blind to it. */
function adjust(units: readonly Measured[]): { outcomes: readonly number[]; explained: number } {
  const outcomes = units.map(({ outcome }) => outcome);
  const before = units.map((unit) => unit.before ?? 0);
  if (units.some((unit) => unit.before === undefined)) return { outcomes, explained: 0 };
  const [xMean, yMean] = [meanOf(before), meanOf(outcomes)];
  let [xx, xy, yy] = [0, 0, 0];
  before.forEach((x, i) => {
    const y = outcomes[i] as number;
    xx += (x - xMean) ** 2;
    xy += (x - xMean) * (y - yMean);
    yy += (y - yMean) ** 2;
  });
  if (xx === 0 || yy === 0) return { outcomes, explained: 0 };
  const slope = xy / xx;
  return {
    outcomes: outcomes.map((y, i) => y - slope * ((before[i] as number) - xMean)),
    explained: xy ** 2 / (xx * yy),
  };
}

interface Cell {
  count: number;
  mean: number;
  /** Of squares about the mean. */
  squares: number;
}

/** By stratum, arm 0 and the other. */
function cellsOf(
  units: readonly Measured[],
  outcomes: readonly number[],
): readonly (readonly [Cell, Cell])[] {
  const cells = new Map<string, readonly [Cell, Cell]>();
  const empty = (): Cell => ({ count: 0, mean: 0, squares: 0 });
  units.forEach(({ stratum, arm }, i) => {
    const both = cells.get(stratum) ?? ([empty(), empty()] as const);
    cells.set(stratum, both);
    const cell = both[arm === 0 ? 0 : 1];
    const off = (outcomes[i] as number) - cell.mean;
    cell.count++;
    cell.mean += off / cell.count;
    cell.squares += off * ((outcomes[i] as number) - cell.mean);
  });
  return [...cells.values()];
}

/** The variance inside strata, of those that are in both arms. */
function variancesOf(
  cells: readonly (readonly [Cell, Cell])[],
  side: 0 | 1,
): { count: number; variance: number } | undefined {
  const compared = cells.filter(([c, t]) => c.count > 0 && t.count > 0).map((both) => both[side]);
  const count = compared.reduce((sum, one) => sum + one.count, 0);
  const degrees = count - compared.length;
  if (degrees < 1) return undefined;
  return { count, variance: compared.reduce((sum, { squares }) => sum + squares, 0) / degrees };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
