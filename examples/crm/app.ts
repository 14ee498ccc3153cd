import type { Fact } from '../../src/domain/fact.js';
import type { RecordId } from '../../src/domain/value.js';
import type { Guidance } from './agent-setup.js';
import type { Crm } from './crm.js';

export type Look = 'neutral' | 'lightning' | 'hubspot';
export type Shade = 'system' | 'light' | 'dark';

export type Route =
  | { readonly page: 'accounts' }
  | { readonly page: 'account'; readonly account: RecordId };

/** How the account list is cut and sorted; kept while a visitor looks at a record and comes back. */
export interface ListState {
  readonly words: string;
  /** A rep, `me` for whoever looks, or empty for everybody. */
  readonly owner: RecordId;
  readonly sort: string;
  readonly down: boolean;
}

/** What the visitor looks at. The records themselves are in the {@link Crm}. */
export interface AppState {
  readonly route: Route;
  readonly asker: RecordId;
  /** Epoch milliseconds of the simulated clock, which stands still between two acts. */
  readonly now: number;
  readonly look: Look;
  readonly shade: Shade;
  readonly online: boolean;
  readonly list: ListState;
  readonly tab: 'activity' | 'products';
  /** The timeline shows what concerns this person or deal; empty: everything. */
  readonly only: RecordId | '';
  /** How many activities the timeline shows. */
  readonly shown: number;
  /** What happened last by a simulated act, for the eye and for screen readers. */
  readonly told: string;
}

/** What the page may do; every view gets it and nothing else. */
export interface App {
  readonly crm: Crm;
  readonly state: AppState;
  readonly guidance: Guidance;
  /** Draws again with these parts of the state changed. */
  update(change: Partial<AppState>): void;
  /** Something happened: the CRM shows it, and the agent learns of it. */
  happen(facts: readonly Fact[], told: string): Promise<void>;
  /** Lets so many days pass. */
  wait(days: number): Promise<void>;
  startOver(): Promise<void>;
}

/** All that a piece of a record's page needs of the whole. */
export type Scene = Pick<App, 'crm' | 'state' | 'update' | 'happen'>;

export function toRoute(hash: string): Route {
  const account = /^#\/accounts\/(.+)$/.exec(hash)?.[1];
  return account
    ? { page: 'account', account: `demo:account:${decodeURIComponent(account)}` }
    : { page: 'accounts' };
}

export const toHash = (account: RecordId): string =>
  `#/accounts/${encodeURIComponent(account.slice('demo:account:'.length))}`;
