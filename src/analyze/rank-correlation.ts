/** Spearman's, of as many values each; equal values share their ranks. 0 where all are equal. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranksOf(one), ranksOf(other)];
  const mean = (one.length - 1) / 2;
  let [both, own, others] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    const [x, y] = [(a[i] as number) - mean, (b[i] as number) - mean];
    both += x * y;
    own += x * x;
    others += y * y;
  }
  return own > 0 && others > 0 ? both / Math.sqrt(own * others) : 0;
}

/** From 0 on; equal values share the mean of theirs. */
export function ranksOf(values: readonly number[]): Float64Array {
  const order = values
    .map((_, i) => i)
    .sort((i, j) => (values[i] as number) - (values[j] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (
      to + 1 < order.length &&
      values[order[to + 1] as number] === values[order[from] as number]
    )
      to++;
    for (let i = from; i <= to; i++) ranks[order[i] as number] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}
