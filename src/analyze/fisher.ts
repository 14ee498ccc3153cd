/** Natural logarithms of n!, as far as asked for. */
const logs: number[] = [0];

function logFactorial(n: number): number {
  for (let i = logs.length; i <= n; i++) logs.push((logs[i - 1] as number) + Math.log(i));
  return logs[n] as number;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Of `rows` rows `positive` are positive. */
export interface Margins {
  readonly rows: number;
  readonly positive: number;
}

/**
 * Fisher's exact test, one-sided: how probable it is that so many rows, drawn at random, hold as many positive ones or
 * more.
 */
export function fisherGreater(count: number, hits: number, { rows, positive }: Margins): number {
  const all = logChoose(rows, count);
  const middle = (count * positive) / rows;
  let p = 0;
  for (let i = Math.max(hits, count - (rows - positive)); i <= Math.min(count, positive); i++) {
    const more = Math.exp(logChoose(positive, i) + logChoose(rows - positive, count - i) - all);
    p += more;
    // Beyond the middle each is smaller than the one before.
    if (i > middle && more < p * Number.EPSILON) break;
  }
  return Math.min(1, p);
}

/**
 * The lowest p-value that a set of so many rows could have, were it as lopsided as can be (Tarone 1990). For sets larger
 * than all positives, that of exactly those, so that it never rises with size (Terada et al. 2013).
 */
export function lowestP(count: number, margins: Margins): number {
  const size = Math.min(count, margins.positive);
  return fisherGreater(size, size, margins);
}
