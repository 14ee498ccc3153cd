import {
  type Agent,
  type Card,
  createAgent,
  OpportuneError,
  type Playbook,
  type RecordId,
  type Store,
} from 'opportune';
import { openIndexedDbStore } from 'opportune/stores/indexed-db';
import { createTabs, shareAgent } from 'opportune/tabs';
import { createPanelSource, createWords, ENGLISH } from 'opportune/view';
import { type FieldMap, parseFieldMap } from '../connectors/salesforce/salesforce-connector.js';
import type { AccountReading, Connector } from '../src/domain/connector.js';
import type { Written } from '../src/domain/decision.js';
import type { PanelSource } from '../src/domain/view.js';
import { type Alone, createHeldAccounts, type HeldAccounts } from './held-accounts.js';
import { openCrm } from './open-crm.js';
import { readPlaybook, readText } from './playbook-address.js';
import { AGENT_STORE, type Settings, type SettingsStore, type SignedIn } from './settings.js';
import { createTroubles, type Trouble } from './trouble.js';
import { CRM_NAMES } from './words.js';
import { createWriteBack, type Told, type WriteBack } from './write-back.js';

/** What is missing before there can be guidance. */
export type Missing = 'sign-in' | 'map' | 'playbook';

/** The agent in this browser, with its way into the CRM. */
export interface Engine {
  readonly settings: Settings;
  readonly signedIn: SignedIn;
  readonly asker: RecordId;
  /** First part of every id. */
  readonly connection: string;
  readonly source: PanelSource;
  readonly accounts: HeldAccounts;
  readonly hasPlaybook: () => Promise<boolean>;
  /** Whether the CRM took the rep's access away: then nothing is shown. */
  readonly isSignedOut: () => Promise<boolean>;
  /** The rep's accounts for the first time, and then the playbook over them. */
  firstLoad(options: Parameters<HeldAccounts['load']>[0]): Promise<void>;
  /** Answers to the CRM, changes from it, a newer playbook and map, and what time brought. Never rejects: see `troubles`. */
  refresh(): Promise<void>;
  /** Only the answers that wait, if there are any. Never rejects. */
  writeBack(): Promise<void>;
  bring(record: RecordId): Promise<boolean>;
  troubles(): Promise<readonly Trouble[]>;
  told(): Promise<readonly Told[]>;
  /** Called when troubles, answers on their way or accounts changed. */
  listen(listener: () => void): void;
  close(): Promise<void>;
}

const PLAYBOOK_EVERY_MS = 15 * 60_000;
const PATIENCE_MS = 20_000;
const TICK_MS = 60_000;
const PLAYBOOK_AT = 'playbook-read-at';
const MAP = 'map';

const alone: Alone = (name, run) => navigator.locks.request(name, run);

