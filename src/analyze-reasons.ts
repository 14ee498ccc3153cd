import { clusteredShare, type Share } from './analyze/clustered-share.js';
import { FEWEST_PEOPLE } from './analyze-deals.js';
import { push } from './core/push.js';
import type { Refusal } from './reason-book.js';

/** Why it was refused, of one product or service. */
export interface ProductReasons {
  readonly product: string;
  readonly refused: number;
  /** Of those, with a reason. */
  readonly told: number;
  readonly people: number;
  /** The most frequent first; told of fewer than five times, they are in {@link rare}. */
  readonly reasons: readonly ReasonCount[];
  /** With a reason that is told seldom. */
  readonly rare: number;
}

export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
  /** Of those with a reason; a person is one observation. */
  readonly share: Share;
  /** Of those with a reason that are about other products. Absent: too few. */
  readonly elsewhere?: number;
  /** What they were worth, and how many of them say so; an amount of nothing or less says nothing. */
  readonly lostMinor: number;
  readonly withAmount: number;
  readonly examples: readonly Refusal[];
}

export interface Reasons {
  /** Those with the most lost first. */
  readonly products: readonly ProductReasons[];
  readonly refused: number;
  readonly told: number;
  /** Products of which nothing is told, since too few people or too few reasons are behind it. */
  readonly withheld: number;
  readonly withoutProduct: number;
}

const FEWEST_TOLD = 10;
const FEWEST_IN_CELL = 5;
const EXAMPLES = 3;

/**
 * Reasons by product. Of a product nothing is told where fewer than five people or ten reasons are behind it: it would be
 * what one of them thinks.
 */
export function analyzeReasons(refusals: readonly Refusal[]): Reasons {
  const byProduct = new Map<string, Refusal[]>();
  for (const one of refusals) if (one.product !== undefined) push(byProduct, one.product, one);
  const withReason = refusals.filter(({ reason }) => reason !== undefined);
  // Where nobody is named, figures are of nobody.
  const arePeopleTold = refusals.some(({ by }) => by !== undefined);
  const products: ProductReasons[] = [];
  for (const [product, own] of byProduct) {
    const told = own.filter(({ reason }) => reason !== undefined);
    const people = new Set(told.flatMap(({ by }) => by ?? [])).size;
    if ((arePeopleTold && people < FEWEST_PEOPLE) || told.length < FEWEST_TOLD) continue;
    const others = withReason.filter((one) => one.product !== product);
    const byReason = new Map<string, Refusal[]>();
    for (const one of told) push(byReason, String(one.reason), one);
    const reasons = Array.from(byReason, ([reason, some]) => countOf(reason, some, told, others))
      .filter(({ count }) => count >= FEWEST_IN_CELL)
      .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1));
    const inCells = reasons.reduce((sum, { count }) => sum + count, 0);
    products.push({
      ...{ product, refused: own.length, told: told.length, people, reasons },
      rare: told.length - inCells,
    });
  }
  const lostIn = ({ reasons }: ProductReasons): number =>
    reasons.reduce((sum, { lostMinor }) => sum + lostMinor, 0);
  return {
    products: products.sort(
      (one, other) => lostIn(other) - lostIn(one) || other.refused - one.refused,
    ),
    refused: refusals.length,
    told: withReason.length,
    withheld: byProduct.size - products.length,
    withoutProduct: refusals.filter(({ product }) => product === undefined).length,
  };
}

function countOf(
  reason: string,
  some: readonly Refusal[],
  told: readonly Refusal[],
  others: readonly Refusal[],
): ReasonCount {
  const amounts = some.flatMap(({ amountMinor = 0 }) => (amountMinor > 0 ? amountMinor : []));
  const named = [...some].sort(
    (one, other) =>
      (other.amountMinor ?? 0) - (one.amountMinor ?? 0) || (one.record < other.record ? -1 : 1),
  );
  return {
    reason,
    count: some.length,
    share: clusteredShare(
      told,
      (one) => one.reason === reason,
      ({ by, record }) => by ?? record,
    ),
    ...(others.length >= FEWEST_TOLD && {
      elsewhere: others.filter((one) => one.reason === reason).length / others.length,
    }),
    lostMinor: amounts.reduce((sum, one) => sum + one, 0),
    withAmount: amounts.length,
    examples: named.slice(0, EXAMPLES),
  };
}
