import { type Fact, noteFact } from './domain/fact.js';
import type { Commit, Store } from './domain/store.js';
import type { Subject } from './domain/subject.js';
import { type JsonObject, kindOf, type SubjectKey } from './domain/value.js';

/** The longest chain of merges that is followed. */
const MOST_LINKS = 100;
/** What a subject got for itself; the survivor has its own. */
const OWN: readonly string[] = [
  'published',
  'roll-out',
  'rate',
  'holdout-assigned',
  'arm-assigned',
  'bid',
  'bid-withdrawn',
  'merged',
];

/** The subject that a key stands for now: itself, or what it was merged into. */
export async function findSurvivor(store: Store, key: SubjectKey): Promise<SubjectKey> {
  let survivor = key;
  for (let links = 0; links < MOST_LINKS; links++) {
    const into = (await store.read(survivor))?.subject.mergedInto;
    if (into === undefined) return survivor;
    survivor = into;
  }
  return survivor;
}

/** Facts as this subject takes them in: of one that it takes over, all that it has lived through. */
export async function readMerges(
  store: Store,
  key: SubjectKey,
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  const read: Fact[] = [];
  for (const fact of facts) {
    if (fact.type === 'merged') read.push(await readMerge(store, key, fact));
    else read.push(fact);
    if (fact.type === 'taken-over') read.push(...(await takeOver(store, key, fact)));
  }
  const known = await store.known(
    key,
    read.map(({ id }) => id),
  );
  return read.filter(({ id }) => !known.has(id));
}

/** The merge as this subject takes it: one into itself, by whatever way, or into another kind of thing, says nothing. */
async function readMerge(store: Store, key: SubjectKey, fact: Fact): Promise<Fact> {
  const into = String(fact.data.into);
  const means =
    into !== key &&
    kindOf(into) === kindOf(key) &&
    (kindOf(key) === 'account' || kindOf(key) === 'contact') &&
    (await findSurvivor(store, into)) !== key;
  return means ? fact : { ...fact, data: { ...fact.data, into: key } };
}

/** The commit of a merge, which tells the survivor to take in what the merged one has lived through. */
export function tellSurvivor(
  commit: Commit,
  { key, mergedInto: to = '' }: Subject,
  now: number,
): Commit {
  const id = `taken-over/${key}`;
  const fact = noteFact({ id, type: 'taken-over', subjects: [to], data: { from: key } }, now);
  return { ...commit, outbox: [...commit.outbox, { id, to, fact }] };
}

/** What comes for a merged subject goes to its survivor. */
export function passOn<Result>(
  { key, mergedInto: to = '' }: Subject,
  facts: readonly Fact[],
  absorb: (key: SubjectKey, facts: readonly Fact[]) => Result,
): Result {
  return absorb(
    to,
    facts.map((fact) => renameIn(fact, key, to)),
  );
}

/** What a merged subject has lived through, as its survivor's own. */
async function takeOver(
  store: Store,
  survivor: SubjectKey,
  { data }: Fact,
): Promise<readonly Fact[]> {
  const from = String(data.from);
  return (await store.facts(from))
    .filter(({ type }) => !OWN.includes(type))
    .map((fact) => renameIn(fact, from, survivor));
}

/** A fact about the merged one as a fact about its survivor. What the CRM said of its own fields it says of nobody now. */
function renameIn(fact: Fact, from: SubjectKey, survivor: SubjectKey): Fact {
  const rename = (id: string): string => (id === from ? survivor : id);
  const data: { [field: string]: JsonObject[string] } = { ...fact.data };
  if (typeof data.record === 'string') data.record = rename(data.record);
  if (typeof data.opening === 'string')
    data.opening = data.opening.split('|').map(rename).join('|');
  const isOwnFields = fact.type === 'record-changed' || fact.type === 'record-deleted';
  if (isOwnFields && fact.about[0] === from) data.values = {};
  return {
    ...fact,
    type: isOwnFields && fact.about[0] === from ? 'record-changed' : fact.type,
    subjects: [...new Set(fact.subjects.map(rename))],
    about: fact.about.map(rename),
    data,
  };
}
