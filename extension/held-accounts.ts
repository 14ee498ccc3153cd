import { type Agent, type Fact, isOpportuneError, type RecordId, type Store } from 'opportune';
import type { AccountReading, Connector } from '../src/domain/connector.js';
import { kindOf } from '../src/domain/value.js';

/** Runs something while no other page of the extension runs what goes by that name. */
export type Alone = <Result>(name: string, run: () => Promise<Result>) => Promise<Result>;

/** An account on this device. */
interface Held {
  /** When the CRM last showed it to this rep; epoch milliseconds. */
  readonly seenAt: number;
}

export interface HeldAccounts {
  /**
   * Brings the rep's own accounts that are not here yet; stopped, it goes on where it was the next time. Every
   * account comes with its past, which opens nothing as it goes by.
   */
  load(options: {
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, total: number) => void;
  }): Promise<void>;
  /** Whether the first load came to its end. */
  isLoaded(): Promise<boolean>;
  /** What changed in the CRM. */
  sync(signal?: AbortSignal): Promise<void>;
  /** When it was last known to be what the CRM has. */
  syncedAt(): Promise<number | undefined>;
  /**
   * Makes sure that an opened record is here and that the CRM shows it to this rep still. Resolves with false when it does
   * not: then nothing of it is shown any more.
   */
  bring(record: RecordId): Promise<boolean>;
  /** Whether it was shown to this rep within a day. */
  maySee(record: RecordId): Promise<boolean>;
  /** The map says something else now: accounts are read again. */
  reload(): Promise<void>;
}

/** So long a record is shown without the CRM's word that this rep may see it still. */
const SHOWN_MS = 86_400_000;
const ACCOUNTS_AT_ONCE = 25;
const FACTS_AT_ONCE = 500;
const POSITION = 'crm/position';
const LOADED = 'crm/loaded';
const SYNCED = 'crm/synced';
const HELD = 'crm/held/';

/** The accounts of one rep in this browser. */
export function createHeldAccounts(options: {
  readonly agent: Agent;
  readonly store: Store;
  readonly connector: Connector & { readonly accounts: AccountReading };
  readonly rep: RecordId;
  readonly now: () => number;
  readonly alone: Alone;
}): HeldAccounts {
  const { agent, store, connector, rep, now, alone } = options;
  const { accounts } = connector;

  const heldNames = async (): Promise<ReadonlySet<string>> =>
    new Set((await store.names(HELD)).map((name) => name.slice(HELD.length)));
  const hold = (account: RecordId): Promise<void> =>
    store.put(HELD + account, { seenAt: now() } satisfies Held);
  const accountOf = async (record: RecordId): Promise<RecordId | undefined> =>
    kindOf(record) === 'account'
      ? record
      : ((await store.get(`parent/${record}`)) as RecordId | undefined);

  /** Accounts with their past; where a playbook is in force, they are judged by it once, as they are now. */
  async function pull(wanted: readonly RecordId[], signal: AbortSignal | undefined): Promise<void> {
    const facts: Fact[] = [];
    for await (const pulled of accounts.pull(wanted, signal ? { signal } : {}))
      if (pulled.type === 'fact') facts.push(pulled.fact);
    const version = (await agent.playbook())?.version;
    const at = now();
    const judged = wanted.map(
      (account): Fact => ({
        ...{ id: `published/${version}/${at}`, type: 'published', subjects: [account] },
        ...{
          about: [],
          occurredAt: at,
          learnedAt: at,
          grade: 'observed',
          data: { version: `${version}` },
        },
      }),
    );
    await agent.record(version === undefined ? facts : [...facts, ...judged], { history: true });
    for (const account of wanted) await hold(account);
  }

  async function position(signal: AbortSignal | undefined): Promise<string> {
    const kept = await store.get(POSITION);
    if (typeof kept === 'string') return kept;
    const begun = await accounts.begin(signal ? { signal } : {});
    await store.put(POSITION, begun);
    return begun;
  }

  /** A position that is too old, or of another map: everything here is read again from now on. */
  async function beginAnew(signal: AbortSignal | undefined): Promise<void> {
    await store.drop(POSITION);
    await position(signal);
    const held = [...(await heldNames())];
    for (let from = 0; from < held.length; from += ACCOUNTS_AT_ONCE)
      await pull(held.slice(from, from + ACCOUNTS_AT_ONCE), signal);
  }

  async function takeChanges(signal: AbortSignal | undefined): Promise<void> {
    if (!connector.changesSince) return;
    const held = await heldNames();
    const gained = new Set<RecordId>();
    let facts: Fact[] = [];
    const flush = async (): Promise<void> => {
      if (facts.length > 0) await agent.record(facts);
      facts = [];
    };
    const from = await position(signal);
    for await (const pulled of connector.changesSince(from, signal ? { signal } : {})) {
      if (pulled.type === 'position') {
        await flush();
        await store.put(POSITION, pulled.position);
      } else if (pulled.type === 'fact') {
        const owners = pulled.fact.subjects.filter((key) => kindOf(key) === 'account');
        if (owners.length === 0 || owners.some((key) => held.has(key))) facts.push(pulled.fact);
        else if (isOwned(pulled.fact, rep)) for (const key of owners) gained.add(key);
        if (facts.length >= FACTS_AT_ONCE) await flush();
      }
    }
    await flush();
    if (gained.size > 0) await pull([...gained], signal);
  }

  return {
    async load({ signal, onProgress }) {
      await position(signal);
      const own = await accounts.own(rep, { signal });
      const held = await heldNames();
      const missing = own.filter((account) => !held.has(account));
      let done = own.length - missing.length;
      onProgress(done, own.length);
      for (let from = 0; from < missing.length; from += ACCOUNTS_AT_ONCE) {
        signal.throwIfAborted();
        const some = missing.slice(from, from + ACCOUNTS_AT_ONCE);
        await pull(some, signal);
        done += some.length;
        onProgress(done, own.length);
      }
      await takeChanges(signal);
      await store.put(SYNCED, now());
      await store.put(LOADED, true);
    },
    isLoaded: async () => (await store.get(LOADED)) === true,
    sync: (signal) =>
      alone('opportune-sync', async () => {
        try {
          await takeChanges(signal);
        } catch (error) {
          if (!isOpportuneError(error, 'opportune/position')) throw error;
          await beginAnew(signal);
        }
        for (const account of await accounts.own(rep, signal ? { signal } : {}))
          if (await store.get(HELD + account)) await hold(account);
        await store.put(SYNCED, now());
      }),
    syncedAt: async () => (await store.get(SYNCED)) as number | undefined,
    async bring(record) {
      const account = await accounts.of(record);
      const known = await accountOf(record);
      if (known !== undefined && known !== account) await store.drop(HELD + known);
      if (account === undefined) return false;
      if (await store.get(HELD + account)) await hold(account);
      else await pull([account], undefined);
      return true;
    },
    async maySee(record) {
      const account = await accountOf(record);
      if (account === undefined) return false;
      const held = (await store.get(HELD + account)) as Held | undefined;
      return held !== undefined && now() - held.seenAt < SHOWN_MS;
    },
    async reload() {
      await store.drop(LOADED);
      await store.drop(POSITION);
      for (const name of await store.names(HELD)) await store.drop(name);
    },
  };
}

/** Whether a fact says that this rep owns the account now. */
function isOwned({ type, data }: Fact, rep: RecordId): boolean {
  const { owner } = Object(data.values) as { readonly owner?: unknown };
  return type === 'record-changed' && owner === rep;
}
