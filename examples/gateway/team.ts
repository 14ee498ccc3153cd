import type { RecordId } from '../../src/domain/value.js';

/** The company, as the gateway knows it. */
export const TENANT = 'demo';

/** Two who sell in one team. */
export const SEATS: readonly RecordId[] = ['demo:rep:maya', 'demo:rep:daniel'];

const ACCOUNT_KEYS: readonly string[] = [
  'kestrel-foods',
  'copper-canyon',
  'summit-therapeutics',
  'cascade-springs',
  'ridgeline-coatings',
  'al-waha-foods',
  'orchard-vine-cider',
  'quiet-harbor-chemical',
  'fernwood-creamery',
  'harbor-mills-snacks',
  '116',
  '123',
];

/** Accounts of the demo's world that one of their team owns: both see them, and what is to be done there. */
export const ACCOUNTS: readonly RecordId[] = ACCOUNT_KEYS.map((key) => `demo:account:${key}`);

/** What the page is told of the gateway that was started for it. */
export interface GatewayPlace {
  readonly url: string;
  /** The gateway's time less the machine's, in milliseconds. */
  readonly ahead: number;
}
