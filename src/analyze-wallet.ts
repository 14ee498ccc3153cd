import type { AccountBook } from './account-book.js';
import {
  findNearest,
  groupPeers,
  type PeerGroups,
  quantileInterval,
  shareOfWallet,
} from './analyze/peers.js';
import { isCustomer, peerAttribute, spentIn } from './customers.js';
import type { SubjectKey } from './domain/value.js';

/** What an account buys of us against what it could buy of us. */
export interface WalletEstimate {
  readonly account: SubjectKey;
  readonly name?: string;
  /** In the last 365 days. */
  readonly salesMinor: number;
  /** Others alike in every choice; of those the nearest in the numbers, with the least and the most of each. */
  readonly peers: {
    readonly group: number;
    readonly size: number;
    readonly ranges: readonly (readonly [number, number])[];
  };
  /** What the best of its peers spend with us, at least its own sales; and the 95 % interval. */
  readonly walletMinor: number;
  readonly interval: readonly [number, number];
  readonly share: number;
  /** The share at the upper and at the lower end of the wallet. */
  readonly shareInterval: readonly [number, number];
  readonly headroomMinor: number;
}

export interface Wallets {
  readonly estimates: readonly WalletEstimate[];
  /** Attributes in which peers are alike, and those in which they are near. */
  readonly alikeIn: readonly string[];
  readonly nearIn: readonly string[];
  readonly groups: PeerGroups;
  /** Who bought earlier, and nothing in the last 365 days. */
  readonly lost: number;
  /** Customers without a number: too few peers, or an attribute that is not known. */
  readonly without: number;
  /** The quantile of the peers that counts as the wallet. */
  readonly best: number;
  /** Of customers hidden from their peers, the share that spends no more than the wallet told: near {@link best}. */
  readonly below: number;
}

const BEST = 0.8;
/** Where numbers tell who is comparable, so many of the nearest are. */
const NEAREST = 40;

/**
 * The realistic wallet: what the best of the comparable customers spend with us (Perlich, Rosset, Lawrence & Zadrozny,
 * KDD 2007). What customers spend elsewhere is not in the data, so it is no more than that.
 */
export function estimateWallets(
  { accounts, attributes, today }: AccountBook,
  comparableIn: readonly string[],
): Wallets {
  const buyers = accounts.filter((one) => isCustomer(one, today));
  const all = comparableIn.map((id) => peerAttribute(id, attributes, buyers));
  const near = all.filter(({ isNumber }) => isNumber);
  const alike = all.filter(({ isNumber }) => !isNumber);
  const groups = groupPeers(alike, buyers.length);
  const numbers = near.map(({ values }) =>
    values.map((value) => (typeof value === 'number' ? value : Number.NaN)),
  );
  const ranks = numbers.map(sharesBelow);
  const sales = buyers.map((buyer) => spentIn(buyer, undefined, today));
  const isTold = (buyer: number): boolean =>
    numbers.every((values) => !Number.isNaN(values[buyer]));
  const members = groups.sizes.map((): number[] => []);
  for (const [buyer, group] of groups.ofAccount.entries())
    if (group !== undefined && isTold(buyer)) members[group]?.push(buyer);
  let below = 0;
  const estimates = buyers.flatMap(({ account, name }, number): readonly WalletEstimate[] => {
    const group = groups.ofAccount[number];
    if (group === undefined || !isTold(number)) return [];
    const others = (members[group] ?? []).filter((one) => one !== number);
    // By how many customers lie between: no unit, and no giant, counts for more than the others.
    const distances = others.map((one) =>
      ranks.reduce(
        (sum, rank) => sum + Math.abs((rank[one] as number) - (rank[number] as number)),
        0,
      ),
    );
    const peers = findNearest(distances, near.length > 0 ? NEAREST : others.length).map(
      (place) => others[place] as number,
    );
    const found = quantileInterval(
      peers.map((one) => sales[one] as number),
      BEST,
    );
    if (!found) return [];
    const own = sales[number] as number;
    if (own <= found.value) below++;
    const [low, high] = found.interval.map((one) => Math.round(Math.max(own, one))) as [
      number,
      number,
    ];
    const walletMinor = Math.round(Math.max(own, found.value));
    const { share, headroom } = shareOfWallet(own, walletMinor);
    return [
      {
        account,
        ...(name !== undefined && { name }),
        salesMinor: own,
        peers: {
          group,
          size: peers.length,
          ranges: numbers.map((values) => rangeOf(peers, values)),
        },
        walletMinor,
        interval: [low, high],
        share,
        shareInterval: [shareOfWallet(own, high).share, shareOfWallet(own, low).share],
        headroomMinor: headroom,
      },
    ];
  });
  return {
    estimates,
    alikeIn: alike.map(({ id }) => id),
    nearIn: near.map(({ id }) => id),
    groups,
    lost: accounts.filter(({ purchases }) => purchases.length > 0).length - buyers.length,
    without: buyers.length - estimates.length,
    best: BEST,
    below: estimates.length > 0 ? below / estimates.length : 0,
  };
}

/** Of each value, the share of the others that are smaller; of one that is not told none is. */
function sharesBelow(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values.filter((one) => !Number.isNaN(one))).sort();
  const places = new Map<number, number>();
  for (const [place, value] of sorted.entries()) if (!places.has(value)) places.set(value, place);
  return Float64Array.from(
    values,
    (value) => (places.get(value) ?? 0) / Math.max(1, sorted.length),
  );
}

const rangeOf = (rows: readonly number[], values: readonly number[]): readonly [number, number] => {
  const own = rows.map((row) => values[row] as number);
  return [Math.min(...own), Math.max(...own)];
};
