import { OpportuneError } from '../core/errors.js';
import { searchFirst } from '../core/search-first.js';
import { comparePositions, type Fact, type Position } from '../domain/fact.js';
import type { Outgoing, Store, Stored } from '../domain/store.js';
import type { Subject } from '../domain/subject.js';
import type { SubjectKey } from '../domain/value.js';
import { closedError } from './closed-error.js';
import { createTimers } from './timers.js';

interface Kept {
  stored: Stored;
  /** In order. */
  readonly facts: Fact[];
  readonly ids: Set<string>;
  /** In order. */
  readonly snapshots: Subject[];
}

/**
 * A store that lives as long as the page or process. What is committed is copied and frozen, once: reads give the
 * stored values themselves, and what a later commit carries over unchanged is not copied again.
 */
export function createMemoryStore(): Store {
  const subjects = new Map<SubjectKey, Kept>();
  const waiting = new Map<string, Outgoing>();
  const values = new Map<string, unknown>();
  const timers = createTimers();
  const keep = createKeeper();
  let sortedKeys: SubjectKey[] | undefined;
  let closed = false;

  const open = (): void => {
    if (closed) throw closedError('closed here');
  };

  return {
    async read(key) {
      open();
      return subjects.get(key)?.stored;
    },
    async readAll(keys) {
      open();
      return keys.map((key) => subjects.get(key)?.stored);
    },
    async commit(key, expectedVersion, commit) {
      open();
      const before = subjects.get(key);
      if ((before?.stored.version ?? 0) !== expectedVersion) return false;
      // Whatever can throw comes first, so that nothing is half-written.
      const { wakeAt, snapshot } = commit;
      const subject = keep(commit.subject);
      const outbox = keep(commit.outbox);
      const named = keep(commit.values ?? {});
      const known = before?.ids ?? new Set<string>();
      const fresh = new Map<string, Fact>();
      for (const fact of keep(commit.facts)) {
        if (!known.has(fact.id) && !fresh.has(fact.id)) fresh.set(fact.id, fact);
      }
      const added = [...fresh.values()].sort(comparePositions);
      const stored = Object.freeze({ version: expectedVersion + 1, subject });
      const kept = before ?? { stored, facts: [], ids: known, snapshots: [] };
      const [first] = added;
      if (first) {
        const { facts, snapshots } = kept;
        const inOrder = facts.length === placeAfter(facts, first, placeOfFact);
        for (const fact of added) {
          facts.push(fact);
          known.add(fact.id);
        }
        if (!inOrder) facts.sort(comparePositions);
        snapshots.length = placeAfter(snapshots, first, placeOfSnapshot);
      }
      if (snapshot) {
        const { snapshots } = kept;
        const place = placeAfter(snapshots, subject.at, placeOfSnapshot);
        snapshots.splice(place, 0, subject);
      }
      for (const outgoing of outbox) {
        if (!waiting.has(outgoing.id)) waiting.set(outgoing.id, outgoing);
      }
      for (const [name, value] of Object.entries(named)) values.set(name, value);
      kept.stored = stored;
      timers.set(key, wakeAt);
      if (!before) {
        subjects.set(key, kept);
        sortedKeys = undefined;
      }
      return true;
    },
    async rewrite(key, expectedVersion, rewrite) {
      open();
      if ((subjects.get(key)?.stored.version ?? 0) !== expectedVersion) return false;
      if (rewrite) {
        const subject = keep(rewrite.subject);
        const facts = [...keep(rewrite.facts)].sort(comparePositions);
        const ids = new Set(facts.map(({ id }) => id));
        const stored = Object.freeze({ version: expectedVersion + 1, subject });
        subjects.set(key, { stored, facts, ids, snapshots: [] });
      } else subjects.delete(key);
      timers.set(key, rewrite?.wakeAt);
      sortedKeys = undefined;
      return true;
    },
    async known(key, ids) {
      open();
      const known = subjects.get(key)?.ids;
      return new Set(ids.filter((id) => known?.has(id)));
    },
    async facts(key, after, limit = Infinity) {
      open();
      const facts = subjects.get(key)?.facts ?? [];
      const start = after ? placeAfter(facts, after, placeOfFact) : 0;
      return facts.slice(start, start + limit);
    },
    async snapshot(key, before) {
      open();
      const snapshots = subjects.get(key)?.snapshots ?? [];
      return snapshots[placeAfter(snapshots, before, placeOfSnapshot) - 1];
    },
    async due(now, limit) {
      open();
      return timers.due(now, limit);
    },
    async outbox(limit) {
      open();
      return [...waiting.values()].slice(0, limit);
    },
    async settle(ids) {
      open();
      for (const id of ids) waiting.delete(id);
    },
    async keys(prefix, after, limit) {
      open();
      sortedKeys ??= [...subjects.keys()].sort();
      const start = searchFirst(sortedKeys, (key) =>
        after === undefined || after < prefix ? key >= prefix : key > after,
      );
      return sortedKeys.slice(start, start + limit).filter((key) => key.startsWith(prefix));
    },
    async get(name) {
      open();
      return values.get(name);
    },
    async put(name, value) {
      open();
      values.set(name, keep(value));
    },
    async names(prefix) {
      open();
      return [...values.keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    async drop(name) {
      open();
      values.delete(name);
    },
    async close() {
      closed = true;
    },
  };
}

/** Index of the first that comes after the place. */
function placeAfter<Item>(
  list: readonly Item[],
  place: Position,
  at: (item: Item) => Position,
): number {
  return searchFirst(list, (item) => comparePositions(at(item), place) > 0);
}

const placeOfFact = (fact: Fact): Position => fact;
const placeOfSnapshot = (subject: Subject): Position => subject.at;

/** Makes deeply frozen copies of plain data, and knows its own: a part that it made before is used again as it is. */
function createKeeper(): <Value>(value: Value) => Value {
  const own = new WeakSet<object>();
  const keep = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'function' || typeof value === 'symbol') {
        throw unstorable(typeof value);
      }
      return value;
    }
    if (own.has(value)) return value;
    const kind = Object.prototype.toString.call(value);
    if (kind !== '[object Object]' && kind !== '[object Array]') throw unstorable(kind);
    let copy: object;
    if (Array.isArray(value)) {
      copy = value.map(keep);
    } else {
      // Spread makes a property named `__proto__` an own one, and assignment then keeps it so.
      const entries: { [name: string]: unknown } = { ...value };
      for (const name of Object.keys(entries)) entries[name] = keep(entries[name]);
      copy = entries;
    }
    own.add(Object.freeze(copy));
    return copy;
  };
  return keep as <Value>(value: Value) => Value;
}

function unstorable(kind: string): OpportuneError {
  return new OpportuneError(
    'opportune/not-plain-data',
    `Only plain data can be stored, not ${kind}`,
  );
}
