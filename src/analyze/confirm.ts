import type { Sliced } from '../core/run-sliced.js';
import type { Test } from '../domain/condition.js';
import { compare, differ, type Effect, takeAway } from './compare.js';
import { rowsThatMeet } from './meets.js';
import { middleDifference } from './middle-difference.js';
import { benjaminiHochberg, testByFlips } from './multiplicity.js';
import { type Candidate, type ComparedRows, conditionScores } from './nominate.js';
import type { Column } from './table.js';

/** Why a reader should not take a finding at its word. */
export type Caution =
  /** Few sellers have the pattern, or one of them makes most of the difference. */
  | 'few-sellers'
  /** Without comparing like with like the difference would look quite another: what was not adjusted for may matter. */
  | 'hangs-on-the-adjustment'
  /** Many rows with the pattern have none without it to be compared with. */
  | 'little-overlap'
  /** Who sold is not told: it may be those who sell well, not the pattern. */
  | 'sellers-not-told'
  /** Who has the pattern nearly always has it: it may be the person, not the pattern. */
  | 'same-as-the-person'
  /** It rests on a value being missing. */
  | 'rests-on-missing'
  /** When its values came to be known is not told: they may be later than the decision. */
  | 'time-not-told'
  /** Nearly all with it came out the same way, and that is not told: it may have been written because of it. */
  | 'nearly-decides'
  /** Of an amount: the middle ones differ much less than the averages. */
  | 'rests-on-the-tail';

export interface Finding {
  /** All of these hold. */
  readonly pattern: readonly Test[];
  /** Rows with the pattern in the part that was held out, on which all figures rest. */
  readonly n: number;
  /** Sellers of those rows. */
  readonly sellers: number;
  /**
   * The difference on comparable work: of the outcome with the pattern and without it, or of the share of rows with the
   * pattern between stars and the others.
   */
  readonly effect: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** What the difference would be were all work alike. */
  readonly unadjusted: number;
  /** Of an amount: the difference in the middle of all pairs of comparable rows, and its 95 % interval where there is one. */
  readonly middle?: number;
  readonly middleInterval?: readonly [number, number];
  /**
   * One-sided, of the direction that the first part suggested; adjusted for all tests made. Of a pattern with several
   * conditions the highest: of the whole, and of each condition among the rows that meet the others.
   */
  readonly p: number;
  /** p is no higher than the level, and the interval lies on the side that was suggested. */
  readonly confirmed: boolean;
  readonly couldMislead: readonly Caution[];
}

export interface ConfirmOptions {
  readonly alpha: number;
  /** Bounded: that any finding is false, or the expected share of false ones. */
  readonly control: 'any-false' | 'share-false';
  readonly flips: number;
  readonly random: () => number;
  /** Else each row stands for itself. */
  readonly sellersTold: boolean;
}

/**
 * Tests candidates on rows that had no part in choosing them. Each is tested beside the earlier ones: with the
 * differences that they make taken away.
 */
export function* confirm(
  candidates: readonly Candidate[],
  { columns, rows, comparison }: ComparedRows,
  { alpha, control, flips, random, sellersTold }: ConfirmOptions,
): Sliced<readonly Finding[]> {
  const tests: Float64Array[] = [];
  const testsOf: number[][] = [];
  let left = comparison;
  for (const { tests: pattern, direction, isFallback } of candidates) {
    const has = rowsThatMeet(pattern, columns, rows);
    const scores = [differ(has, left).scores];
    if (pattern.length > 1)
      scores.push(...conditionScores(pattern, { columns, rows, comparison: left }));
    testsOf.push(scores.map((_, i) => tests.length + i));
    tests.push(...scores.map((one) => one.map((score) => direction * score)));
    if (!isFallback) left = takeAway(left, has);
    yield testsOf.length / candidates.length / 2;
  }
  const { raw, adjusted } = testByFlips(tests, { flips, random });
  const highest = (ps: readonly number[], of: readonly number[]): number =>
    Math.max(...of.map((test) => ps[test] as number));
  const ps =
    control === 'any-false'
      ? testsOf.map((of) => highest(adjusted, of))
      : benjaminiHochberg(testsOf.map((of) => highest(raw, of)));
  const findings: Finding[] = [];
  const isAmount =
    comparison.differenceOf === 'outcome' &&
    comparison.outcome.some((one) => one !== 0 && one !== 1);
  for (const [i, { tests: pattern, direction }] of candidates.entries()) {
    const has = rowsThatMeet(pattern, columns, rows);
    const effect = compare(has, comparison);
    const bound = direction === 1 ? effect.interval[0] : -effect.interval[1];
    const p = ps[i] as number;
    const middle = isAmount ? middleDifference(has, comparison) : undefined;
    findings.push({
      pattern,
      n: effect.rows,
      sellers: effect.sellers,
      effect: effect.difference,
      interval: effect.interval,
      unadjusted: effect.unadjusted,
      ...(middle && { middle: middle.difference }),
      ...(middle?.interval && { middleInterval: middle.interval }),
      p,
      confirmed: p <= alpha && bound > 0,
      couldMislead: cautionsOf(pattern, effect, columns, sellersTold),
    });
    yield 0.5 + findings.length / candidates.length / 2;
  }
  return findings
    .filter((_, i) => !(candidates[i]?.isFallback && findings[i + 1]?.confirmed))
    .sort((one, other) => Number(other.confirmed) - Number(one.confirmed));
}

const FEW_SELLERS = 8;

function cautionsOf(
  pattern: readonly Test[],
  { sellers, scores, difference, unadjusted, comparable, withinSellers }: Effect,
  columns: ReadonlyMap<string, Column>,
  sellersTold: boolean,
): readonly Caution[] {
  const squares = scores.reduce((sum, one) => sum + one * one, 0);
  const most = scores.reduce((highest, one) => Math.max(highest, one * one), 0);
  const cautions: readonly (readonly [Caution, boolean])[] = [
    ['few-sellers', sellers < FEW_SELLERS || most > squares / 2],
    ['hangs-on-the-adjustment', Math.abs(unadjusted - difference) > Math.abs(difference) / 2],
    ['little-overlap', comparable < 0.8],
    ['sellers-not-told', !sellersTold],
    ['same-as-the-person', sellersTold && withinSellers < 0.2],
    ['rests-on-missing', pattern.some((test) => 'missing' in test && test.missing)],
    [
      'time-not-told',
      pattern.some(({ attribute }) => columns.get(attribute)?.knownAt === undefined),
    ],
  ];
  return cautions.flatMap(([caution, holds]) => (holds ? [caution] : []));
}
