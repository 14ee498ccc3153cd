import { type Crm, type CrmRecord, minor, text } from './crm.js';

const DAY_MS = 86_400_000;

/** A word between two people; what is sent to many or clicked alone is none. */
const SPOKEN: ReadonlySet<string> = new Set([
  'call-made',
  'call-received',
  'email-sent',
  'email-received',
  'meeting-held',
  'visit-made',
  'callback-requested',
]);

export interface AccountFigures {
  readonly boughtMinor: number;
  readonly openDeals: readonly CrmRecord[];
  readonly openMinor: number;
  readonly openCases: number;
  /** Epoch milliseconds; absent when nobody ever spoke with them. */
  readonly lastContactAt?: number;
}

/** The sums that the header and the list show, as of `now`. */
export function sumAccount(crm: Crm, account: string, now: number): AccountFigures {
  const openDeals = crm
    .dealsOf(account)
    .filter((deal) => deal.values.open === true)
    .sort((a, b) => (text(a.values.closeDate) < text(b.values.closeDate) ? -1 : 1));
  const last = crm.activitiesOf(account).find(({ type }) => SPOKEN.has(type))?.occurredAt;
  return {
    boughtMinor: crm
      .purchasesOf(account)
      .filter((fact) => fact.occurredAt > now - 365 * DAY_MS)
      .reduce((sum, fact) => sum + minor(fact.data.amount), 0),
    openDeals,
    openMinor: openDeals.reduce((sum, deal) => sum + minor(deal.values.amount), 0),
    openCases: crm.casesOf(account).filter((one) => one.closedAt === undefined).length,
    ...(last !== undefined && { lastContactAt: last }),
  };
}

export interface BoughtProduct {
  readonly product: string;
  readonly quantity: number;
  readonly amountMinor: number;
  readonly lastAt: number;
  readonly orders: number;
}

/** What they bought in the two years, the most valuable first. */
export function sumProducts(crm: Crm, account: string): readonly BoughtProduct[] {
  const sums = new Map<string, BoughtProduct>();
  for (const { data, occurredAt } of crm.purchasesOf(account)) {
    const product = text(data.product);
    const before = sums.get(product);
    sums.set(product, {
      product,
      quantity: (before?.quantity ?? 0) + Number(data.quantity ?? 1),
      amountMinor: (before?.amountMinor ?? 0) + minor(data.amount),
      lastAt: Math.max(before?.lastAt ?? 0, occurredAt),
      orders: (before?.orders ?? 0) + 1,
    });
  }
  return [...sums.values()].sort((a, b) => b.amountMinor - a.amountMinor);
}
