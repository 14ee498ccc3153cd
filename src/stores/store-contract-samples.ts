import { isOpportuneError } from '../core/errors.js';
import { stableJson } from '../core/stable-json.js';
import type { Fact, Position } from '../domain/fact.js';
import type { Commit, Store } from '../domain/store.js';
import type { Subject } from '../domain/subject.js';
import type { JsonObject, SubjectKey } from '../domain/value.js';

/** After every fact there can be. */
export const LAST: Position = { occurredAt: 9e15, id: '' };

export function sampleFact(id: string, occurredAt: number, data: JsonObject = {}): Fact {
  return {
    id,
    type: 'email-received',
    subjects: ['demo:account:1'],
    about: ['demo:account:1', 'demo:contact:7'],
    occurredAt,
    learnedAt: occurredAt + 60_000,
    grade: 'buyer-verified',
    by: 'demo:contact:7',
    data,
  };
}

/** A store looks at nothing of a subject but its place, so a few fields stand for all. */
export function sampleSubject(key: SubjectKey, at: Position, note: unknown = ''): Subject {
  const { occurredAt, id } = at;
  return { key, at: { occurredAt, id }, clock: occurredAt, note } as unknown as Subject;
}

/** A commit of these facts, with the last of them as the subject's place. */
export function sampleCommit(
  key: SubjectKey,
  facts: readonly Fact[],
  more: Partial<Commit> & { readonly note?: unknown } = {},
): Commit {
  const { note, ...rest } = more;
  const at = facts.at(-1) ?? { occurredAt: 0, id: '' };
  return { facts, subject: sampleSubject(key, at, note), outbox: [], ...rest };
}

/** Commits and insists on it. */
export async function mustCommit(
  store: Store,
  key: SubjectKey,
  expectedVersion: number,
  commit: Commit,
): Promise<void> {
  const done = await store.commit(key, expectedVersion, commit);
  same(done, true, `commit of version ${expectedVersion + 1}`);
}

export async function factIds(store: Store, key: SubjectKey): Promise<readonly string[]> {
  return (await store.facts(key)).map((fact) => fact.id);
}

/** Everything a store tells about a subject, and what waits in it. */
export async function everythingOf(store: Store, key: SubjectKey): Promise<unknown> {
  return {
    stored: await store.read(key),
    facts: await store.facts(key),
    snapshot: await store.snapshot(key, LAST),
    due: await store.due(LAST.occurredAt, 1000),
    outbox: await store.outbox(1000),
  };
}

export function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [stableJson(actual), stableJson(expected)];
  if (found !== wanted) throw new Error(`${what}: found ${cut(found)}, expected ${cut(wanted)}`);
}

export async function rejects(promise: Promise<unknown>, what: string): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: did not reject`);
}

export async function rejectsAs(
  code: `opportune/${string}`,
  promise: Promise<unknown>,
  what: string,
): Promise<void> {
  const error = await rejects(promise, what);
  if (!isOpportuneError(error, code)) {
    throw new Error(`${what}: rejected with ${String(error)}, expected ${code}`);
  }
}

function cut(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text;
}
