import { isMissing } from '../core/condition.js';
import { stableJson } from '../core/stable-json.js';
import { quantile } from '../core/statistics.js';
import type { AttributeValue } from '../domain/value.js';
import { binOf, findBounds } from './bin-number.js';

/** An attribute of all accounts, one value each. */
export interface PeerAttribute {
  readonly id: string;
  readonly isNumber: boolean;
  readonly values: readonly (AttributeValue | undefined)[];
}

/** Accounts alike in all attributes, with the number of their group; undefined where one of them is not known. */
export interface PeerGroups {
  readonly ofAccount: readonly (number | undefined)[];
  /** What the accounts of a group have in common, in the order of the attributes: a value, or bounds of a number. */
  readonly alike: readonly (readonly (AttributeValue | Bounds)[])[];
  readonly sizes: readonly number[];
}

export interface Bounds {
  readonly from?: number;
  readonly to?: number;
}

/** A number parts accounts into thirds: more parts would leave too few in each. */
const PARTS = 3;

export function groupPeers(attributes: readonly PeerAttribute[], accounts: number): PeerGroups {
  const readers = attributes.map(({ isNumber, values }) => {
    const numbers = values.filter((value): value is number => typeof value === 'number');
    const bounds = isNumber ? findBounds(numbers, PARTS) : [];
    return (account: number): AttributeValue | Bounds | undefined => {
      const value = values[account];
      if (isMissing(value)) return undefined;
      if (!isNumber) return value;
      const bin = binOf(Number(value), bounds);
      const [from, to] = [bounds[bin - 1], bounds[bin]];
      return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    };
  });
  const numbers = new Map<string, number>();
  const alike: (readonly (AttributeValue | Bounds)[])[] = [];
  const sizes: number[] = [];
  const ofAccount = Array.from({ length: accounts }, (_, account) => {
    const own = readers.map((read) => read(account));
    if (own.some((one) => one === undefined)) return undefined;
    const key = stableJson(own);
    let number = numbers.get(key);
    if (number === undefined) {
      number = alike.push(own as (AttributeValue | Bounds)[]) - 1;
      numbers.set(key, number);
      sizes.push(0);
    }
    sizes[number] = (sizes[number] as number) + 1;
    return number;
  });
  return { ofAccount, alike, sizes };
}

/** The places of so many that are nearest, in their order; ties go to who comes first. */
export function findNearest(distances: ArrayLike<number>, count: number): readonly number[] {
  return Array.from(distances, (_, place) => place)
    .sort((one, other) => (distances[one] as number) - (distances[other] as number) || one - other)
    .slice(0, count)
    .sort((one, other) => one - other);
}

/**
 * A quantile of the values with a 95 % interval that rests on their order alone (binomial order statistics); undefined
 * where there are too few values for one.
 */
export function quantileInterval(
  values: readonly number[],
  share: number,
): { readonly value: number; readonly interval: readonly [number, number] } | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const count = sorted.length;
  // The chance that at most so many of the values lie below the quantile.
  const atMost = new Float64Array(count + 1);
  let term = (1 - share) ** count;
  let sum = 0;
  for (let below = 0; below <= count; below++) {
    sum += term;
    atMost[below] = sum;
    term *= ((count - below) / (below + 1)) * (share / (1 - share));
  }
  let low = -1;
  while (low + 1 < count && (atMost[low + 1] as number) <= 0.025) low++;
  const high = atMost.findIndex((chance) => chance >= 0.975);
  const [from, to] = [sorted[low], sorted[high]];
  if (from === undefined || to === undefined) return undefined;
  return { value: quantile(values, share), interval: [from, to] };
}

/** The least share of the wallet that sales to a customer can be, and how much more there is. Wallets are at least the sales. */
export function shareOfWallet(
  sales: number,
  wallet: number,
): { readonly share: number; readonly headroom: number } {
  const held = Math.max(sales, wallet);
  return { share: held > 0 ? sales / held : 0, headroom: held - sales };
}
