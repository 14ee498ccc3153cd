/** How often items are bought together: by customers, or in baskets. */
export interface Together {
  readonly items: number;
  readonly baskets: number;
  /** Baskets with each item. */
  readonly counts: Float64Array;
  /** Baskets with both, a row an item; on the diagonal 0. */
  readonly pairs: Float64Array;
}

/** @param baskets each the numbers of its items, each once */
export function countTogether(baskets: readonly (readonly number[])[], items: number): Together {
  const counts = new Float64Array(items);
  const pairs = new Float64Array(items * items);
  for (const basket of baskets)
    for (const one of basket) {
      counts[one] = (counts[one] as number) + 1;
      for (const other of basket)
        if (other !== one) pairs[one * items + other] = (pairs[one * items + other] as number) + 1;
    }
  return { items, baskets: baskets.length, counts, pairs };
}

/** Measures of how two items go together. */
export interface Similarity {
  /** Of the two columns of baskets. */
  readonly cosine: number;
  /** How many times as often as if each were bought by itself; high for rare items by chance alone. */
  readonly lift: number;
  readonly jaccard: number;
  /** Twice the log likelihood ratio against independence (Dunning, Computational Linguistics 1993): rare items do not explode. */
  readonly logLikelihoodRatio: number;
}

export function similarityOf(one: number, other: number, together: Together): Similarity {
  const { items, baskets, counts, pairs } = together;
  const [a, b] = [counts[one] as number, counts[other] as number];
  const both = one === other ? a : (pairs[one * items + other] as number);
  const union = a + b - both;
  return {
    cosine: a > 0 && b > 0 ? both / Math.sqrt(a * b) : 0,
    lift: a > 0 && b > 0 ? (both * baskets) / (a * b) : 0,
    jaccard: union > 0 ? both / union : 0,
    logLikelihoodRatio: one === other ? 0 : gSquare([both, a - both, b - both, baskets - union]),
  };
}

/** Of a table of two by two. */
function gSquare(cells: readonly [number, number, number, number]): number {
  const [a, b, c, d] = cells;
  const all = a + b + c + d;
  const expected = [(a + b) * (a + c), (a + b) * (b + d), (c + d) * (a + c), (c + d) * (b + d)];
  const sum = cells.reduce(
    (total, cell, i) =>
      total + (cell > 0 ? cell * Math.log((cell * all) / (expected[i] as number)) : 0),
    0,
  );
  return Math.max(0, 2 * sum);
}
