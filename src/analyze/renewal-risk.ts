import { createRandom } from '../core/random.js';
import type { Sliced } from '../core/run-sliced.js';
import type { Test } from '../domain/condition.js';
import { type Calibration, calibrate } from './calibration.js';
import { type Features, fitLogistic, type Logistic, predictLogistic } from './logistic.js';
import { type Item, makeItems } from './make-items.js';
import type { Column } from './table.js';
import type { TooLittleData } from './too-little-data.js';

export interface RenewalTable {
  readonly columns: readonly Column[];
  /** 1: it left; 0: it stayed; undefined: its term is not over, which counts as neither. */
  readonly left: ArrayLike<0 | 1 | undefined>;
}

export interface RenewalRisk {
  /** How probable it is that each leaves, from those alone of which it was not learned. One a row. */
  readonly risk: Float64Array;
  /** For each row, what raises its risk most against the average customer, strongest first. */
  readonly reasons: readonly (readonly Reason[])[];
  /** Of rows whose end is known. */
  readonly calibration: Calibration;
  /**
   * What was said holds up: the slope of what came over what was said is between 0.8 and 1.25, and the total is right
   * within what chance allows.
   */
  readonly isCalibrated: boolean;
  /** Below 1: what was said is too extreme (Cox 1958). */
  readonly slope: number;
}

export interface Reason {
  readonly test: Test;
  /** Added to the log odds, against the average over all rows. */
  readonly adds: number;
}

const FOLDS = 5;
const FEWEST = 50;
const RIDGE = 1;
/** A state that fewer rows have is not learned from. */
const FEWEST_ROWS = 20;
const REASONS = 3;

/**
 * The risk that a contract is not renewed, by logistic regression over the states of each attribute. Each row is judged
 * by a model of the other four fifths, so that the calibration is that of new customers.
 */
export function* estimateRenewalRisk(
  { columns, left }: RenewalTable,
  seed: string | number,
): Sliced<RenewalRisk | TooLittleData> {
  const rows = left.length;
  const known = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => left[row] !== undefined,
  );
  const leavers = known.filter((row) => left[row] === 1).length;
  const stayers = known.length - leavers;
  if (leavers < FEWEST) return { needed: `${FEWEST} customers who left`, got: leavers };
  if (stayers < FEWEST) return { needed: `${FEWEST} customers who stayed`, got: stayers };

  const items: Item[] = columns.flatMap((column) =>
    makeItems(column, { bins: 5, minRows: FEWEST_ROWS }),
  );
  const features: Features = featuresOf(items, rows);
  yield 0.1;
  const folds = foldsOf(known, left, createRandom(seed));
  const risk = new Float64Array(rows);
  const fit = (of: readonly number[]): Logistic =>
    fitLogistic(
      of.map((row) => features[row] as readonly number[]),
      of.map((row) => left[row] as number),
      items.length,
      { ridge: RIDGE },
    );
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fit(known.filter((row) => folds[row] !== fold));
    for (const row of known)
      if (folds[row] === fold) risk[row] = predictLogistic(features[row] ?? [], model);
    yield 0.1 + (0.7 * (fold + 1)) / FOLDS;
  }
  const whole = fit(known);
  for (let row = 0; row < rows; row++)
    if (left[row] === undefined) risk[row] = predictLogistic(features[row] ?? [], whole);
  yield 0.9;
  const forecasts = known.map((row) => ({ said: risk[row] as number, came: left[row] as 0 | 1 }));
  const calibration = calibrate(forecasts) as Calibration;
  const { slope, isRight } = coxOf(forecasts);
  return {
    risk,
    reasons: reasonsOf(features, items, whole),
    calibration,
    slope,
    isCalibrated: slope > 0.8 && slope < 1.25 && isRight,
  };
}

function featuresOf(items: readonly Item[], rows: number): Features {
  const features: number[][] = Array.from({ length: rows }, () => []);
  for (const [number, { rows: bitmap }] of items.entries())
    for (let row = 0; row < rows; row++)
      if (((bitmap[row >> 5] as number) >>> (row & 31)) & 1) features[row]?.push(number);
  return features;
}

/** Leavers and stayers are dealt out by themselves, so that each fold has as many. */
function foldsOf(
  known: readonly number[],
  left: RenewalTable['left'],
  random: () => number,
): Int8Array {
  const folds = new Int8Array(left.length).fill(-1);
  for (const side of [0, 1]) {
    const own = known.filter((row) => left[row] === side);
    for (let i = own.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [own[i], own[j]] = [own[j] as number, own[i] as number];
    }
    for (const [i, row] of own.entries()) folds[row] = i % FOLDS;
  }
  return folds;
}

function reasonsOf(
  features: Features,
  items: readonly Item[],
  { weights }: Logistic,
): readonly (readonly Reason[])[] {
  // What an attribute adds on average is no reason.
  const mean = new Map<string, number>();
  for (const [number, { test, count }] of items.entries())
    mean.set(
      test.attribute,
      (mean.get(test.attribute) ?? 0) + ((weights[number] as number) * count) / features.length,
    );
  return features.map((own) =>
    own
      .map((number) => {
        const { test } = items[number] as Item;
        return { test, adds: (weights[number] as number) - (mean.get(test.attribute) ?? 0) };
      })
      .filter(({ adds }) => adds > 0.05)
      .sort((one, other) => other.adds - one.adds)
      .slice(0, REASONS),
  );
}

/** The slope of the log odds that came over those that were said, and whether the total is right. */
function coxOf(forecasts: readonly { readonly said: number; readonly came: 0 | 1 }[]): {
  readonly slope: number;
  readonly isRight: boolean;
} {
  let [intercept, slope] = [0, 1];
  const odds = forecasts.map(({ said }) => {
    const held = Math.min(Math.max(said, 1e-9), 1 - 1e-9);
    return Math.log(held / (1 - held));
  });
  for (let step = 0; step < 50; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const [i, { came }] of forecasts.entries()) {
      const x = odds[i] as number;
      const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
      const weight = p * (1 - p);
      g0 += came - p;
      g1 += (came - p) * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-9)) break;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    intercept += d0;
    slope += d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-10) break;
  }
  const total = forecasts.reduce((sum, { said, came }) => sum + came - said, 0);
  const variance = forecasts.reduce((sum, { said }) => sum + said * (1 - said), 0);
  return { slope, isRight: Math.abs(total) <= 1.96 * Math.sqrt(variance) };
}
