import {
  type Clock,
  createAgent,
  type Fact,
  OpportuneError,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import { createSubject } from '../../src/create-subject.js';
import { createRefold } from '../../src/refold-timeline.js';
import { allFacts, allKeys } from './all-of.js';
import { readClearNames } from './clear-names.js';
import { createEraser, type Eraser } from './eraser.js';
import { findPerson, type Person, type Wanted } from './find-person.js';
import type { PersonKeys } from './person-keys.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { Suppression } from './suppression.js';
import { type Ring, toSet, type Vault } from './vault.js';

/** What erasing works over. Without `sealed` nothing in the store is sealed, and there are no keys to destroy. */
export interface Erasing {
  /** As the agent uses it: sealed where there are keys. It has to be able to `rewrite`. */
  readonly store: Store;
  readonly clock: Clock;
  readonly pseudonyms: Pseudonyms;
  readonly suppression: Suppression;
  readonly sealed?: { readonly keys: PersonKeys; readonly vault: Vault };
  /** Tells panels to forget these persons. Absent: there are none. */
  purge?(persons: readonly RecordId[]): Promise<void>;
}

/** What was done, for the admin who asked for it. It names the person by pseudonyms alone. */
export interface ErasureReport {
  readonly pseudonyms: readonly RecordId[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly erased: {
    /** Timelines that knew the person. */
    readonly timelines: number;
    readonly accounts: readonly SubjectKey[];
    /** Facts of which the skeleton is left, by type; one that lies in several timelines counts once. */
    readonly facts: { readonly [type: string]: number };
    /** Facts of others that named the person. */
    readonly mentions: number;
    readonly keys: number;
  };
  readonly outOfReach: readonly OutOfReach[];
}

export type OutOfReach =
  /** Mail that was sent lies with who received it. */
  | { readonly kind: 'sent'; readonly count: number }
  /** The record in the CRM, of which the facts were learned. */
  | { readonly kind: 'crm'; readonly connections: readonly string[] }
  /** Panels that were away when they were told to forget; what they keep lives 24 hours at most. */
  | { readonly kind: 'panels' }
  /** Backups made before: whoever is erased is erased again when they are restored. */
  | { readonly kind: 'backups' }
  /** Addresses that other contacts have too: nobody is recognised by them. */
  | { readonly kind: 'shared-addresses'; readonly count: number };

/** An erasure under way, so that it can be taken up by whoever starts next. */
interface Pending {
  readonly ids: readonly RecordId[];
  /** The names to look for; sealed by the person's own key, where there are keys. */
  readonly person: string;
}

const PENDING = 'erasing/';
const MOST_PASSES = 20;
const MOST_RACES = 100;

/**
 * Erases one person: gone are the key, the texts and the ids; what is left are skeletons under a pseudonym, so that counts and
 * sums stay as they were. Stopped anywhere it goes on when called again, or by {@link resumeErasures}. Facts that arrive
 * meanwhile are met by the suppression list, or by the next pass; those that were held against the list before and stored
 * afterwards are found when it is called again, which otherwise finds nothing more. Undefined: nothing is known by that id or
 * address.
 */
export async function erasePerson(
  erasing: Erasing,
  wanted: Wanted,
): Promise<ErasureReport | undefined> {
  const { store, suppression } = erasing;
  if (!store.rewrite)
    throw new OpportuneError('opportune/store-cannot', 'this store cannot rewrite timelines', {
      remedy: 'Use a store that passes the contract of rewriting',
    });
  const pending = await findPending(erasing, wanted);
  const person = pending ?? (await findPerson(store, wanted));
  if (!person) return (await suppression.knows(wanted)) ? eraseSuppressed(erasing) : undefined;
  await suppression.add(person);
  if (!pending) await putPending(erasing, person);
  return finish(erasing, person);
}

/** Goes on with what was stopped halfway. To be called when a process starts. */
export async function resumeErasures(erasing: Erasing): Promise<readonly ErasureReport[]> {
  const reports: ErasureReport[] = [];
  for (const name of await erasing.store.names(PENDING)) {
    const pending = await readPending(erasing, name);
    if (!pending) continue;
    await erasing.suppression.add(pending);
    reports.push(await finish(erasing, pending));
  }
  return reports;
}

/**
 * Erases everybody on the suppression list anew, after a backup was restored that may know them; undefined where it knows
 * nobody. Their keys are gone, so what others wrote of them is found by the list.
 */
export async function eraseSuppressed(erasing: Erasing): Promise<ErasureReport | undefined> {
  const { store, suppression } = erasing;
  const ids = new Set<RecordId>();
  const names = new Set<string>();
  for await (const key of allKeys(store)) {
    const found = await suppression.recognise(await allFacts(store, key));
    for (const id of found.ids) ids.add(id);
    for (const name of found.names) names.add(name);
  }
  if (ids.size + names.size === 0) return undefined;
  return finish(erasing, {
    ids: [...ids].sort(),
    names: [...names],
    addresses: [],
    accounts: [],
    shared: [],
  });
}

async function finish(erasing: Erasing, person: Person): Promise<ErasureReport> {
  const { store, clock, pseudonyms, sealed, purge } = erasing;
  const { ids, names } = person;
  // What waits is delivered first: a merge under way is told by more than its facts.
  await (await createAgent({ store, clock })).tick();
  const clear = await readClearNames(store);
  const eraser = createEraser({ ids, names, pseudonyms, clear });
  const work: Work = { ...erasing, eraser, ids, tally: createTally() };
  for (let pass = 0; await erasePass(work); pass++)
    if (pass === MOST_PASSES)
      throw new OpportuneError('opportune/erasing', 'facts about the person keep coming', {
        remedy: 'See that imports go through the suppression list, and call it again',
      });
  for (const id of ids) {
    const parent = await store.get(`parent/${id}`);
    if (parent === undefined) continue;
    await store.put(`parent/${pseudonyms.of(id)}`, parent);
    await store.drop(`parent/${id}`);
  }
  await purge?.(ids);
  const held = sealed ? await sealed.keys.get(ids) : new Map();
  await sealed?.keys.destroy(ids);
  sealed?.vault.forget(ids);
  if (ids.length > 0) await store.drop(PENDING + nameOf(ids, pseudonyms));
  return toReport(person, erasing, work.tally, {
    at: clock.now(),
    keys: [...held.values()].filter((key) => key !== 'destroyed').length,
  });
}

interface Work extends Erasing {
  readonly eraser: Eraser;
  readonly ids: readonly RecordId[];
  readonly tally: Tally;
}

interface Tally {
  readonly timelines: Set<SubjectKey>;
  /** Those of the person, by their new id. */
  readonly facts: Map<string, Fact>;
  readonly mentions: Set<string>;
}

const createTally = (): Tally => ({ timelines: new Set(), facts: new Map(), mentions: new Set() });

/** Every timeline once; whether some knew the person. The person's own come last: by them all others are found again. */
async function erasePass(work: Work): Promise<boolean> {
  const { store, ids } = work;
  let found = await eraseOutbox(work);
  for await (const key of allKeys(store))
    if (!ids.includes(key) && (await eraseTimeline(work, key))) found = true;
  for (const id of ids) if (await moveTimeline(work, id)) found = true;
  return found;
}

/** One timeline, where it knows the person: rewritten and folded again, by compare-and-set. */
async function eraseTimeline(
  { store, clock, eraser, tally }: Work,
  key: SubjectKey,
  added: readonly Fact[] = [],
): Promise<boolean> {
  const refold = createRefold(store);
  for (let race = 0; race < MOST_RACES; race++) {
    const stored = await store.read(key);
    const before = stored ? await allFacts(store, key) : [];
    const erased = eraser.eraseFacts(before);
    const facts = withoutRepeats([...erased, ...added]);
    const isNew = added.length > 0 && facts.length > before.length;
    const changed = before.some((fact, i) => erased[i] !== fact);
    if (!isNew && !changed && !(stored && eraser.mentions(stored.subject))) return false;
    const told = eraser.eraseSubject(stored?.subject ?? createSubject(key));
    const subject = await refold(told, facts, clock.now());
    const { wakeAt } = subject;
    const rewrite = { facts, subject, ...(wakeAt !== undefined && { wakeAt }) };
    if (!(await store.rewrite?.(key, stored?.version ?? 0, rewrite))) continue;
    tally.timelines.add(key);
    before.forEach((fact, i) => {
      const now = erased[i];
      if (!now || now === fact) return;
      if (eraser.mentions(fact)) tally.facts.set(now.id, now);
      else tally.mentions.add(now.id);
    });
    return true;
  }
  throw contention(key);
}

/** The person's own timeline goes on under the pseudonym. */
async function moveTimeline(work: Work, id: RecordId): Promise<boolean> {
  const { store, eraser, pseudonyms } = work;
  for (let race = 0; race < MOST_RACES; race++) {
    const stored = await store.read(id);
    if (!stored) return false;
    const facts = eraser.eraseFacts(await allFacts(store, id));
    await eraseTimeline(work, pseudonyms.of(id), facts);
    for (const fact of facts) work.tally.facts.set(fact.id, fact);
    if (await store.rewrite?.(id, stored.version, undefined)) return true;
  }
  throw contention(id);
}

/** What waits for other subjects and names the person is delivered now. */
async function eraseOutbox(work: Work): Promise<boolean> {
  const { store, eraser } = work;
  let found = false;
  for (const outgoing of await store.outbox(Number.MAX_SAFE_INTEGER)) {
    if (!eraser.mentions(outgoing)) continue;
    await eraseTimeline(work, eraser.rename(outgoing.to), eraser.eraseFacts([outgoing.fact]));
    await store.settle([outgoing.id]);
    found = true;
  }
  return found;
}

const withoutRepeats = (facts: readonly Fact[]): readonly Fact[] => [
  ...new Map(facts.map((fact) => [fact.id, fact])).values(),
];

const contention = (key: SubjectKey): OpportuneError =>
  new OpportuneError(
    'opportune/store-contention',
    `${MOST_RACES} rewrites in a row lost their race`,
    { where: key, remedy: 'See whether something writes to this subject without pause' },
  );

const nameOf = ([first = '']: readonly RecordId[], pseudonyms: Pseudonyms): string =>
  pseudonyms.of(first);

async function putPending({ store, sealed, pseudonyms }: Erasing, person: Person): Promise<void> {
  const { ids } = person;
  let text = JSON.stringify(person);
  if (sealed) {
    const ring: Ring = new Map();
    await sealed.vault.fetch(ring, [toSet(ids)], true);
    text = sealed.vault.seal(text, toSet(ids), ring);
  }
  await store.put(PENDING + nameOf(ids, pseudonyms), { ids, person: text } satisfies Pending);
}

async function findPending(erasing: Erasing, wanted: Wanted): Promise<Person | undefined> {
  if (!('id' in wanted)) return undefined;
  for (const name of await erasing.store.names(PENDING)) {
    const person = await readPending(erasing, name);
    if (person?.ids.includes(wanted.id)) return person;
  }
  return undefined;
}

/** Where the key is gone already, nothing is left to look for but the ids. */
async function readPending({ store, sealed }: Erasing, name: string): Promise<Person | undefined> {
  const pending = (await store.get(name)) as Pending | undefined;
  if (!pending) return undefined;
  const { ids } = pending;
  let text = pending.person;
  if (sealed) {
    const ring: Ring = new Map();
    await sealed.vault.fetch(ring, [toSet(ids)], false);
    text = sealed.vault.open(text, ring, () => {});
  }
  const unknown: Person = { ids, names: [], addresses: [], accounts: [], shared: [] };
  return text === '' ? unknown : (JSON.parse(text) as Person);
}

function toReport(
  { ids, shared }: Person,
  { pseudonyms, purge }: Erasing,
  { timelines, facts, mentions }: Tally,
  { at, keys }: { readonly at: number; readonly keys: number },
): ErasureReport {
  const byType: { [type: string]: number } = {};
  for (const { type } of facts.values()) byType[type] = (byType[type] ?? 0) + 1;
  const sent = [...facts.values()].filter(({ type }) => type.endsWith('-sent')).length;
  const connections = [...new Set(ids.map((id) => id.slice(0, id.indexOf(':'))))];
  const outOfReach: OutOfReach[] = [{ kind: 'crm', connections }];
  if (sent > 0) outOfReach.push({ kind: 'sent', count: sent });
  if (purge) outOfReach.push({ kind: 'panels' });
  if (shared.length > 0) outOfReach.push({ kind: 'shared-addresses', count: shared.length });
  outOfReach.push({ kind: 'backups' });
  return {
    pseudonyms: ids.map(pseudonyms.of),
    at,
    erased: {
      timelines: timelines.size,
      accounts: [...timelines].filter((key) => key.split(':')[1] === 'account').sort(),
      facts: byType,
      mentions: [...mentions].filter((id) => !facts.has(id)).length,
      keys,
    },
    outOfReach,
  };
}
