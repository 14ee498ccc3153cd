import { type Absorbing, absorb, SNAPSHOT_EVERY } from './absorb.js';
import { OpportuneError } from './core/errors.js';
import { push } from './core/push.js';
import { type Situation, teamsOf } from './deliver/situation.js';
import type { Recorded, RecordOptions } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { Store } from './domain/store.js';
import type { RecordState } from './domain/subject.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { sortFacts } from './fact-order.js';
import type { Model } from './model.js';
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
  /** The model of the playbook in force; where there is none, that of the empty one. */
  model(): Promise<Model>;
  absorbing(history?: boolean): Absorbing;
  record(facts: readonly Fact[], options?: RecordOptions): Promise<Recorded>;
  /**
   * Delivers what waits for other subjects, until nothing does, and tells who watches what changed. Where nothing was sent
   * nothing is looked for, but `anew`: another agent on the same store may have ended before it delivered.
   */
  settle(changed: ReadonlySet<SubjectKey>, how?: { readonly anew: boolean }): Promise<void>;
  watch(record: RecordId, listener: () => void): () => void;
  allKeys(): Promise<readonly SubjectKey[]>;
  /** Reads what one look needs; undefined when there is nothing that the asker may see. */
  look(record: RecordId, asker: RecordId): Promise<Situation | undefined>;
}

/** The value `playbook` of a store. */
export interface InForce {
  readonly version: string;
  /** How many were in force before. */
  readonly order: number;
}

const PAGE = 500;
/** Subjects of one call at one time: those of one fact change together where a store commits together what comes at one moment. */
const TOGETHER = 4;

