import { type Agent, type Card, createAgent, type Playbook, type Store } from 'opportune';
import { deleteIndexedDbStore, openIndexedDbStore } from 'opportune/stores/indexed-db';
import { createMemoryStore } from 'opportune/stores/memory';
import { shareAgent, type Tabs } from 'opportune/tabs';
import { createPanelSource } from 'opportune/view';
import type { Fact } from '../../src/domain/fact.js';
import { COMPANY, kindOf, type RecordId } from '../../src/domain/value.js';
import type { PanelSource } from '../../src/domain/view.js';
import type { Dismissal } from '../../src/studio/dismissals.js';
import { openTabs } from './open-tabs.js';
import { readDismissals, takeUp } from './read-dismissals.js';
import { STORE_NAME } from './store-name.js';
import { createVisits, type Visit, type Visits } from './visits.js';

/** The playbook has been in force for so long when the story begins; what happened before is history. */
const IN_FORCE_MS = 28 * 86_400_000;
/** Accounts of a rep that are read for a try: more take longer than anybody waits. */
const MOST_TRIED = 80;

export interface Guidance {
  readonly agent: Agent;
  readonly source: PanelSource;
  /** The agent reads an account when it is first opened, with its two years; later calls do nothing. */
  bring(account: RecordId): Promise<void>;
  record(facts: readonly Fact[]): Promise<void>;
  /** Why cards were not relevant, since the story begins. */
  dismissals(): Promise<readonly Dismissal[]>;
  /** One of them becomes a tip of whoever said it, and is settled; false where it is none. */
  settleDismissal(id: string, change: Parameters<Agent['settleTip']>[1]): Promise<boolean>;
  /** Called after each answer to a card. */
  onAnswer(listener: () => void): void;
  /** Time has gone on: wakes what is due. */
  tick(): Promise<void>;
  /** A card that was shown since the page was opened, by its opening. */
  cardOf(opening: string): Card | undefined;
  setOnline(online: boolean): void;
  readonly visits: Visits;
  /** Leaves the store to the other tabs. */
  close(): Promise<void>;
  /** Forgets everything that this browser keeps of the demo, once what is under way is done. */
  forget(): Promise<void>;
}

/** What reaches a tab from the others of this browser. */
export interface OtherTabs {
  /** Before this tab does or shows what another one caused, it learns what was done there. */
  follow(visit: Visit): void;
  /** Another tab has deleted what this browser keeps. */
  forgotten(): void;
}

export interface GuidanceOptions {
  /** In order of time. */
  readonly facts: readonly Fact[];
  readonly playbook: Playbook;
  readonly startsAt: number;
  readonly clock: { now(): number };
  /** Present: kept in this browser, where it allows that, and shared with its other tabs; absent: in memory. */
  readonly shared?: OtherTabs;
}

export async function startGuidance(options: GuidanceOptions): Promise<Guidance> {
  const { facts, playbook, clock, shared } = options;
  const world = `${facts.length} ${facts.at(-1)?.id} ${playbook.version}`;
  const kept = shared && (await openKept(world, shared));
  const store = kept ?? createMemoryStore();
  const visits = createVisits(store);
  const own = await createAgent({ store, clock });
  const agent = kept ? shareWithTabs(own, visits, shared) : own;
  const since = options.startsAt - IN_FORCE_MS;
  const bySubject = groupBySubject(facts);
  const cards = new Map<string, Card>();
  const answered = new Set<() => void>();
  const watched: typeof agent = {
    ...agent,
    respond: async (request) => {
      // A try deals out accounts that the agent knows, and here it knows those that were opened.
      if (request.response.kind === 'try')
        for (const account of ownedBy(request.asker, facts).slice(0, MOST_TRIED))
          await bring(account);
      const result = await agent.respond(request);
      for (const tell of answered) tell();
      return result;
    },
    decide: async (...asked) => {
      const decision = await agent.decide(...asked);
      for (const card of decision.shown) cards.set(card.opening, card);
      return decision;
    },
  };
  const brought = new Map<RecordId, Promise<void>>();
  const connection = createConnection();
  if (!(await agent.playbook())) await agent.publish(playbook);

  const running = new Set<Promise<unknown>>();
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    const done = (): boolean => running.delete(work);
    running.add(work);
    work.then(done, done);
    return work;
  };

  /**
   * Facts with the publication in their midst: what came before it only makes attributes. What the studio published since
   * then reached the accounts that were here; those that come later learn of it now.
   */
  async function take(given: readonly Fact[]): Promise<void> {
    const subjects = [...new Set(given.flatMap((fact) => fact.subjects))];
    const publish = (version: string, at: number): Fact => ({
      id: `published/${version}/${at}`,
      type: 'published',
      subjects,
      about: [],
      occurredAt: at,
      learnedAt: at,
      grade: 'observed',
      data: { version },
    });
    const { version } = (await agent.playbook()) ?? playbook;
    const later = version === playbook.version ? [] : [publish(version, clock.now())];
    await agent.record([...given, publish(playbook.version, since), ...later], { history: true });
  }
  async function once(key: string, given: () => Promise<readonly Fact[]>): Promise<void> {
    if (await store.get(`demo/brought/${key}`)) return;
    await take(await given());
    await store.put(`demo/brought/${key}`, true);
  }
  function bring(account: RecordId): Promise<void> {
    let bringing = brought.get(account);
    if (!bringing) {
      bringing = once(account, async () => [
        ...(bySubject.get(account) ?? []),
        ...newsOf(account, (await visits.read())?.facts ?? []),
      ]);
      brought.set(account, bringing);
    }
    return bringing;
  }
  await once(COMPANY, async () => bySubject.get(COMPANY) ?? []);

  return {
    agent,
    source: createPanelSource(watched, {
      clock,
      store,
      connection,
      newId: () => crypto.randomUUID(),
    }),
    bring,
    record: async (happened) => {
      await track(agent.record(happened));
    },
    dismissals: async () =>
      (await readDismissals(store, agent, options.startsAt)).map(
        ({ record: _, by: __, ...told }) => told,
      ),
    async settleDismissal(id, change) {
      const all = await readDismissals(store, agent, options.startsAt);
      const one = all.find((dismissal) => dismissal.id === id);
      if (one) await takeUp(agent, one, change);
      return one !== undefined;
    },
    onAnswer: (listener) => void answered.add(listener),
    tick: () => track(agent.tick()),
    cardOf: (opening) => cards.get(opening),
    setOnline: connection.setOnline,
    visits,
    close: () => agent.close(),
    forget: async () => {
      await Promise.allSettled(running);
      await agent.close();
      if (kept) await deleteIndexedDbStore(STORE_NAME);
    },
  };
}

