import { advance, createSubject, diffOpenings, foldTooLate, isNews, sortFacts } from './advance.js';
import { placeBids } from './bids.js';
import { defined } from './core/defined.js';
import { OpportuneError } from './core/errors.js';
import { assignHoldout } from './deliver/holdout.js';
import { comparePositions, type Fact, noteFact } from './domain/fact.js';
import type { Outgoing, Store } from './domain/store.js';
import type { Subject } from './domain/subject.js';
import { kindOf, type SubjectKey } from './domain/value.js';
import type { Model } from './model.js';
import { createSituation } from './situation.js';

const DAY = 86_400_000;
const SNAPSHOT_EVERY = 1000;
/** A commit that lost this many races in a row has met something other than a race. */
const MOST_RACES = 100;

export interface Absorbing {
  readonly store: Store;
  readonly model: (version: string) => Model;
  /** Has the model of a version at hand. */
  readonly load: (version: string) => Promise<Model>;
  /** Version of the playbook that new subjects are judged by; empty: none is in force. */
  readonly version: string;
  readonly now: number;
  /** A new subject only remembers, until a playbook is published to it. */
  readonly history: boolean;
  /** Says no to the commit, having seen the subject as it would be without it. */
  readonly refuse?: (subject: Subject) => boolean;
}

export interface Absorbed {
  /** Ids of the facts that were new. */
  readonly added: readonly string[];
  readonly opened: readonly string[];
  readonly withdrawn: readonly string[];
  readonly subject: Subject;
  readonly changed: boolean;
  readonly refused: boolean;
}

/**
 * Facts into one subject, in one transaction that is tried again when another writer was faster. Facts that the subject
 * has are left out, so that a redelivery changes nothing. Without facts it is time that goes on.
 */
export async function absorb(
  key: SubjectKey,
  given: readonly Fact[],
  context: Absorbing,
): Promise<Absorbed> {
  const { store, now } = context;
  for (let race = 0; race < MOST_RACES; race++) {
    const stored = await store.read(key);
    const before = stored?.subject ?? createSubject(key);
    await context.load(before.playbook);
    const known =
      given.length === 0
        ? new Set<string>()
        : await store.known(
            key,
            given.map(({ id }) => id),
          );
    const seeds =
      stored || context.history || context.version === '' ? [] : [toSeed(key, context.version)];
    const facts = sortFacts([...seeds, ...given.filter(({ id }) => !known.has(id))]);
    const unchanged = {
      added: [],
      opened: [],
      withdrawn: [],
      subject: before,
      changed: false,
      refused: false,
    };
    if (facts.length === 0 && (given.length > 0 || !stored)) return unchanged;
    if (context.refuse?.(advance(before, { facts: [], now, model: context.model })))
      return { ...unchanged, refused: true };
    const folded = await fold(before, facts, context);
    const { subject, extra, told } = finish(folded, context);
    const committed = await store.commit(
      key,
      stored?.version ?? 0,
      defined({
        facts: [...facts, ...extra],
        subject,
        wakeAt: subject.wakeAt,
        outbox: told,
        snapshot: folded.sinceSnapshot >= SNAPSHOT_EVERY ? true : undefined,
        values: findParents(key, facts, before),
      }),
    );
    if (!committed) continue;
    const { opened, withdrawn } = diffOpenings(before, subject);
    return {
      added: facts.filter((fact) => !seeds.includes(fact)).map(({ id }) => id),
      opened: opened.map((one) => one.key),
      withdrawn: withdrawn.map((one) => one.key),
      subject,
      changed: true,
      refused: false,
    };
  }
  throw new OpportuneError(
    'opportune/store-contention',
    `${MOST_RACES} commits in a row lost their race`,
    {
      where: key,
      remedy: 'See whether another agent writes to this subject without pause',
    },
  );
}

/** New records inside an account, so that a look at one of them finds its account. */
function findParents(
  key: SubjectKey,
  facts: readonly Fact[],
  before: Subject,
): { [name: string]: SubjectKey } | undefined {
  if (kindOf(key) !== 'account') return undefined;
  const children = facts.flatMap(({ type, about: [id] }) =>
    type === 'record-changed' && id !== undefined && id !== key && !(id in before.records)
      ? [[`parent/${id}`, key]]
      : [],
  );
  return children.length > 0 ? Object.fromEntries(children) : undefined;
}

