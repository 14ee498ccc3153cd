import { placeBids } from './bids.js';
import { defined } from './core/defined.js';
import { OpportuneError } from './core/errors.js';
import { createSubject } from './create-subject.js';
import { foldArm, foldHoldout } from './deliver/fold-holdout.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Parameters } from './domain/parameters.js';
import type { Commit, Store } from './domain/store.js';
import { openOf, type Subject } from './domain/subject.js';
import { kindOf, type SubjectKey } from './domain/value.js';
import { isInert, isNews, sortFacts } from './fact-order.js';
import type { Model } from './model.js';
import { createSituation } from './situation.js';

/** Facts between snapshots, and the most that one commit holds. */
export const SNAPSHOT_EVERY = 1000;
/** A commit that lost this many races in a row has met something other than a race. */
const MOST_RACES = 100;

export interface Absorbing {
  readonly store: Store;
  readonly model: (version: string) => Model;
  /** Has the model of a version at hand. */
  readonly load: (version: string) => Promise<Model>;
  /** The model that new subjects are judged by, at hand from then on; its version is empty where none is in force. */
  readonly inForce: () => Promise<Model>;
  readonly now: number;
  /** What the company has learned. */
  readonly parameters: () => Promise<Parameters | undefined>;
  /** The rates that the company knows. */
  readonly rates: () => Promise<readonly Fact[]>;
  /** A new subject only remembers, until a playbook is published to it. */
  readonly history: boolean;
  /** Called when a commit has left something to be delivered. */
  readonly sent: () => void;
  /** Says no to the commit, having seen the subject as it would be without it. */
  readonly refuse?: (subject: Subject) => boolean;
}

export interface Absorbed {
  /** Ids of the facts that were new. */
  readonly added: readonly string[];
  /** Keys of openings. */
  readonly opened: readonly string[];
  readonly withdrawn: readonly string[];
  readonly subject: Subject;
  readonly changed: boolean;
}

/**
 * Facts into one subject, in one transaction that is tried again when another writer was faster. Facts that the subject
 * has are left out, so that a redelivery changes nothing. Without facts it is time that goes on, to what is due by now.
 */
export async function absorb(
  key: SubjectKey,
  given: readonly Fact[],
  context: Absorbing,
): Promise<Absorbed> {
  const { store, now, model, refuse } = context;
  for (let race = 0; race < MOST_RACES; race++) {
    const stored = await store.read(key);
    const before = stored?.subject ?? createSubject(key);
    if (before.mergedInto)
      return (await import('./merge.js')).passOn(before, given, (key, facts) =>
        absorb(key, facts, context),
      );
    await context.load(before.playbook);
    const ids = given.map(({ id }) => id);
    const known = ids.length > 0 ? await store.known(key, ids) : new Set();
    let fresh = given.filter(({ id }) => !known.has(id));
    if (fresh.some(({ type }) => type === 'merged' || type === 'taken-over'))
      fresh = [...(await (await import('./merge.js')).readMerges(store, key, fresh))];
    const isDue = before.wakeAt !== undefined && before.wakeAt <= now;
    const nothingNew = given.length > 0 ? fresh.length === 0 : !isDue;
    if (nothingNew || refuse?.(model(before.playbook).advance(before, { facts: [], now, model })))
      return { added: [], opened: [], withdrawn: [], subject: before, changed: false };
    const facts = sortFacts([...(stored ? [] : await findSeeds(key, context)), ...fresh]);
    const folded = await fold(before, facts, context);
    const concluded = await conclude(folded, facts, (stored?.version ?? 0) + 1, context);
    const commit = folded.mergedInto
      ? (await import('./merge.js')).tellSurvivor(concluded, folded, now)
      : concluded;
    const { subject } = commit;
    const parents = findParents(key, facts, before);
    const tellsNothing = commit.outbox.length === 0 && commit.facts.every(isInert);
    const quiet = stored !== undefined && !isDue && tellsNothing;
    const whole = { ...commit, ...parents, ...(quiet && { quiet }) };
    if (!(await store.commit(key, stored?.version ?? 0, whole))) continue;
    if (commit.outbox.length > 0) context.sent();
    const opened = findOpen(subject);
    const openBefore = findOpen(before);
    return {
      added: fresh.map(({ id }) => id),
      opened: opened.filter((one) => !openBefore.includes(one)),
      withdrawn: openBefore.filter((one) => !opened.includes(one)),
      subject,
      changed: true,
    };
  }
  throw new OpportuneError(
    'opportune/store-contention',
    `${MOST_RACES} commits in a row lost their race`,
    { where: key, remedy: 'See whether another agent writes to this subject without pause' },
  );
}

