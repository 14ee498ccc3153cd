import { normalAbove } from '../core/gamma.js';
import { wilsonInterval } from '../core/statistics.js';
import type { TooLittleData } from './too-little-data.js';

/** Something that was said to happen with a probability, and did (1) or did not (0). */
export interface Forecast {
  readonly said: number;
  readonly came: 0 | 1;
}

/** How well what was said goes with what came. */
export interface Calibration {
  readonly count: number;
  /** The mean of what was said, and the share that came. */
  readonly said: number;
  readonly came: number;
  /** The mean square of what was said less what came: 0 is best, 0.25 is a coin. */
  readonly brier: number;
  /**
   * brier = miscalibration - discrimination + uncertainty, exactly (CORP; Dimitriadis, Gneiting & Jordan 2021). Where all
   * who were told the same are one group, as with stages, these are Murphy's reliability and resolution (1973).
   */
  readonly miscalibration: number;
  readonly discrimination: number;
  readonly uncertainty: number;
  /** 1 - brier / uncertainty: above 0 it is better than to say the same of all. 0 where all came or none. */
  readonly skill: number;
  /** The mean distance of a group's share from what was said, and the largest one. They depend on the groups. */
  readonly meanGap: number;
  readonly largestGap: number;
  /** How often, of one that came and one that did not, the first was given more; absent where there are not both. */
  readonly auc?: number;
  /** Of the natural logarithm; infinite where something came that was said to be impossible. */
  readonly logLoss: number;
  /** Whether what was said can be true (Spiegelhalter 1986): a two-sided p. Absent where nothing was left to chance. */
  readonly spiegelhalter?: { readonly z: number; readonly p: number };
  readonly groups: readonly Group[];
}

/** Forecasts that said the same, or about the same. */
export interface Group {
  readonly count: number;
  /** On average. */
  readonly said: number;
  readonly came: number;
  /** 95 %, Wilson. */
  readonly interval: readonly [number, number];
}

export interface CalibrateOptions {
  /** Forecasts that say many different things are put together in so many groups of about equal size. Default 10. */
  readonly groups?: number;
  /** Below it there is no number. Default 20. */
  readonly fewest?: number;
}

export function calibrate(
  forecasts: readonly Forecast[],
  { groups: most = 10, fewest = 20 }: CalibrateOptions = {},
): Calibration | TooLittleData {
  const count = forecasts.length;
  if (count < Math.max(1, fewest))
    return { needed: `${fewest} forecasts that came out`, got: count };
  const sorted = forecasts.toSorted((one, other) => one.said - other.said);
  const mean = (of: (one: Forecast) => number): number =>
    sorted.reduce((sum, one) => sum + of(one), 0) / count;
  const came = mean((one) => one.came);
  const brier = mean((one) => (one.said - one.came) ** 2);
  const uncertainty = came * (1 - came);
  const recalibrated = isotonic(sorted);
  const best = sorted.reduce(
    (sum, one, i) => sum + ((recalibrated[i] as number) - one.came) ** 2,
    0,
  );
  const groups = groupsOf(sorted, most);
  const gaps = groups.map((group) => Math.abs(group.said - group.came));
  const auc = aucOf(sorted);
  const spiegelhalter = testCalibration(sorted);
  return {
    count,
    said: mean((one) => one.said),
    came,
    brier,
    miscalibration: brier - best / count,
    discrimination: uncertainty - best / count,
    uncertainty,
    skill: uncertainty > 0 ? 1 - brier / uncertainty : 0,
    meanGap: gaps.reduce((sum, gap, i) => sum + (gap * (groups[i] as Group).count) / count, 0),
    largestGap: Math.max(...gaps),
    ...(auc !== undefined && { auc }),
    logLoss: -mean(({ said, came: it }) => Math.log(it === 1 ? said : 1 - said)),
    ...(spiegelhalter && { spiegelhalter }),
    groups,
  };
}

/** What would have been best to say, rising with what was said: pool adjacent violators. */
function isotonic(sorted: readonly Forecast[]): Float64Array {
  const blocks: { sum: number; count: number }[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let sum = 0;
    // What was said alike is one block from the beginning.
    for (; to < sorted.length && sorted[to]?.said === sorted[from]?.said; to++)
      sum += (sorted[to] as Forecast).came;
    let block = { sum, count: to - from };
    for (
      let below = blocks.at(-1);
      below && below.sum * block.count >= block.sum * below.count;
      below = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: below.sum + block.sum, count: below.count + block.count };
    }
    blocks.push(block);
    from = to;
  }
  return Float64Array.from(
    blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count)),
  );
}

function groupsOf(sorted: readonly Forecast[], most: number): readonly Group[] {
  const distinct = new Set(sorted.map(({ said }) => said)).size;
  const groups: Group[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to =
      distinct <= most
        ? from + 1
        : Math.max(from + 1, Math.round(((groups.length + 1) * sorted.length) / most));
    // Never apart what was said alike.
    while (to < sorted.length && sorted[to]?.said === sorted[to - 1]?.said) to++;
    const group = sorted.slice(from, to);
    const came = group.reduce((sum, one) => sum + one.came, 0);
    groups.push({
      count: group.length,
      said: group.reduce((sum, one) => sum + one.said, 0) / group.length,
      came: came / group.length,
      interval: wilsonInterval(came, group.length),
    });
    from = to;
  }
  return groups;
}

/** The share of pairs in the right order, ties for half (Mann & Whitney). */
function aucOf(sorted: readonly Forecast[]): number | undefined {
  let [ranks, hits] = [0, 0];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.said === sorted[from]?.said) to++;
    for (let i = from; i < to; i++)
      if (sorted[i]?.came === 1) {
        ranks += (from + to + 1) / 2;
        hits++;
      }
    from = to;
  }
  const misses = sorted.length - hits;
  if (hits === 0 || misses === 0) return undefined;
  return (ranks - (hits * (hits + 1)) / 2) / (hits * misses);
}

function testCalibration(forecasts: readonly Forecast[]): Calibration['spiegelhalter'] {
  let [above, variance] = [0, 0];
  for (const { said, came } of forecasts) {
    above += (came - said) * (1 - 2 * said);
    variance += (1 - 2 * said) ** 2 * said * (1 - said);
  }
  if (!(variance > 0)) return undefined;
  const z = above / Math.sqrt(variance);
  return { z, p: 2 * normalAbove(Math.abs(z)) };
}
