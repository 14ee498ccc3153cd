import type { AccountBook, AccountEntry } from './account-book.js';
import { type BasketTrial, tryBaskets } from './analyze/basket-trial.js';
import { groupPeers, type PeerGroups } from './analyze/peers.js';
import { createRandom } from './core/random.js';
import type { Sliced } from './core/run-sliced.js';
import { quantile } from './core/statistics.js';
import { isCustomer, peerAttribute, spentIn, YEAR } from './customers.js';
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
   * Of that median, what is left after the product and serving this account as often as they order, at the median;
   * absent: costs are not known.
   */
  readonly marginMinor?: number;
  /** The margin passes the playbook's profit gate, or there is none. */
  readonly pays?: boolean;
  /** What bars every offer of it. */
  readonly barredBy?: readonly Test[];
}

export interface Whitespace {
  readonly cells: readonly WhitespaceCell[];
  readonly products: readonly string[];
  readonly groups: PeerGroups;
  /** Whether what goes together would tell a hidden product better than popularity; judged by the first few products. */
  readonly together: BasketTrial;
}

/** Fewer make no peers. */
export const FEWEST_PEERS = 10;
/** A gap is what so many of the peers buy. */
const GAP = 0.4;

/** What each account could still buy: products that most of its peers buy and it does not. */
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
  const known = new Map(catalogue.map((one) => [one.id, one]));
  const members = groups.sizes.map((): number[] => []);
  for (const [buyer, group] of groups.ofAccount.entries())
    if (group !== undefined) members[group]?.push(buyer);
  const cells: WhitespaceCell[] = [];
  for (const product of products) {
    const spent = buyers.map((buyer) => spentIn(buyer, product, today));
    const orders = buyers.map(
      ({ purchases }) =>
        purchases.filter((one) => one.day > today - YEAR && one.product === product).length,
    );
    const inGroups = members.map((own) => own.filter((buyer) => owned[buyer]?.has(product)));
    for (const [number, buyer] of buyers.entries()) {
      const { account, name, pipeline, notEligible } = buyer;
      const place = { account, product, ...(name !== undefined && { name }) };
      const group = groups.ofAccount[number];
      const barredBy = notEligible.get(product);
      if (owned[number]?.has(product)) cells.push({ ...place, state: 'owned' });
      else if (pipeline.has(product)) cells.push({ ...place, state: 'pipeline' });
      else if (barredBy) cells.push({ ...place, state: 'not-eligible', barredBy });
      else {
        const size = group === undefined ? 0 : (groups.sizes[group] as number) - 1;
        if (group === undefined || size < FEWEST_PEERS) {
          cells.push({ ...place, state: 'too-few-peers' });
          continue;
        }
        const having = inGroups[group] ?? [];
        const peers = { group, size, buy: having.length };
        const isGap = having.length / size >= GAP;
        cells.push({
          ...place,
          state: isGap ? 'gap' : 'no-gap',
          peers,
          ...(isGap &&
            worthOf(
              having.map((one) => ({ spent: spent[one] as number, orders: orders[one] as number })),
              buyer,
              known.get(product),
              profitGate,
            )),
        });
      }
    }
    yield cells.length / (products.length * buyers.length + 1);
  }
  const numbers = new Map(products.map((product, number) => [product, number]));
  const baskets = owned.map((own) => [...own].map((product) => numbers.get(product) as number));
  const first = Math.max(1, Math.min(10, Math.floor(products.length / 3)));
  const together = yield* tryBaskets(baskets, products.length, {
    first,
    random: createRandom(seed),
  });
  return { cells, products, groups, together };
}

function worthOf(
  bought: readonly { readonly spent: number; readonly orders: number }[],
  { costToServeMinor }: AccountEntry,
  product: Product | undefined,
  gate: Playbook['profitGate'],
): Pick<WhitespaceCell, 'spendMinor' | 'marginMinor' | 'pays'> {
  const told = bought.filter(({ spent }) => spent > 0);
  if (told.length === 0) return {};
  const [from, median, to] = [0.25, 0.5, 0.75].map((share) =>
    Math.round(
      quantile(
        told.map(({ spent }) => spent),
        share,
      ),
    ),
  ) as [number, number, number];
  const spendMinor = { median, from, to };
  const { priceMinor = 0, costMinor } = product ?? {};
  if (costMinor === undefined || priceMinor <= 0) return { spendMinor };
  const orders = quantile(
    told.map((one) => one.orders),
    0.5,
  );
  const serving = orders * (costToServeMinor ?? 0);
  const marginMinor = Math.round((median * (priceMinor - costMinor)) / priceMinor - serving);
  return {
    spendMinor,
    marginMinor,
    pays: marginMinor / median >= (gate?.minMarginRate ?? 0) && marginMinor > 0,
  };
}