/** The accounts of a rep, as far as is told of who looks after them. */
function ownedBy(rep: RecordId, facts: readonly Fact[]): readonly RecordId[] {
  const owners = new Map<RecordId, unknown>();
  for (const { type, about, data } of facts) {
    const [record = ''] = about;
    const { owner } = (data.values ?? {}) as { readonly owner?: unknown };
    if (type === 'record-changed' && kindOf(record) === 'account' && owner !== undefined)
      owners.set(record, owner);
  }
  return [...owners].flatMap(([account, owner]) => (owner === rep ? account : []));
}

/** The tab that leads writes for all; before it does, and before another tab shows it, each learns what was done. */
function shareWithTabs(agent: Agent, visits: Visits, { follow }: OtherTabs): Agent {
  const learn = async (): Promise<void> => {
    const visit = await visits.read();
    if (visit) follow(visit);
  };
  const tabs = openTabs();
  const informed: Tabs = {
    ...tabs,
    lead: (start) =>
      tabs.lead(async () => {
        const leading = await start();
        return {
          ...leading,
          answer: async (id, request) => {
            await learn();
            return leading.answer(id, request);
          },
        };
      }),
    // Where nothing can be learned any more, the listener's own reading tells what is wrong.
    listen: (listener) =>
      tabs.listen(
        (keys) =>
          void learn().then(
            () => listener(keys),
            () => listener(keys),
          ),
      ),
  };
  return shareAgent(agent, {
    tabs: informed,
    newId: () => crypto.randomUUID(),
    // The clock stands still between two acts.
    every: () => () => undefined,
  });
}

/** News of the company that came before an account was read reaches it as it would have then. */
const newsOf = (account: RecordId, facts: readonly Fact[]): readonly Fact[] =>
  facts
    .filter((fact) => fact.type === 'product-added')
    .map((fact) => ({ ...fact, subjects: [account] }));

/** Another world or playbook than the one kept here makes a fresh start. Undefined where nothing may be kept. */
async function openKept(world: string, { forgotten }: OtherTabs): Promise<Store | undefined> {
  const open = (): Promise<Store> =>
    openIndexedDbStore(STORE_NAME, {
      onTrouble: ({ code }) => {
        if (code === 'opportune/store-closed') forgotten();
      },
    });
  try {
    let store = await open();
    const kept = await store.get('demo/world');
    if (kept === world) return store;
    // An empty one may just have been made, by a tab that starts at the same time.
    if (kept !== undefined) {
      await store.close();
      await deleteIndexedDbStore(STORE_NAME);
      store = await open();
    }
    await store.put('demo/world', world);
    return store;
  } catch {
    return undefined;
  }
}

/** Accounts with all that is about them; reps and the company under {@link COMPANY}. */
function groupBySubject(facts: readonly Fact[]): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const accounts = fact.subjects.filter((key) => kindOf(key) === 'account');
    for (const key of accounts.length > 0 ? accounts : [COMPANY]) {
      const group = groups.get(key);
      if (group) group.push(fact);
      else groups.set(key, [fact]);
    }
  }
  return groups;
}

function createConnection() {
  const listeners = new Set<() => void>();
  let online = true;
  return {
    get online(): boolean {
      return online;
    },
    listen: (changed: () => void): (() => void) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    setOnline: (now: boolean): void => {
      online = now;
      for (const listener of listeners) listener();
    },
  };
}
