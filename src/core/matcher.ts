import type { Condition, Explanation, Situated } from '../domain/condition.js';
import type { Attribute } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { attributesOf, explain, judge } from './condition.js';
import { OpportuneError } from './errors.js';

/** A condition under a name of its own. */
export interface Entry {
  readonly id: string;
  readonly when: Condition;
}

/** What the matcher uses of an attribute's declaration. An undeclared attribute works too. */
export type MatcherAttribute = Pick<Attribute, 'id' | 'type' | 'values'>;

/** Values by qualified attribute id; what is absent, null or NaN is missing. It has no children. */
export interface MatchRecord {
  readonly [attribute: string]: AttributeValue | null | undefined;
}

/** Ids of entries that became true, and of those that stopped being true, each in the order of entries. */
export interface MatchDifference {
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

/** One record kept open, so that a change of one attribute tells what it changes. */
export interface MatchHandle {
  set(attribute: string, value: AttributeValue | null | undefined): MatchDifference;
  /** What matches now, in the order of entries. Entries added, replaced or removed since count. */
  ids(): string[];
}

export interface Matcher {
  /** Ids of the entries that are true of the record, in the order of entries. */
  match(record: MatchRecord | Situated): string[];
  open(record: MatchRecord | Situated): MatchHandle;
  /** Puts an entry last. Throws for an id that is there. */
  add(entry: Entry): void;
  /** Puts a new condition in the place of the old one. Throws for an id that is not there. */
  replace(entry: Entry): void;
  /** False when there was no such entry. */
  remove(id: string): boolean;
  /** How an entry comes out for a record; undefined for an id that is not there. */
  explain(id: string, record: MatchRecord | Situated): Explanation | undefined;
}

export function createMatcher(
  entries: readonly Entry[],
  _attributes: readonly MatcherAttribute[],
): Matcher {
  const conditions = new Map<string, Condition>();
  /** Which entries read an attribute. */
  const readers = new Map<string, Set<string>>();

  const index = ({ id, when }: Entry): void => {
    conditions.set(id, when);
    for (const attribute of attributesOf(when)) {
      const ids = readers.get(attribute) ?? new Set();
      readers.set(attribute, ids.add(id));
    }
  };
  const forget = (id: string): void => {
    for (const attribute of attributesOf(conditions.get(id) as Condition)) {
      readers.get(attribute)?.delete(id);
    }
  };
  const matchSituated = (situated: Situated): string[] => {
    const ids: string[] = [];
    for (const [id, when] of conditions) if (judge(when, situated)) ids.push(id);
    return ids;
  };
  const add = (entry: Entry): void => {
    if (conditions.has(entry.id)) {
      throw new OpportuneError('opportune/duplicate-id', `entry "${entry.id}" is there already`, {
        remedy: 'Use replace, or another id',
      });
    }
    index(entry);
  };
  for (const entry of entries) add(entry);

  return {
    match: (record) => matchSituated(toSituated(record)),
    open(record) {
      const base = toSituated(record);
      const changed = new Map<string, AttributeValue | undefined>();
      const situated: Situated = {
        get: (attribute) => (changed.has(attribute) ? changed.get(attribute) : base.get(attribute)),
        children: (kind) => base.children(kind),
      };
      return {
        set(attribute, value) {
          const watching = readers.get(attribute);
          const ids = [...conditions.keys()].filter((id) => watching?.has(id));
          const before = ids.map((id) => judge(conditions.get(id) as Condition, situated));
          changed.set(attribute, value ?? undefined);
          const after = ids.map((id) => judge(conditions.get(id) as Condition, situated));
          return {
            entered: ids.filter((_, i) => after[i] && !before[i]),
            left: ids.filter((_, i) => before[i] && !after[i]),
          };
        },
        ids: () => matchSituated(situated),
      };
    },
    add,
    replace(entry) {
      if (!conditions.has(entry.id)) {
        throw new OpportuneError('opportune/unknown-id', `there is no entry "${entry.id}"`, {
          remedy: 'Use add',
        });
      }
      forget(entry.id);
      index(entry);
    },
    remove(id) {
      if (!conditions.has(id)) return false;
      forget(id);
      return conditions.delete(id);
    },
    explain(id, record) {
      const when = conditions.get(id);
      return when && explain(when, toSituated(record));
    },
  };
}

/** A plain record as a situation without children. */
export function toSituated(record: MatchRecord | Situated): Situated {
  if (isSituated(record)) return record;
  return { get: (attribute) => record[attribute] ?? undefined, children: () => [] };
}

function isSituated(record: MatchRecord | Situated): record is Situated {
  return typeof record.get === 'function';
}