/** A new subject is judged from its first fact on, by the playbook in force. */
function toSeed(key: SubjectKey, version: string): Fact {
  const id = `published/${version}/0`;
  return noteFact({ id, type: 'published', subjects: [key], data: { version } }, 0);
}

async function fold(before: Subject, facts: readonly Fact[], context: Absorbing): Promise<Subject> {
  const { now, model, store } = context;
  const first = facts[0];
  if (!first || isNews(first, before)) {
    const publishes = facts.some(
      (fact) =>
        fact.type === 'published' &&
        model(String(fact.data.version)).attributesKey !== model(before.playbook).attributesKey,
    );
    const earlier =
      publishes && before.at.occurredAt >= 0 ? await store.facts(before.key) : undefined;
    return advance(before, defined({ facts, now, model, earlier }));
  }
  const correctionMs = model(before.playbook).playbook.correctionDays * DAY;
  const tooLate = facts.filter(
    (fact) => !isNews(fact, before) && fact.learnedAt - fact.occurredAt > correctionMs,
  );
  const rest = facts.filter((fact) => !tooLate.includes(fact));
  const kept =
    tooLate.length === 0
      ? before
      : foldTooLate(before, tooLate, Math.max(now, before.clock), model(before.playbook));
  const next = rest[0];
  if (!next || isNews(next, kept)) return advance(kept, { facts: rest, now, model });
  return refold(kept, [...rest, ...tooLate], next, context);
}

/** A correction: the timeline is folded again from the last snapshot before it, with the fact in its place. */
async function refold(
  before: Subject,
  facts: readonly Fact[],
  first: Fact,
  { store, now, model }: Absorbing,
): Promise<Subject> {
  const snapshot = await store.snapshot(before.key, { occurredAt: first.occurredAt, id: first.id });
  const usable =
    snapshot && snapshot.tooLate === before.tooLate && isNews(first, snapshot)
      ? snapshot
      : undefined;
  const start = usable ?? createSubject(before.key);
  const all = await store.facts(before.key);
  const later = sortFacts([
    ...all.filter((fact) => comparePositions(fact, start.at) > 0),
    ...facts,
  ]);
  const earlier = all.filter((fact) => comparePositions(fact, start.at) <= 0);
  const subject = advance(start, {
    facts: later,
    now: Math.max(now, before.clock),
    model,
    earlier,
  });
  // What was open and, as we now know, never should have been, is told as corrected.
  const gone = Object.values(before.openings).filter(({ key }) => !(key in subject.openings));
  const corrected = gone.map((opening) => [
    opening.key,
    { ...opening, end: opening.end ?? now, ended: 'corrected' as const },
  ]);
  return {
    ...subject,
    placed: before.placed,
    tooLate: before.tooLate,
    openings: { ...subject.openings, ...Object.fromEntries(corrected) },
  };
}

/** What follows from the new state in the same transaction: the arm of a holdout, bids, a snapshot. */
function finish(
  folded: Subject,
  context: Absorbing,
): { subject: Subject; extra: readonly Fact[]; told: readonly Outgoing[] } {
  const { now } = context;
  const model = context.model(folded.playbook);
  let subject = folded;
  const extra: Fact[] = [];
  if (kindOf(subject.key) === 'account' && subject.playbook !== '') {
    if (subject.holdout === undefined && model.playbook.holdout.rate > 0) {
      const arm = assignHoldout(subject, model.playbook);
      const assigned: Fact = {
        id: `holdout-assigned/${subject.key}`,
        type: 'holdout-assigned',
        subjects: [subject.key],
        about: [subject.key],
        // First in its timeline, so that it never makes a fact of the day a late one.
        occurredAt: 0,
        learnedAt: now,
        grade: 'observed',
        data: { arm },
      };
      extra.push(assigned);
      subject = { ...subject, holdout: arm };
    }
    const situation = createSituation(model, {
      account: subject,
      others: [],
      versions: {},
      asker: '',
      hidden: new Set(),
      now,
    });
    const bids = placeBids(situation);
    subject = bids.account;
    const told = bids.told.map((fact) => ({
      id: fact.id,
      to: fact.subjects[0] as SubjectKey,
      fact,
    }));
    return { subject: cut(subject), extra, told };
  }
  return { subject: cut(subject), extra, told: [] };
}

const cut = (subject: Subject): Subject =>
  subject.sinceSnapshot >= SNAPSHOT_EVERY ? { ...subject, sinceSnapshot: 0 } : subject;
