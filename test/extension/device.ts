import assert from 'node:assert/strict';
import { type Agent, createAgent, type Playbook, type RecordId, type Store } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { type Bench, startBench } from '../../connectors/salesforce/salesforce-bench.js';
import {
  createSalesforceConnector,
  parseFieldMap,
} from '../../connectors/salesforce/salesforce-connector.js';
import {
  type Alone,
  createHeldAccounts,
  type HeldAccounts,
} from '../../extension/held-accounts.js';
import type { AccountReading, Connector } from '../../src/domain/connector.js';
import { compileForExtension, SALESFORCE_MAP } from './playbook-files.js';

/** For tests: a rep who owns the first five accounts of an emulated Salesforce, and a device that keeps them. */
export interface Device {
  readonly bench: Bench;
  readonly store: Store;
  readonly agent: Agent;
  readonly connector: Connector & { readonly accounts: AccountReading };
  readonly accounts: HeldAccounts;
  readonly rep: RecordId;
  /** Of the rep at first. */
  readonly own: readonly RecordId[];
  /** All others. */
  readonly others: readonly RecordId[];
  readonly playbook: Playbook;
  load(): Promise<void>;
}

export const alone: Alone = (_, run) => run();

/** Ids that are accounts' at Salesforce. */
export const idOf = (account: RecordId): string => account.slice(account.lastIndexOf(':') + 1);

export async function startDevice(wrote: (key: string) => boolean = () => true): Promise<Device> {
  const bench = await startBench({ accounts: 40, inBrowser: true });
  const { org, user } = bench.emulator;
  const { now } = bench.timing;
  const ids = [...org.rows('Account').keys()];
  for (const id of ids.slice(0, 30)) org.update('Account', id, { OwnerId: user });
  const { map } = parseFieldMap(SALESFORCE_MAP, 'map');
  assert.ok(map);
  const { session, requests, timing } = bench;
  const salesforce = createSalesforceConnector({
    ...{ map, session, requests, timing, wrote },
    keyField: 'OpportuneKey__c',
  });
  assert.ok(salesforce.accounts);
  const connector = { ...salesforce, accounts: salesforce.accounts };
  const store = createMemoryStore();
  const rep = `crm:rep:${user}`;
  const agent = await createAgent({ store, clock: { now } });
  const accounts = createHeldAccounts({ agent, store, connector, rep, now, alone });
  const all = ids.map((id) => `crm:account:${id}`);
  return {
    ...{ bench, store, agent, connector, accounts, rep },
    own: all.slice(0, 30),
    others: all.slice(30),
    playbook: JSON.parse(compileForExtension()) as Playbook,
    load: () =>
      accounts.load({ signal: new AbortController().signal, onProgress: () => undefined }),
  };
}
