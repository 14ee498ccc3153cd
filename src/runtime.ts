import { type Absorbing, absorb } from './absorb.js';
import { advance } from './advance.js';
import { OpportuneError } from './core/errors.js';
import type { Situation } from './deliver/situation.js';
import type { Recorded, RecordOptions } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import { NO_PARAMETERS, type Parameters } from './domain/parameters.js';
import type { Playbook } from './domain/playbook.js';
import type { Store, Stored } from './domain/store.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';
import { findFault } from './record/check-fact.js';
import { createSituation } from './situation.js';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** Who may see what. Without one everybody sees everything. */
export interface Access {
  maySee(asker: RecordId, record: RecordId): Promise<boolean>;
  /** Qualified attributes that this asker may not see. */
  hiddenFrom(asker: RecordId): Promise<ReadonlySet<string>>;
}

export interface AgentOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly access?: Access;
  /** Called between subjects of long work, so that a page can paint. */
  readonly pause?: () => Promise<void>;
}

/** What the calls of an agent share: the store, the models of its playbooks, and who is to be told. */
export interface Runtime {
  readonly options: AgentOptions;
  /** The playbook in force, or undefined. */
  model(): Promise<Model | undefined>;
  modelOf(version: string): Model;
  /** Makes a playbook the one in force; `order` counts how many were before. */
  adopt(playbook: Playbook): Promise<{ model: Model; order: number }>;
  absorbing(history?: boolean): Promise<Absorbing>;
  record(facts: readonly Fact[], options?: RecordOptions): Promise<Recorded>;
  /** Delivers what waits for other subjects, until nothing does; adds the subjects it changed. */
  deliverOutbox(changed: Set<SubjectKey>): Promise<void>;
  notify(changed: ReadonlySet<SubjectKey>): void;
  watch(record: RecordId, listener: () => void): () => void;
  allKeys(): Promise<readonly SubjectKey[]>;
  /** Reads what one look needs; undefined when there is nothing that the asker may see. */
  look(record: RecordId, asker: RecordId): Promise<Situation | undefined>;
}

const PAGE = 500;

interface InForce {
  readonly version: string;
  /** How many were in force before. */
  readonly order: number;
}

