import { normalAbove } from '../core/gamma.js';

/** Below it the arms are not what was dealt out, and no comparison of them means anything. */
export const RATIO_ALARM = 0.001;

export interface SampleRatio {
  readonly chiSquare: number;
  /** How often chance alone makes the counts so different from what was meant. */
  readonly p: number;
}

/** Whether so many in each arm fit the shares that were meant; `shares` in any unit. */
export function checkSampleRatio(
  counts: readonly number[],
  shares: readonly number[],
): SampleRatio {
  const total = sumOf(counts);
  const whole = sumOf(shares);
  const chiSquare = sumOf(
    counts.map((count, arm) => {
      const expected = (total * (shares[arm] as number)) / whole;
      return expected === 0 ? 0 : (count - expected) ** 2 / expected;
    }),
  );
  return { chiSquare, p: chiSquareAbove(chiSquare, counts.length - 1) };
}

/** How probable a chi-square above that is, with whole degrees of freedom: by its recurrence over two degrees. */
function chiSquareAbove(x: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  let p = isOdd ? 2 * normalAbove(Math.sqrt(x)) : Math.exp(-x / 2);
  let term = isOdd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : (Math.exp(-x / 2) * x) / 2;
  for (let have = isOdd ? 1 : 2; have < degrees; have += 2) {
    p += term;
    term *= x / (have + 2);
  }
  return degrees === 0 ? 1 : p;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
