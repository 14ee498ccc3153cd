import type { AccountBook, AccountEntry, Purchase } from './account-book.js';
import { type BasketTrial, tryBaskets } from './analyze/basket-trial.js';
import { findPairs, type ItemPair } from './analyze/find-pairs.js';
import { groupPeers, type PeerGroups } from './analyze/peers.js';
import { countTogether } from './analyze/together.js';
import { push } from './core/push.js';
import { createRandom } from './core/random.js';
import { type Sliced, within } from './core/run-sliced.js';
import { median, quantile } from './core/statistics.js';
import { isCustomer, peerAttribute, YEAR } from './customers.js';
import type { Test } from './domain/condition.js';
import type { Playbook, Product } from './domain/playbook.js';
import type { SubjectKey } from './domain/value.js';

export type WhitespaceState =
  | 'owned'
  | 'pipeline'
  | 'gap'
  | 'not-eligible'
  | 'no-gap'
  | 'too-few-peers';

/** One product at one account. */
export interface WhitespaceCell {
  readonly account: SubjectKey;
  readonly name?: string;
  readonly product: string;
  readonly state: WhitespaceState;
  /** Others alike, and how many of them bought it. */
  readonly peers?: { readonly group: number; readonly size: number; readonly buy: number };
  /** What those of them who buy it paid in 365 days: the median, and the middle half. */
  readonly spendMinor?: { readonly median: number; readonly from: number; readonly to: number };
  /**
   * Of that median, what is left after the product and its part in serving this account as often as they order, at the
   * median: what is bought on one day is served once. Absent: costs are not known.
   */
  readonly marginMinor?: number;
  /** The margin passes the playbook's profit gate, or there is none. */
  readonly pays?: boolean;
  /** What bars every offer of it. */
  readonly barredBy?: readonly Test[];
  /** What they have and cannot have beside it. */
  readonly excludedBy?: string;
  /** A product that they have, how many customers have that one, and how many of these this one as well. */
  readonly goesWith?: { readonly product: string; readonly having: number; readonly both: number };
}

export interface Whitespace {
  readonly cells: readonly WhitespaceCell[];
  readonly products: readonly string[];
  readonly groups: PeerGroups;
  /** Products that go together, the strongest first; items are places in {@link Whitespace.products}. */
  readonly pairs: readonly ItemPair[];
  /** Whether what goes together would tell a hidden product better than popularity; judged by the first few products. */
  readonly together: BasketTrial;
}

/** Fewer make no peers. */
export const FEWEST_PEERS = 10;
/** A gap is what so many of the peers buy. */
const GAP = 0.4;

/**
 * What each account could still buy: products that it has not, and that most of its peers buy, or most of those who have
 * something that it has as well.
 */
export function* findWhitespace(
  { accounts, attributes, today }: AccountBook,
  { products: catalogue, profitGate }: Playbook,
  { alikeIn, seed }: { readonly alikeIn: readonly string[]; readonly seed: string | number },
): Sliced<Whitespace> {
  const buyers = accounts.filter((one) => isCustomer(one, today));
  const groups = groupPeers(
    alikeIn.map((id) => peerAttribute(id, attributes, buyers)),
    buyers.length,
  );
  const owned = buyers.map(
    ({ purchases }) => new Set(purchases.flatMap(({ product }) => product ?? [])),
  );
  const products = [
    ...new Set([...catalogue.map(({ id }) => id), ...owned.flatMap((own) => [...own])]),
  ].filter((product) => owned.some((own) => own.has(product)));
  const numbers = new Map(products.map((product, number) => [product, number]));
  const baskets = owned.map((own) => [...own].map((product) => numbers.get(product) as number));
  const pairs = yield* within(findPairs(countTogether(baskets, products.length)), 0, 0.2);
  const companions = companionsIn(pairs, products);
  const known = new Map(catalogue.map((one) => [one.id, one]));
  const exclude = (one: string, other: string): boolean =>
    [known.get(one)?.excludes?.includes(other), known.get(other)?.excludes?.includes(one)].some(
      Boolean,
    );
  const members = groups.sizes.map((): number[] => []);
  for (const [buyer, group] of groups.ofAccount.entries())
    if (group !== undefined) members[group]?.push(buyer);
  const sales = buyers.map((buyer) => salesOf(buyer, today));
  const cells: WhitespaceCell[] = [];
  for (const product of products) {
    const inGroups = members.map((own) => own.filter((buyer) => owned[buyer]?.has(product)));
    const others = companions.get(product) ?? [];
    for (const [number, buyer] of buyers.entries()) {
      const { account, name, pipeline, notEligible } = buyer;
      const own = owned[number] as ReadonlySet<string>;
      const place = { account, product, ...(name !== undefined && { name }) };
      const barredBy = notEligible.get(product);
      const excludedBy = [...own].find((one) => exclude(one, product));
      if (own.has(product)) cells.push({ ...place, state: 'owned' });
      else if (pipeline.has(product)) cells.push({ ...place, state: 'pipeline' });
      else if (excludedBy !== undefined)
        cells.push({ ...place, state: 'not-eligible', excludedBy });
      else if (barredBy) cells.push({ ...place, state: 'not-eligible', barredBy });
      else {
        const group = groups.ofAccount[number];
        const size = group === undefined ? 0 : (groups.sizes[group] as number) - 1;
        const having = group === undefined ? [] : (inGroups[group] ?? []);
        const goesWith = others.find((one) => own.has(one.product));
        const peers =
          group !== undefined && size >= FEWEST_PEERS
            ? { group, size, buy: having.length }
            : undefined;
        const isUsual = peers !== undefined && peers.buy / peers.size >= GAP;
        if (!isUsual && !goesWith) {
          const state = peers ? 'no-gap' : 'too-few-peers';
          cells.push({ ...place, state, ...(peers && { peers }) });
          continue;
        }
        const like = isUsual
          ? having
          : owned.flatMap((one, i) =>
              one.has(product) && one.has(goesWith?.product ?? '') ? [i] : [],
            );
        const bought = like.flatMap((one) => sales[one]?.get(product) ?? []);
        cells.push({
          ...place,
          state: 'gap',
          ...(isUsual ? { peers } : { goesWith: goesWith as Companion }),
          ...worthOf(bought, buyer, known.get(product), profitGate),
        });
      }
    }
    yield 0.2 + (0.6 * cells.length) / (products.length * buyers.length + 1);
  }
  const first = Math.max(1, Math.min(10, Math.floor(products.length / 3)));
  const together = yield* within(
    tryBaskets(baskets, products.length, { first, random: createRandom(seed) }),
    0.8,
    1,
  );
  return { cells, products, groups, pairs, together };
}