export async function createRuntime(options: AgentOptions): Promise<Runtime> {
  const { store, clock, access, pause } = options;
  const models = new Map<string, Model>([['', createModel(EMPTY_PLAYBOOK)]]);
  const watchers = new Map<() => void, RecordId>();
  const nothingHidden: ReadonlySet<string> = new Set();
  let inForce: InForce = { version: '', order: 0 };

  function remember(playbook: Playbook): Model {
    const model = createModel(playbook);
    models.set(playbook.version, model);
    return model;
  }

  /** Has a playbook at hand, also one that another agent on the same store published meanwhile. */
  async function load(wanted: string): Promise<void> {
    if (models.has(wanted)) return;
    const playbook = (await store.get(`playbook/${wanted}`)) as Playbook | undefined;
    if (playbook) remember(playbook);
  }

  async function refresh(): Promise<void> {
    inForce = ((await store.get('playbook')) as InForce | undefined) ?? inForce;
    await load(inForce.version);
  }

  async function adopt(playbook: Playbook): Promise<{ model: Model; order: number }> {
    const model = remember(playbook);
    await refresh();
    inForce = { version: playbook.version, order: inForce.order + 1 };
    await store.put('playbook', inForce);
    return { model, order: inForce.order };
  }

  function modelOf(wanted: string): Model {
    const model = models.get(wanted);
    if (!model)
      throw new OpportuneError(
        'opportune/unknown-playbook',
        `version ${wanted} is not in the store`,
        { remedy: 'Publish it again' },
      );
    return model;
  }

  async function absorbing(history = false): Promise<Absorbing> {
    await refresh();
    const { version } = inForce;
    return {
      store,
      load,
      model: modelOf,
      version,
      parameters: NO_PARAMETERS,
      now: clock.now(),
      history,
    };
  }

  async function model(): Promise<Model | undefined> {
    await refresh();
    return inForce.version === '' ? undefined : models.get(inForce.version);
  }

  /** Delivers what waits for other subjects, until nothing does. */
  async function deliverOutbox(changed: Set<SubjectKey>): Promise<void> {
    const context = await absorbing();
    for (
      let waiting = await store.outbox(PAGE);
      waiting.length > 0;
      waiting = await store.outbox(PAGE)
    ) {
      for (const [to, list] of groupBy(waiting, (one) => one.to)) {
        const { changed: did } = await absorb(
          to,
          list.map(({ fact }) => fact),
          context,
        );
        if (did) changed.add(to);
        await store.settle(list.map(({ id }) => id));
      }
    }
  }

  function notify(changed: ReadonlySet<SubjectKey>): void {
    if (changed.size === 0) return;
    const shared = [...changed].some((key) => kindOf(key) !== 'account');
    for (const [listener, account] of watchers) if (shared || changed.has(account)) listener();
  }

  async function record(
    given: readonly Fact[],
    { history = false, signal, onProgress }: RecordOptions = {},
  ): Promise<Recorded> {
    const context = await absorbing(history);
    const { now } = context;
    const refused: { id: string; reason: string }[] = [];
    const perSubject = new Map<SubjectKey, Fact[]>();
    for (const fact of given) {
      const reason = findFault(fact);
      if (reason !== undefined) {
        refused.push({ id: String(fact?.id), reason });
        continue;
      }
      const clamped = fact.occurredAt > now ? { ...fact, occurredAt: now } : fact;
      for (const key of new Set(fact.subjects)) {
        const facts = perSubject.get(key);
        if (facts) facts.push(clamped);
        else perSubject.set(key, [clamped]);
      }
    }
    const broadcast = history ? [] : await findBroadcasts(given, perSubject);
    const changed = new Set<SubjectKey>();
    const added = new Set<string>();
    const taken = new Set<string>();
    const opened: string[] = [];
    const withdrawn: string[] = [];
    let done = 0;
    for (const [key, facts] of [...perSubject, ...broadcast]) {
      signal?.throwIfAborted();
      const absorbed = await absorb(key, facts, context);
      for (const { id } of facts) taken.add(id);
      for (const id of absorbed.added) added.add(id);
      opened.push(...absorbed.opened);
      withdrawn.push(...absorbed.withdrawn);
      if (absorbed.changed) changed.add(key);
      onProgress?.(++done, perSubject.size + broadcast.length);
      await pause?.();
    }
    await deliverOutbox(changed);
    notify(changed);
    return { added: added.size, repeated: taken.size - added.size, refused, opened, withdrawn };
  }

  /** News of the company that some play of an account waits for, and rates, go to every account. */
  async function findBroadcasts(
    given: readonly Fact[],
    perSubject: ReadonlyMap<SubjectKey, Fact[]>,
  ): Promise<(readonly [SubjectKey, Fact[]])[]> {
    const events = models.get(inForce.version)?.triggers.events;
    const news = (perSubject.get(COMPANY) ?? []).filter(
      ({ type, subjects }) => subjects.length === 1 && (type === 'rate' || events?.has(type)),
    );
    if (news.length === 0 || given.length === 0) return [];
    const accounts = (await allKeys()).filter((key) => kindOf(key) === 'account');
    return accounts.map(
      (key) => [key, news.map((fact) => ({ ...fact, subjects: [key] }))] as const,
    );
  }

  async function allKeys(): Promise<readonly SubjectKey[]> {
    const keys: SubjectKey[] = [];
    for (;;) {
      const page = await store.keys('', keys[keys.length - 1], PAGE);
      keys.push(...page);
      if (page.length < PAGE) return keys;
    }
  }

  function watch(record: RecordId, listener: () => void): () => void {
    const wrapped = (): void => listener();
    watchers.set(wrapped, record);
    if (kindOf(record) !== 'account') {
      void store.get(`parent/${record}`).then((parent) => {
        if (typeof parent === 'string' && watchers.has(wrapped)) watchers.set(wrapped, parent);
      });
    }
    return () => watchers.delete(wrapped);
  }

  /** Reads what one look needs; undefined when there is nothing that the asker may see. */
  async function look(record: RecordId, asker: RecordId): Promise<Situation | undefined> {
    const now = clock.now();
    const account =
      kindOf(record) === 'account'
        ? record
        : ((await store.get(`parent/${record}`)) as string | undefined);
    const may = (await access?.maySee(asker, record)) ?? true;
    const first = account === undefined ? undefined : await store.read(account);
    if (!account || !first || !may || first.subject.playbook === '') return undefined;
    const contacts = Object.keys(first.subject.records).filter((id) => kindOf(id) === 'contact');
    const keys = [account, ...contacts, asker, COMPANY];
    const read = await store.readAll(keys);
    const versions: { [key: string]: number } = {};
    const others: Stored[] = [];
    let own = first;
    read.forEach((stored, i) => {
      if (!stored) return;
      versions[keys[i] as string] = stored.version;
      if (i === 0) own = stored;
      else others.push(stored);
    });
    await load(own.subject.playbook);
    // Time may have gone on since anybody told the account; what holds now is looked at, and not kept.
    const subject = advance(own.subject, { facts: [], now, model: modelOf });
    return createSituation({
      model: modelOf(subject.playbook),
      parameters: parametersOf(others, modelOf(subject.playbook)),
      account: subject,
      others,
      versions,
      asker,
      hidden: (await access?.hiddenFrom(asker)) ?? nothingHidden,
      now,
    });
  }

  /** The company's own levels of the goals, for accounts that have none. */
  function parametersOf(others: readonly Stored[], { playbook }: Model): Parameters {
    const company = others.find(({ subject }) => subject.key === COMPANY)?.subject.records[COMPANY];
    const levels: { [goal: string]: number } = {};
    for (const { id, measure } of playbook.goals) {
      const level = company?.values[measure?.slice(measure.indexOf('.') + 1) ?? '']?.value;
      if (typeof level === 'number') levels[id] = level;
    }
    return { ...NO_PARAMETERS, levels };
  }

  return {
    options,
    model,
    modelOf,
    adopt,
    absorbing,
    record,
    deliverOutbox,
    notify,
    watch,
    allKeys,
    look,
  };
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values)
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
