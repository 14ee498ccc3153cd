import type { Fact, RecordId, Store, SubjectKey } from 'opportune';
import { allFacts, allKeys } from './all-of.js';
import { readClearNames } from './clear-names.js';
import { createEraser } from './eraser.js';
import { findPerson, type Wanted } from './find-person.js';
import { findConcerned, isContact } from './personal-text.js';
import type { Pseudonyms } from './pseudonyms.js';

/** A value that is held of a person, and how it is known. */
export interface HeldValue {
  readonly attribute: string;
  readonly value: unknown;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly grade: string;
  readonly source?: unknown;
}

/**
 * Everything that is held on one person, as one JSON document in pieces; undefined where nobody is known. It has `person`,
 * `appearsIn`, `values`, and `facts` in order of time, each once, with answers and touches among them. Names and addresses
 * of others are left out of what people wrote, and their ids are numbered.
 */
export async function exportPerson(
  store: Store,
  wanted: Wanted,
  { pseudonyms, now }: { readonly pseudonyms: Pseudonyms; readonly now: number },
): Promise<AsyncGenerator<string> | undefined> {
  const person = await findPerson(store, wanted);
  if (!person) return undefined;
  const isTheirs = (fact: Fact): boolean =>
    findConcerned(fact).some((id) => person.ids.includes(id));
  const appearsIn: SubjectKey[] = [];
  for await (const key of allKeys(store))
    if (person.ids.includes(key) || (await allFacts(store, key)).some(isTheirs))
      appearsIn.push(key);
  const hideOthers = await createHiding(store, appearsIn, { ids: person.ids, pseudonyms });

  async function* write(): AsyncGenerator<string> {
    const head = {
      exportedAt: toIso(now),
      person: { ids: person?.ids, names: person?.names },
      appearsIn: appearsIn.map(hideOthers),
      values: (await readValues(store, appearsIn, person?.ids ?? [])).map(hideOthers),
    };
    yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "facts": [`;
    const told = new Set<string>();
    let separator = '\n';
    for (const key of appearsIn)
      for (const fact of await allFacts(store, key)) {
        if (!isTheirs(fact) || told.has(fact.id)) continue;
        told.add(fact.id);
        const { occurredAt, learnedAt, ...rest } = hideOthers(fact);
        const times = { occurredAt: toIso(occurredAt), learnedAt: toIso(learnedAt) };
        yield `${separator}    ${JSON.stringify({ ...rest, ...times })}`;
        separator = ',\n';
      }
    yield '\n  ]\n}\n';
  }
  return write();
}

const toIso = (at: number): string => new Date(at).toISOString();

async function readValues(
  store: Store,
  appearsIn: readonly SubjectKey[],
  ids: readonly RecordId[],
): Promise<readonly HeldValue[]> {
  const held = new Map<string, HeldValue>();
  for (const key of appearsIn) {
    const { records = {} } = (await store.read(key))?.subject ?? {};
    for (const id of ids)
      for (const [attribute, known] of Object.entries(records[id]?.values ?? {})) {
        const { value, since, grade, source } = known;
        const told = { attribute, value, since: toIso(since), grade, ...(source && { source }) };
        held.set(JSON.stringify(told), told);
      }
  }
  return [...held.values()].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

/** Takes the other contacts of these subjects out, by id, name and address. */
async function createHiding(
  store: Store,
  keys: readonly SubjectKey[],
  { ids, pseudonyms }: { readonly ids: readonly RecordId[]; readonly pseudonyms: Pseudonyms },
): Promise<<Value>(value: Value) => Value> {
  const others = new Set<RecordId>();
  const names = new Set<string>();
  for (const key of keys) {
    for (const fact of await allFacts(store, key))
      for (const id of findConcerned(fact)) if (!ids.includes(id)) others.add(id);
    const { records = {} } = (await store.read(key))?.subject ?? {};
    for (const id of Object.keys(records))
      if (isContact(id) && !ids.includes(id)) {
        others.add(id);
        for (const { value } of Object.values(records[id]?.values ?? {}))
          if (typeof value === 'string' && /\S\s+\S|@/.test(value)) names.add(value.trim());
      }
  }
  const numbers = new Map([...others].sort().map((id, i) => [id, `other:contact:${i + 1}`]));
  const numbered: Pseudonyms = { ...pseudonyms, of: (id) => numbers.get(id) ?? id };
  const clear = await readClearNames(store);
  const eraser = createEraser({ ids: [...others], names: [...names], pseudonyms: numbered, clear });
  return (value) => eraser.hide(value);
}