/** Undefined with what is missing for it. Rejects when the browser keeps nothing. */
export async function startEngine(
  vault: SettingsStore,
  now: () => number = Date.now,
): Promise<Engine | readonly Missing[]> {
  const [settings, signedIn] = [await vault.read(), await vault.signedIn()];
  const missing: readonly Missing[] = [
    ...(signedIn ? [] : (['sign-in'] as const)),
    ...(settings.map === '' && settings.mapUrl === '' ? (['map'] as const) : []),
    ...(settings.playbookUrl === '' ? (['playbook'] as const) : []),
  ];
  if (missing.length > 0 || !signedIn) return missing;
  const store = await openIndexedDbStore(AGENT_STORE);
  try {
    return await open({ vault, settings, signedIn, store, now });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function open({
  vault,
  settings,
  signedIn,
  store,
  now,
}: {
  readonly vault: SettingsStore;
  readonly settings: Settings;
  readonly signedIn: SignedIn;
  readonly store: Store;
  readonly now: () => number;
}): Promise<Engine> {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const troubles = createTroubles(store, now, changed);
  const text = await readMap(settings, store);
  const map = parseMap(text, settings.mapUrl || 'map');
  const clock = { now, every };
  const own = await createAgent({
    store,
    clock,
    access: {
      maySee: (_, record) => maySee(record),
      hiddenFrom: async () => new Set(),
    },
    pause: () => new Promise((resolve) => setTimeout(resolve)),
  });
  const agent = share(own);
  let writeBack: WriteBack | undefined;
  const connector = withAccounts(
    openCrm({
      ...{ settings, signedIn, store: vault, map },
      wrote: (key) => writeBack?.wrote(key) ?? false,
    }),
  );
  const asker = `${map.connection}:rep:${signedIn.user}`;
  const accounts = createHeldAccounts({ agent, store, connector, rep: asker, now, alone });
  const isSignedOut = async (): Promise<boolean> =>
    (await troubles.list()).some(({ code }) => code === 'opportune/sign-in');
  // Whoever comes after a rep whose access ended sees nothing.
  const maySee = async (record: RecordId): Promise<boolean> =>
    (await accounts.maySee(record)) && !(await isSignedOut());
  const before = await store.get(MAP);
  if (before !== undefined && before !== text) await accounts.reload();
  if (before !== text) await store.put(MAP, text);

  const cards = new Map<string, Card>();
  let zone: Playbook | undefined;
  writeBack = await createWriteBack({
    ...{ agent, store, now, changed, alone },
    connector: () => connector,
    titleOf({ opening, play }) {
      const card = cards.get(opening);
      return card ? createWords(ENGLISH, zone ?? {}, now()).phrase(card.title) : play;
    },
  });
  const { respond, flush, list } = writeBack;
  const toWritten = ({ id, status, because }: Told): readonly [string, Written] => [
    id,
    {
      status: status === 'waits' ? 'waiting' : status,
      ...(because !== undefined && { because }),
      crm: CRM_NAMES[settings.crm],
    },
  ];
  const source = createPanelSource(
    {
      ...agent,
      respond,
      async decide(record, who, how) {
        const decision = await agent.decide(record, who, how);
        for (const card of decision.shown) cards.set(card.opening, card);
        zone ??= await agent.playbook();
        const told = how?.answers?.length ? await list() : [];
        const written = told.filter(({ id }) => how?.answers?.includes(id));
        return { ...decision, written: Object.fromEntries(written.map(toWritten)) };
      },
      watch(record, listener) {
        const stop = agent.watch(record, listener);
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          stop();
        };
      },
    },
    {
      clock,
      store,
      alone: (run) => alone('opportune-answers', run),
      newId: () => crypto.randomUUID(),
    },
  );

  const publish = (): Promise<void> =>
    alone('opportune-playbook', async () => {
      const playbook = await readPlaybook(settings.playbookUrl);
      await store.put(PLAYBOOK_AT, now());
      if ((await agent.playbook())?.version !== playbook.version) await agent.publish(playbook);
    });
  const quietly = async (what: Trouble['what'], run: () => Promise<unknown>): Promise<void> => {
    await troubles.watch(what, run).catch(() => undefined);
  };

  async function refresh(): Promise<void> {
    const readAt = Number((await store.get(PLAYBOOK_AT)) ?? 0);
    const isDue = Math.abs(now() - readAt) >= PLAYBOOK_EVERY_MS;
    if (isDue) await quietly('playbook', publish);
    await quietly('crm', async () => {
      await flush();
      await accounts.sync();
    });
    await agent.tick().catch(() => undefined);
    changed();
  }
  let refreshing: Promise<void> | undefined;

  return {
    ...{ settings, signedIn, asker, connection: map.connection, source, accounts },
    hasPlaybook: async () => (await agent.playbook()) !== undefined,
    isSignedOut,
    async firstLoad(how) {
      await troubles.watch('crm', () => accounts.load(how));
      await troubles.watch('playbook', publish);
      changed();
    },
    refresh() {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    async writeBack() {
      // While the CRM does not answer, the next refresh tries.
      if ((await troubles.list()).some(({ what }) => what === 'crm')) return;
      if ((await list()).some(({ status }) => status === 'waits')) await quietly('crm', flush);
    },
    bring: (record) => troubles.watch('crm', () => accounts.bring(record)),
    troubles: troubles.list,
    told: list,
    listen: (listener) => {
      listeners.add(listener);
    },
    close: () => agent.close(),
  };
}

/** The mapping file that was written here, or is at the address; out of reach, the one that was there last. */
async function readMap({ mapUrl, map }: Settings, store: Store): Promise<string> {
  if (mapUrl === '') return map;
  try {
    return await readText(mapUrl);
  } catch (error) {
    const held = await store.get(MAP);
    if (typeof held === 'string') return held;
    throw error;
  }
}

function parseMap(text: string, file: string): FieldMap {
  const { map, problems } = parseFieldMap(text, file);
  if (map) return map;
  const [first] = problems.filter(({ severity }) => severity === 'error');
  throw new OpportuneError('opportune/map', first?.message ?? 'it cannot be read', {
    where: `${file}, line ${first?.line ?? 1}`,
    ...(first?.remedy && { remedy: first.remedy }),
  });
}

/** One page of the extension writes for all, whichever has been open longest. */
function share(agent: Agent): Agent {
  return shareAgent(agent, {
    tabs: createTabs({
      name: AGENT_STORE,
      locks: navigator.locks,
      createChannel: (name) => new BroadcastChannel(name),
      schedule: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      patienceMs: PATIENCE_MS,
    }),
    newId: () => crypto.randomUUID(),
    every: (run) => every(TICK_MS, run),
  });
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** Both CRMs can read some accounts in place of all. */
function withAccounts(connector: Connector): Connector & { readonly accounts: AccountReading } {
  const { accounts } = connector;
  if (!accounts) throw new Error('this connector reads no single accounts');
  return { ...connector, accounts };
}
