import { type Agent, type Card, createAgent, type Playbook, type Store } from 'opportune';
import { deleteIndexedDbStore, openIndexedDbStore } from 'opportune/stores/indexed-db';
import { createMemoryStore } from 'opportune/stores/memory';
import { createPanelSource } from 'opportune/view';
import type { Fact } from '../../src/domain/fact.js';
import { COMPANY, kindOf, type RecordId } from '../../src/domain/value.js';
import type { PanelSource } from '../../src/domain/view.js';

const NAME = 'opportune-demo';
/** The playbook has been in force for so long when the story begins; what happened before is history. */
const IN_FORCE_MS = 28 * 86_400_000;

/** What a visitor did, kept over a reload. */
export interface Visit {
  readonly now: number;
  readonly asker: RecordId;
  readonly facts: readonly Fact[];
}

export interface Guidance {
  readonly agent: Agent;
  readonly source: PanelSource;
  /** The agent reads an account when it is first opened, with its two years; later calls do nothing. */
  bring(account: RecordId): Promise<void>;
  record(facts: readonly Fact[]): Promise<void>;
  /** Time has gone on: wakes what is due. */
  tick(): Promise<void>;
  /** A card that was shown since the page was opened, by its opening. */
  cardOf(opening: string): Card | undefined;
  setOnline(online: boolean): void;
  keep(visit: Visit): Promise<void>;
  visit(): Promise<Visit | undefined>;
  /** Forgets everything that this browser keeps of the demo, once what is under way is done. */
  forget(): Promise<void>;
}

export interface GuidanceOptions {
  /** In order of time. */
  readonly facts: readonly Fact[];
  readonly playbook: Playbook;
  readonly startsAt: number;
  readonly clock: { now(): number };
  /** Default: what this browser keeps, else memory. */
  readonly store?: Store;
}

export async function startGuidance(options: GuidanceOptions): Promise<Guidance> {
  const { facts, playbook, clock } = options;
  const kept =
    options.store ?? (await openKept(`${facts.length} ${facts.at(-1)?.id} ${playbook.version}`));
  const store = kept ?? createMemoryStore();
  const agent = await createAgent({ store, clock });
  const since = options.startsAt - IN_FORCE_MS;
  const bySubject = groupBySubject(facts);
  const cards = new Map<string, Card>();
  const watched: typeof agent = {
    ...agent,
    decide: async (...asked) => {
      const decision = await agent.decide(...asked);
      for (const card of decision.shown) cards.set(card.opening, card);
      return decision;
    },
  };
  const brought = new Map<RecordId, Promise<void>>();
  const connection = createConnection();
  if (!(await agent.playbook())) await agent.publish(playbook);

  let forgotten = false;
  const running = new Set<Promise<unknown>>();
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    const done = (): boolean => running.delete(work);
    running.add(work);
    work.then(done, done);
    return work;
  };

  /** Facts with the publication in their midst: what came before it only makes attributes. */
  async function take(given: readonly Fact[]): Promise<void> {
    const subjects = [...new Set(given.flatMap((fact) => fact.subjects))];
    const published: Fact = {
      id: `published/${playbook.version}/${since}`,
      type: 'published',
      subjects,
      about: [],
      occurredAt: since,
      learnedAt: since,
      grade: 'observed',
      data: { version: playbook.version },
    };
    await agent.record([...given, published], { history: true });
  }
  async function once(key: string, given: () => readonly Fact[]): Promise<void> {
    if (await store.get(`demo/brought/${key}`)) return;
    await take(given());
    await store.put(`demo/brought/${key}`, true);
  }
  await once(COMPANY, () => bySubject.get(COMPANY) ?? []);

  return {
    agent,
    source: createPanelSource(watched, {
      clock,
      store,
      connection,
      newId: () => crypto.randomUUID(),
    }),
    bring: (account) => {
      let bringing = brought.get(account);
      if (!bringing) {
        bringing = once(account, () => [
          ...(bySubject.get(account) ?? []),
          ...newsOf(account, bySubject.get('news') ?? []),
        ]);
        brought.set(account, bringing);
      }
      return bringing;
    },
    record: async (happened) => {
      const news = happened.filter((fact) => fact.type === 'product-added');
      bySubject.set('news', [...(bySubject.get('news') ?? []), ...news]);
      await track(agent.record(happened));
    },
    tick: () => track(agent.tick()),
    cardOf: (opening) => cards.get(opening),
    setOnline: connection.setOnline,
    keep: (visit) => (forgotten ? Promise.resolve() : track(store.put('demo/visit', visit))),
    visit: async () => {
      const visit = (await store.get('demo/visit')) as Visit | undefined;
      bySubject.set('news', visit?.facts.filter((fact) => fact.type === 'product-added') ?? []);
      return visit;
    },
    forget: async () => {
      forgotten = true;
      await Promise.allSettled(running);
      await store.close();
      if (kept) await deleteIndexedDbStore(NAME);
    },
  };
}

/** News of the company that came before an account was read reaches it as it would have then. */
const newsOf = (account: RecordId, news: readonly Fact[]): readonly Fact[] =>
  news.map((fact) => ({ ...fact, subjects: [account] }));

/** Another world or playbook than the one kept here makes a fresh start. Undefined where nothing may be kept. */
async function openKept(world: string): Promise<Store | undefined> {
  try {
    const store = await openIndexedDbStore(NAME);
    const kept = await store.get('demo/world');
    if (kept === world) return store;
    await store.close();
    await deleteIndexedDbStore(NAME);
    const fresh = await openIndexedDbStore(NAME);
    await fresh.put('demo/world', world);
    return fresh;
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