type Companion = NonNullable<WhitespaceCell['goesWith']>;

/** By product, what it is usual to have beside: the largest share first. */
function companionsIn(
  pairs: readonly ItemPair[],
  products: readonly string[],
): ReadonlyMap<string, readonly Companion[]> {
  const companions = new Map<string, Companion[]>();
  const add = (one: number, beside: number, having: number, both: number): void => {
    if (both / having < GAP) return;
    const companion = { product: products[beside] as string, having, both };
    push(companions, products[one] as string, companion);
  };
  for (const { item, other, having, havingOther, both } of pairs) {
    add(other, item, having, both);
    add(item, other, havingOther, both);
  }
  for (const own of companions.values())
    own.sort((one, other) => other.both / other.having - one.both / one.having);
  return companions;
}

interface Sales {
  /** In 365 days, in minor units. */
  readonly spent: number;
  /** Of how many sales: a day's purchases are one, shared by its products by what was paid. */
  readonly sales: number;
}

function salesOf({ purchases }: AccountEntry, today: number): ReadonlyMap<string, Sales> {
  const days = new Map<number, Purchase[]>();
  for (const one of purchases) if (one.day > today - YEAR) push(days, one.day, one);
  const found = new Map<string, { spent: number; sales: number }>();
  for (const own of days.values()) {
    const paid = own.reduce((sum, { amountMinor = 0 }) => sum + amountMinor, 0);
    for (const { product, amountMinor = 0 } of own) {
      if (product === undefined) continue;
      const sums = found.get(product) ?? { spent: 0, sales: 0 };
      sums.spent += amountMinor;
      sums.sales += paid > 0 ? amountMinor / paid : 1 / own.length;
      found.set(product, sums);
    }
  }
  return found;
}

function worthOf(
  bought: readonly Sales[],
  { costToServeMinor }: AccountEntry,
  product: Product | undefined,
  gate: Playbook['profitGate'],
): Pick<WhitespaceCell, 'spendMinor' | 'marginMinor' | 'pays'> {
  const told = bought.filter(({ spent }) => spent > 0);
  if (told.length === 0) return {};
  const [from, middle, to] = [0.25, 0.5, 0.75].map((share) =>
    Math.round(
      quantile(
        told.map(({ spent }) => spent),
        share,
      ),
    ),
  ) as [number, number, number];
  const spendMinor = { median: middle, from, to };
  const { priceMinor = 0, costMinor } = product ?? {};
  if (costMinor === undefined || priceMinor <= 0) return { spendMinor };
  const serving = median(told.map(({ sales }) => sales)) * (costToServeMinor ?? 0);
  const marginMinor = Math.round((middle * (priceMinor - costMinor)) / priceMinor - serving);
  return {
    spendMinor,
    marginMinor,
    pays: marginMinor / middle >= (gate?.minMarginRate ?? 0) && marginMinor > 0,
  };
}
