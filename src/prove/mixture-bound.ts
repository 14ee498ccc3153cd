/**
 * The two-sided normal mixture bound (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021, Proposition 5): a sum of
 * independent terms with mean 0 and variance `v` in all leaves plus or minus this, at any moment, with a probability of
 * at most `alpha`. `rho` says where it is narrow, see {@link bestRho}.
 */
export function mixtureBound(v: number, alpha: number, rho: number): number {
  return Math.sqrt((v + rho) * (Math.log1p(v / rho) - 2 * Math.log(alpha)));
}

/** The `rho` with which the bound is about as narrow as it can be at variance `v`. */
export function bestRho(v: number, alpha: number): number {
  const log = -2 * Math.log(alpha);
  return v / (log + Math.log1p(log));
}
