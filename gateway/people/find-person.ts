import {
  type Fact,
  OpportuneError,
  type RecordId,
  type Store,
  type Subject,
  type SubjectKey,
} from 'opportune';
import { isErased } from '../../src/domain/value.js';
import { allFacts, allKeys } from './all-of.js';
import { findConcerned, isContact } from './personal-text.js';
import { isAddress, toAddress } from './pseudonyms.js';
import { someText } from './walk.js';

/** A person as the store knows one: perhaps several contacts that were merged. */
export interface Person {
  readonly ids: readonly RecordId[];
  /** Full names, addresses and telephone numbers that the person has or had. */
  readonly names: readonly string[];
  /** Those of them that are addresses and that no other contact has: the person is recognised by them. */
  readonly addresses: readonly string[];
  readonly accounts: readonly SubjectKey[];
  /** Addresses that other contacts have as well, so that nobody is recognised by them. */
  readonly shared: readonly string[];
}

export type Wanted = { readonly id: RecordId } | { readonly address: string };

/**
 * The person of an id or an email address, over all accounts, merged contacts included; undefined where nobody is known. Throws
 * where an address belongs to several contacts that are not known to be one person.
 */
export async function findPerson(store: Store, wanted: Wanted): Promise<Person | undefined> {
  const merged = new Map<RecordId, RecordId>();
  const texts = new Map<RecordId, Set<string>>();
  let isKnown = false;
  const learn = (contact: RecordId, values: unknown): void => {
    if (isErased(contact)) return;
    const known = texts.get(contact) ?? new Set();
    texts.set(contact, known);
    for (const [bare, value] of Object.entries(Object(values)))
      someText(value, (text) => {
        if (isTelling(bare, text)) known.add(text.trim());
        return false;
      });
  };
  for await (const key of allKeys(store)) {
    const subject = (await store.read(key))?.subject;
    if (!subject) continue;
    if (isContact(key) && subject.mergedInto) merged.set(key, subject.mergedInto);
    if (isContact(key) && !isErased(key)) learn(key, {});
    for (const contact of contactsOf(subject)) {
      const { values = {} } = subject.records[contact] ?? {};
      learn(contact, Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v.value])));
    }
    if ('id' in wanted && !isKnown) isKnown = texts.has(wanted.id);
  }
  const ids = 'id' in wanted ? [wanted.id] : oneOf(wanted.address, texts, merged);
  if (ids.length === 0 || ('id' in wanted && !isKnown && !(await isNamed(store, wanted.id))))
    return undefined;
  const all = withMerged(ids, merged);
  const own = new Set<string>();
  for (const id of all) for (const text of texts.get(id) ?? []) own.add(text);
  // What a record said before it was changed names the person as well.
  const accounts = new Set<SubjectKey>();
  for await (const key of allKeys(store))
    for (const fact of await allFacts(store, key)) {
      if (!findConcerned(fact).some((id) => all.includes(id))) continue;
      for (const id of [key, ...fact.subjects, ...fact.about])
        if (id.split(':')[1] === 'account') accounts.add(id);
      for (const [bare, value] of isOwnRecord(fact, all)
        ? Object.entries(Object(fact.data.values))
        : [])
        if (typeof value === 'string' && isTelling(bare, value)) own.add(value.trim());
    }
  const addresses = [...own].filter(isAddress).map(toAddress);
  const taken = new Set<string>();
  for (const [id, known] of texts)
    if (!all.includes(id))
      for (const text of known) if (isAddress(text)) taken.add(toAddress(text));
  return {
    ids: all,
    names: [...own],
    accounts: [...accounts].sort(),
    addresses: addresses.filter((address) => !taken.has(address)),
    shared: addresses.filter((address) => taken.has(address)),
  };
}

const contactsOf = (subject: Subject): readonly RecordId[] =>
  Object.keys(subject.records).filter(isContact);

const isOwnRecord = ({ type, about: [first = ''] }: Fact, ids: readonly RecordId[]): boolean =>
  type === 'record-changed' && ids.includes(first);

/** A text that names one person well enough to be looked for in what others wrote. */
function isTelling(bare: string, text: string): boolean {
  const trimmed = text.trim();
  if (isAddress(trimmed)) return true;
  if (/^\+?[\d\s()./-]{7,}$/.test(trimmed)) return !/^\d{4}-\d\d-\d\d/.test(trimmed);
  return /name/i.test(bare) && /\S\s+\S/.test(trimmed);
}

/** Whether some fact is about a contact of whom no record was ever seen. */
async function isNamed(store: Store, id: RecordId): Promise<boolean> {
  for await (const key of allKeys(store))
    for (const { about, by, subjects } of await allFacts(store, key))
      if (by === id || about.includes(id) || subjects.includes(id)) return true;
  return false;
}

function oneOf(
  address: string,
  texts: ReadonlyMap<RecordId, ReadonlySet<string>>,
  merged: ReadonlyMap<RecordId, RecordId>,
): readonly RecordId[] {
  const wanted = toAddress(address);
  const found = [...texts]
    .filter(([, known]) => [...known].some((text) => toAddress(text) === wanted))
    .map(([id]) => id);
  const [first] = found;
  if (first === undefined) return [];
  const one = withMerged([first], merged);
  if (found.every((id) => one.includes(id))) return [first];
  throw new OpportuneError(
    'opportune/several-persons',
    `several contacts have this address: ${found.join(', ')}`,
    { where: '--email', remedy: 'Name one by --id, and the others after it' },
  );
}

/** Everything that was merged into one of these or that one of these was merged into, however often. */
function withMerged(
  ids: readonly RecordId[],
  merged: ReadonlyMap<RecordId, RecordId>,
): readonly RecordId[] {
  const all = new Set(ids);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const [from, into] of merged)
      if (!isErased(from) && !isErased(into) && (all.has(from) || all.has(into)))
        all.add(from).add(into);
  }
  return [...all].sort();
}