export function createRuntime(options: AgentOptions): Runtime {
  const { store, clock, access, pause } = options;
  const models = new Map<string, Model>();
  const watchers = new Map<() => void, RecordId>();
  /** Commits that left something in the outbox, and how many of these were delivered; before the first look an earlier agent's. */
  let sent = 1;
  let settled = 0;
  let delivering: Promise<unknown> = Promise.resolve();
  let next: Promise<ReadonlySet<SubjectKey>> | undefined;

  /** The model of a playbook, also of one that another agent on the same store published meanwhile. */
  async function load(version: string): Promise<Model> {
    if (!models.has(version)) {
      // Plays are matched only where there is a playbook: what they need comes with the first.
      const [{ createModel, EMPTY_PLAYBOOK }, playbook] = await Promise.all([
        import('./model.js'),
        version && (store.get(`playbook/${version}`) as Promise<Playbook | undefined>),
      ]);
      if (playbook || !version) models.set(version, createModel(playbook || EMPTY_PLAYBOOK));
    }
    return modelOf(version);
  }

  function modelOf(version: string): Model {
    const model = models.get(version);
    if (!model)
      throw new OpportuneError(
        'opportune/unknown-playbook',
        `version ${version} is not in the store`,
        { remedy: 'Publish it again' },
      );
    return model;
  }

  async function model(): Promise<Model> {
    const inForce = (await store.get('playbook')) as InForce | undefined;
    return load(inForce?.version ?? '');
  }

  function absorbing(history = false): Absorbing {
    let inForce: Promise<Model> | undefined;
    let rates: Promise<readonly Fact[]> | undefined;
    let parameters: ReturnType<Absorbing['parameters']> | undefined;
    return {
      store,
      load,
      model: modelOf,
      inForce() {
        inForce ??= model();
        return inForce;
      },
      now: clock.now(),
      parameters() {
        parameters ??= store.read(COMPANY).then((read) => read?.subject.parameters);
        return parameters;
      },
      rates() {
        rates ??= store.facts(COMPANY).then((facts) => facts.filter(({ type }) => type === 'rate'));
        return rates;
      },
      history,
      sent() {
        sent++;
      },
    };
  }

  async function settle(
    changed: ReadonlySet<SubjectKey>,
    { anew } = { anew: false },
  ): Promise<void> {
    let delivered: ReadonlySet<SubjectKey> = new Set();
    if (sent > settled || anew) {
      // Those who come while something is being delivered share what comes after it.
      next ??= delivering.then(() => {
        next = undefined;
        const begun = deliver();
        delivering = begun.catch(() => undefined);
        return begun;
      });
      delivered = await next;
    }
    // On its own: what a listener does wrong must not look as if nothing had been recorded.
    for (const [listener, record] of watchers)
      if ([...changed, ...delivered].some((key) => mayShow(record, key)))
        void Promise.resolve().then(listener);
  }

  /** Resolves with what it changed. */
  async function deliver(): Promise<ReadonlySet<SubjectKey>> {
    const changed = new Set<SubjectKey>();
    for (;;) {
      const upTo = sent;
      const waiting = await store.outbox(PAGE);
      if (waiting.length === 0) {
        settled = upTo;
        return changed;
      }
      const context = absorbing();
      const perSubject = new Map<SubjectKey, Fact[]>();
      for (const { to, fact } of waiting) push(perSubject, to, fact);
      await Promise.all(
        [...perSubject].map(async ([to, facts]) => {
          if ((await absorb(to, facts, context)).changed) changed.add(to);
        }),
      );
      await store.settle(waiting.map(({ id }) => id));
    }
  }

  async function record(
    given: readonly Fact[],
    { history = false, signal, onProgress }: RecordOptions = {},
  ): Promise<Recorded> {
    const context = absorbing(history);
    const refused: { id: string; reason: string }[] = [];
    const perSubject = new Map<SubjectKey, Fact[]>();
    for (const fact of given) {
      const fault = findFault(fact);
      if (fault) {
        const { FAULT_WORDS } = await import('./record/fault-words.js');
        refused.push({ id: String(fact?.id), reason: FAULT_WORDS[fault] });
        continue;
      }
      const occurredAt = Math.min(fact.occurredAt, context.now);
      for (const key of new Set(fact.subjects)) push(perSubject, key, { ...fact, occurredAt });
    }
    await broadcast(perSubject, context);
    const changed = new Set<SubjectKey>();
    const added = new Set<string>();
    const taken = new Set<string>();
    const opened: string[] = [];
    const withdrawn: string[] = [];
    let done = 0;
    const absorbAll = async ([key, facts]: readonly [
      SubjectKey,
      readonly Fact[],
    ]): Promise<void> => {
      const inOrder = sortFacts(facts);
      for (let at = 0; at < inOrder.length; at += SNAPSHOT_EVERY) {
        const some = inOrder.slice(at, at + SNAPSHOT_EVERY);
        const absorbed = await absorb(key, some, context);
        for (const { id } of some) taken.add(id);
        for (const id of absorbed.added) added.add(id);
        opened.push(...absorbed.opened);
        withdrawn.push(...absorbed.withdrawn);
        if (absorbed.changed) changed.add(key);
      }
      onProgress?.(++done, perSubject.size);
    };
    const subjects = [...perSubject];
    for (let at = 0; at < subjects.length; at += TOGETHER) {
      signal?.throwIfAborted();
      await Promise.all(subjects.slice(at, at + TOGETHER).map(absorbAll));
      await pause?.();
    }
    await settle(changed);
    return { added: added.size, repeated: taken.size - added.size, refused, opened, withdrawn };
  }

  /** Rates go to every account, and so does news of the company that some play of an account waits for. */
  async function broadcast(
    perSubject: Map<SubjectKey, Fact[]>,
    { inForce, history }: Absorbing,
  ): Promise<void> {
    const told = perSubject.get(COMPANY)?.filter(({ subjects }) => subjects.length === 1) ?? [];
    if (told.length === 0) return;
    const { events } = (await inForce()).triggers;
    const news = told.filter(({ type }) => type === 'rate' || (!history && events.has(type)));
    if (news.length === 0) return;
    for (const key of new Set([...(await allKeys()), ...perSubject.keys()]))
      if (kindOf(key) === 'account')
        for (const fact of news) push(perSubject, key, { ...fact, subjects: [key] });
  }

  async function allKeys(): Promise<readonly SubjectKey[]> {
    const keys: SubjectKey[] = [];
    for (;;) {
      const page = await store.keys('', keys.at(-1), PAGE);
      keys.push(...page);
      if (page.length < PAGE) return keys;
    }
  }

  function watch(record: RecordId, listener: () => void): () => void {
    const own = (): void => listener();
    watchers.set(own, record);
    return () => watchers.delete(own);
  }

  let prune: ReturnType<typeof import('./prune-for.js').createPruner> | undefined;

  /** The playbook in force as the asker may know it, and what is hidden from this asker. */
  async function knownTo(
    asker: RecordId,
    rep: RecordState | undefined,
    { playbook }: Model,
  ): Promise<Pick<Situation, 'playbook' | 'hidden'>> {
    const hidden = (await access?.hiddenFrom(asker)) ?? new Set<string>();
    if (hidden.size === 0 && !playbook.contents.some(({ teams }) => teams))
      return { playbook, hidden };
    prune ??= (await import('./prune-for.js')).createPruner();
    return prune(playbook, hidden, teamsOf(rep));
  }

  async function look(record: RecordId, asker: RecordId): Promise<Situation | undefined> {
    // Before anything is read: what is hidden and what is not there are asked about alike, and take as long.
    if (access && !(await access.maySee(asker, record))) return undefined;
    let account =
      kindOf(record) === 'account'
        ? record
        : ((await store.get(`parent/${record}`)) as string | undefined);
    let first = account ? await store.read(account) : undefined;
    if (account && first?.subject.mergedInto) {
      account = await (await import('./merge.js')).findSurvivor(store, account);
      first = await store.read(account);
    }
    if (!account || !first?.subject.playbook || first.subject.records[record]?.deleted)
      return undefined;
    if (account !== record && access && !(await access.maySee(asker, account))) return undefined;
    const contacts = Object.keys(first.subject.records).filter((id) => kindOf(id) === 'contact');
    const read = await store.readAll([account, ...contacts, asker, COMPANY]);
    const [own = first, ...others] = read.filter((stored) => stored !== undefined);
    const now = clock.now();
    const model = await load(own.subject.playbook);
    const rep = others.find(({ subject }) => subject.key === asker)?.subject.records[asker];
    const situation = createSituation(model, {
      ...(await knownTo(asker, rep, model)),
      // Time may have gone on since anybody told the account; what holds now is looked at, and not kept.
      account: model.advance(own.subject, { facts: [], now, model: modelOf }),
      others: others.map(({ subject }) => subject),
      versions: Object.fromEntries(
        [own, ...others].map(({ subject, version }) => [subject.key, version]),
      ),
      asker,
      now,
    });
    return access
      ? (await import('./hide-records.js')).hideRecords(situation, model, (id) =>
          access.maySee(asker, id),
        )
      : situation;
  }

  return { options, model, absorbing, record, settle, watch, allKeys, look };
}

/** Whether a commit to a subject may change what a record shows. A record inside an account is not asked for its account. */
const mayShow = (record: RecordId, key: SubjectKey): boolean =>
  key === record || kindOf(key) !== 'account' || kindOf(record) !== 'account';
