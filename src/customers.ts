import type { AccountBook, AccountEntry } from './account-book.js';
import type { PeerAttribute } from './analyze/peers.js';

/** Days in which a customer has bought, else it is none. */
export const YEAR = 365;

/** It bought in the last 365 days. Who was lost earlier is no gap, and no peer. */
export const isCustomer = ({ purchases }: AccountEntry, today: number): boolean =>
  purchases.some(({ day }) => day > today - YEAR);

export function peerAttribute(
  id: string,
  attributes: AccountBook['attributes'],
  accounts: readonly AccountEntry[],
): PeerAttribute {
  const place = attributes.findIndex((one) => one.id === id);
  return {
    id,
    isNumber: attributes[place]?.type === 'number',
    values: accounts.map(({ values }) => values[place]),
  };
}

/** In the last 365 days, of one product or of all. */
export function spentIn(
  { purchases }: AccountEntry,
  product: string | undefined,
  today: number,
): number {
  return purchases.reduce(
    (sum, one) =>
      one.day > today - YEAR && (product === undefined || one.product === product)
        ? sum + (one.amountMinor ?? 0)
        : sum,
    0,
  );
}
