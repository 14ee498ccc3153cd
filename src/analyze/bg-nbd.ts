import { hypergeometric, logBeta, logGamma } from '../core/gamma.js';
import { minimize } from './minimize.js';
import { inUnit, type Span, type TimeUnit } from './time-unit.js';
import type { TooLittleData } from './too-little-data.js';

/** Purchases of customers; all times are in the table's unit. */
export interface Purchases {
  readonly unit: TimeUnit;
  readonly customers: readonly PurchaseSummary[];
}

export interface PurchaseSummary {
  /** Days with a purchase, after the first. */
  readonly repeats: number;
  /** From the first purchase to the last; 0 without a repeat. */
  readonly last: number;
  /** From the first purchase to now. */
  readonly age: number;
}

/** While active a customer buys at a rate of its own; after each purchase it leaves with a chance of its own. */
export interface BgNbd {
  /** The shape and the scale of the rates (gamma), the scale in units of time. */
  readonly r: number;
  readonly alpha: number;
  /** The chances to leave (beta). */
  readonly a: number;
  readonly b: number;
  readonly unit: TimeUnit;
  readonly logLikelihood: number;
}

const FEWEST_CUSTOMERS = 100;
const FEWEST_REPEATERS = 50;

/**
 * The model of non-contractual buying with the highest likelihood (Fader, Hardie & Lee, "Counting your customers the easy
 * way: an alternative to the Pareto/NBD model", Marketing Science 2005). Where a contract runs, a silence says nothing:
 * it is not for those.
 */
export function fitBgNbd({ unit, customers }: Purchases): BgNbd | TooLittleData {
  const repeaters = customers.filter(({ repeats }) => repeats > 0).length;
  if (customers.length < FEWEST_CUSTOMERS)
    return { needed: `${FEWEST_CUSTOMERS} customers who bought`, got: customers.length };
  if (repeaters < FEWEST_REPEATERS)
    return { needed: `${FEWEST_REPEATERS} customers who bought again`, got: repeaters };
  const alike = countAlike(customers);
  const scale = customers.reduce((sum, { age }) => sum + age, 0) / customers.length || 1;
  const minimum = minimize(
    (logs) => {
      const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
      return -likelihoodOf(alike, { r, alpha: alpha * scale, a, b }) / customers.length;
    },
    [0, Math.log(0.3), 0, 0.7],
  );
  const [r, alpha, a, b] = minimum.at.map(Math.exp) as [number, number, number, number];
  const model = { r, alpha: alpha * scale, a, b };
  return { ...model, unit, logLikelihood: likelihoodOf(alike, model) };
}

type Parameters = Pick<BgNbd, 'r' | 'alpha' | 'a' | 'b'>;

/** Most customers of a table are like others: those who bought once, on the same day. */
function countAlike(
  customers: readonly PurchaseSummary[],
): readonly (PurchaseSummary & { readonly count: number })[] {
  const counts = new Map<string, PurchaseSummary & { count: number }>();
  for (const { repeats, last, age } of customers) {
    const key = `${repeats} ${last} ${age}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { repeats, last, age, count: 1 });
  }
  return [...counts.values()];
}

function likelihoodOf(
  customers: readonly (PurchaseSummary & { readonly count: number })[],
  { r, alpha, a, b }: Parameters,
): number {
  let sum = 0;
  const all = logBeta(a, b);
  for (const { repeats: x, last, age, count } of customers) {
    const stays = logBeta(a, b + x) - all - (r + x) * Math.log(alpha + age);
    const one = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
    if (x === 0) sum += count * (one + stays);
    else {
      const left = logBeta(a + 1, b + x - 1) - all - (r + x) * Math.log(alpha + last);
      const most = Math.max(stays, left);
      sum += count * (one + most + Math.log(Math.exp(stays - most) + Math.exp(left - most)));
    }
  }
  return sum;
}

/** How probable so many purchases of a new customer are within a time. */
export function probabilityOf(repeats: number, within: Span, model: BgNbd): number {
  const { r, alpha, a, b, unit } = model;
  const t = inUnit(within, unit);
  const all = logBeta(a, b);
  const none = r * Math.log(alpha / (alpha + t));
  const odds = Math.log(t / (alpha + t));
  const term = (count: number): number =>
    Math.exp(logGamma(r + count) - logGamma(r) - logGamma(count + 1) + none + count * odds);
  const stays = Math.exp(logBeta(a, b + repeats) - all) * term(repeats);
  if (repeats === 0) return stays;
  let fewer = 0;
  for (let count = 0; count < repeats; count++) fewer += term(count);
  return stays + Math.exp(logBeta(a + 1, b + repeats - 1) - all) * (1 - fewer);
}

export interface Outlook {
  /** How probable it is that the customer is still one. */
  readonly active: number;
  /** Purchases to be expected. */
  readonly expected: number;
  /** How probable at least one is. */
  readonly buys: number;
}

/** What each customer of a table will do within a time. The table may be in another unit than the model. */
export function lookAhead(
  { unit, customers }: Purchases,
  ahead: Span,
  model: BgNbd,
): readonly Outlook[] {
  const { r, alpha, b } = model;
  // At exactly 1 the formula divides by zero, and its limit is next to it.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  const t = inUnit(ahead, model.unit);
  return customers.map(({ repeats: x, ...times }) => {
    const last = inUnit({ amount: times.last, unit }, model.unit);
    const age = inUnit({ amount: times.age, unit }, model.unit);
    const left = x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + age) / (alpha + last)) ** (r + x);
    const active = 1 / (1 + left);
    const stillness = (alpha + age) / (alpha + age + t);
    // With Euler's transformation: the series of the paper converges slowly for who buys often.
    const sum =
      stillness ** (a - 1) * hypergeometric(a + b - 1 - r, a - 1, a + b + x - 1, 1 - stillness);
    const expected = ((a + b + x - 1) / (a - 1)) * (1 - sum) * active;
    return { active, expected, buys: active * (1 - stillness ** (r + x)) };
  });
}