/** New records inside an account, so that a look at one of them finds its account. */
function findParents(
  key: SubjectKey,
  facts: readonly Fact[],
  before: Subject,
): Pick<Commit, 'values'> | undefined {
  if (kindOf(key) !== 'account') return undefined;
  const children = facts.flatMap(({ type, about: [id] }) =>
    type === 'record-changed' && id !== undefined && id !== key && !(id in before.records)
      ? [[`parent/${id}`, key]]
      : [],
  );
  return children.length > 0 ? { values: Object.fromEntries(children) } : undefined;
}

/** A new subject is judged from its first fact on by the playbook in force, and an account knows the company's rates. */
async function findSeeds(
  key: SubjectKey,
  { inForce, history, rates }: Absorbing,
): Promise<readonly Fact[]> {
  const subjects = [key];
  const { version } = (await inForce()).playbook;
  const seeds = kindOf(key) === 'account' ? await rates() : [];
  const published = {
    id: `published/${version}/0`,
    type: 'published',
    subjects,
    data: { version },
  };
  return [
    ...seeds.map((rate) => ({ ...rate, subjects })),
    ...(history || !version ? [] : [noteFact(published, 0)]),
  ];
}

async function fold(before: Subject, given: readonly Fact[], context: Absorbing): Promise<Subject> {
  const { now, model, store } = context;
  const facts = given.filter((fact) => !isInert(fact));
  // Rare, and in need of the network where the library was not loaded at once: then nothing was recorded, and may be again.
  if (facts[0] && !isNews(facts[0], before))
    return (await import('./correct.js')).correct(before, facts, context);
  const remakes = facts.some(
    ({ type, data }) =>
      type === 'published' &&
      model(String(data.version)).attributesKey !== model(before.playbook).attributesKey,
  );
  const earlier = remakes ? await store.facts(before.key) : [];
  return model(before.playbook).advance(before, { facts, now, model, earlier });
}

/** What is committed: the new state and what follows from it, the arm of a holdout and bids. */
async function conclude(
  folded: Subject,
  facts: readonly Fact[],
  version: number,
  { now, model, parameters }: Absorbing,
): Promise<Commit> {
  const snapshot = folded.sinceSnapshot >= SNAPSHOT_EVERY || undefined;
  const subject = snapshot ? { ...folded, sinceSnapshot: 0 } : folded;
  const { key, wakeAt } = subject;
  if (kindOf(key) !== 'account' || subject.playbook === '')
    return defined({ facts, subject, wakeAt, outbox: [], snapshot });
  const own = model(subject.playbook);
  // Where none is held out there is nothing to draw, nor to load for it.
  const assigned =
    subject.holdout || own.playbook.holdout.rate === 0
      ? undefined
      : (await import('./deliver/holdout.js')).assignHoldout(subject, own.playbook, now);
  const { arms } = own.playbook.holdout;
  const ranked =
    subject.arm || !arms
      ? undefined
      : (await import('./deliver/holdout.js')).assignArm(subject, arms, now);
  const account: Subject = defined({
    ...subject,
    holdout: assigned ? foldHoldout(undefined, assigned) : subject.holdout,
    arm: ranked ? foldArm(undefined, ranked) : subject.arm,
  });
  // What was learned weighs open cards, and is another reading.
  const known = openOf(account.openings).length > 0 ? await parameters() : undefined;
  const situation = createSituation(own, defined({ account, now, parameters: known }));
  const { placed, outbox } = placeBids(situation, version);
  return defined({
    facts: [...facts, ...[assigned, ranked].filter((one) => one !== undefined)],
    subject: { ...account, placed },
    wakeAt,
    outbox,
    snapshot,
  });
}

/** Keys of what is open. */
function findOpen({ openings }: Subject): readonly string[] {
  return openOf(openings).map(({ key }) => key);
}
