import { explain, judge } from '../../core/condition.js';
import { OpportuneError } from '../../core/errors.js';
import type { Entry } from '../../core/matcher.js';
import type { Explanation, Situated } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';

export type { MatcherAttribute, Situated };

import {
  daysOf,
  EXACT,
  type MatchedAttribute,
  type MatcherAttribute,
  readValue,
  type Value,
  type Values,
} from './channels.js';
import { createEntryIndex, type EntryIndex, putEntry, takeEntry } from './entry-index.js';
import { changeRead, createScratch, matchRead, readRecord } from './match-record.js';

/** Values by qualified attribute id, as enumerable properties; what is absent, null or NaN is missing. It has no children. */
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
  /** Lets the days since and until the record's dates move on to another day. */
  advance(today: number): MatchDifference;
  /** What matches now, in the order of entries. Entries added, replaced or removed since count. */
  ids(): string[];
}

/**
 * `today`, a day number, gives a value to attributes derived as days since or until a date, where the record has none of
 * its own; without it they are missing.
 */
export interface Matcher {
  /** Ids of the entries that are true of the record, in the order of entries. */
  match(record: MatchRecord | Situated, today?: number): string[];
  open(record: MatchRecord, today?: number): MatchHandle;
  /** Puts an entry last. Throws for an id that is there. */
  add(entry: Entry): void;
  /** Puts a new condition in the place of the old one. Throws for an id that is not there. */
  replace(entry: Entry): void;
  /** False when there was no such entry. */
  remove(id: string): boolean;
  /** How an entry comes out for a record; undefined for an id that is not there. */
  explain(id: string, record: MatchRecord | Situated, today?: number): Explanation | undefined;
}

const EDITS_BEFORE_RENEWAL = 1000;

export function createMatcher(
  entries: readonly Entry[],
  attributes: readonly MatcherAttribute[],
): Matcher {
  const declared = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  /** Attributes that hold lists, declared so or found out. */
  const multi = new Set(attributes.flatMap(({ id, type }) => (type === 'multi' ? [id] : [])));
  /** By attribute, those that are derived from it as days. */
  const dependents = new Map<string, string[]>();
  for (const { id } of attributes) {
    const source = daysOf(id, declared)?.source;
    if (source) dependents.set(source, [...(dependents.get(source) ?? []), id]);
  }
  const scratch = createScratch();
  let known: Map<string, MatchedAttribute>;
  let index: EntryIndex;
  /** The open record that the bits are those of. */
  let read: OpenRecord | undefined;

  const attributeOf = (name: string): MatchedAttribute => {
    const found = known.get(name) ?? {
      name,
      multi: multi.has(name),
      days: daysOf(name, declared),
      channels: [],
      next: undefined,
    };
    known.set(name, found);
    return found;
  };
  const build = (list: readonly Entry[]): void => {
    known = new Map();
    read = undefined;
    index = createEntryIndex(list, attributeOf);
  };
  const rebuild = (): void => build(index.entries.filter((entry) => entry !== undefined));
  const readValues = (values: Values, today: number | undefined): void => {
    read = undefined;
    for (;;) {
      const attribute = readRecord(index, known, scratch, values, today);
      if (!attribute) return;
      multi.add(attribute.name);
      rebuild();
    }
  };
  const situate = (record: MatchRecord | Situated, today: number | undefined): Situated => {
    const read = isSituated(record) ? record.get : (name: string) => record[name];
    return {
      get: (name) => readValue(attributeOf(name), read, today) ?? undefined,
      children: (kind) => (isSituated(record) ? record.children(kind) : []),
    };
  };
  /** All that the index reads of a situation, each once. */
  const readAll = (situated: Situated): Values => {
    const values: { [name: string]: Value } = {};
    for (const { name, days, channels } of known.values()) {
      if (channels.length === 0) continue;
      values[name] = situated.get(name);
      if (days) values[days.source] ??= situated.get(days.source);
    }
    return values;
  };
  /** Calls back with the loose entries that read one of the attributes and are true. */
  const eachLoose = (
    names: readonly string[],
    situated: Situated,
    visit: (number: number) => void,
  ): void => {
    const numbers = new Set(names.flatMap((name) => [...(index.looseReaders.get(name) ?? [])]));
    for (const number of numbers) {
      if (judge((index.entries[number] as Entry).when, situated)) visit(number);
    }
  };

  /** An open record is a few fields beside its own values: a team keeps one for each of its accounts. */
  class OpenRecord implements MatchHandle {
    private readonly values: { [name: string]: Value };
    private today: number | undefined;

    constructor(record: MatchRecord, today: number | undefined) {
      this.values = { ...record };
      this.today = today;
    }

    set(name: string, value: Value): MatchDifference {
      const attribute = known.get(name);
      if (attribute?.channels[EXACT] && Array.isArray(value)) {
        multi.add(name);
        rebuild();
      }
      return this.shift([name, ...(dependents.get(name) ?? [])], () => {
        this.values[name] = value;
      });
    }

    advance(today: number): MatchDifference {
      return this.shift([...dependents.values()].flat(), () => {
        this.today = today;
      });
    }

    ids(): string[] {
      readValues(this.values, this.today);
      read = this;
      return matchRead(index, scratch, () => situate(this.values, this.today));
    }

    private shift(names: readonly string[], change: () => void): MatchDifference {
      const { values } = this;
      if (read !== this) readValues(values, this.today);
      read = this;
      /** By entry: 1 entered, -1 left, 0 came and went while several attributes changed one after the other. */
      const net = new Map<number, number>();
      const tell = (number: number, one: number): void => {
        net.set(number, (net.get(number) ?? 0) + one);
      };
      const before = situate(values, this.today);
      const from = names.map(before.get);
      if (index.loose.size > 0) eachLoose(names, before, (number) => tell(number, -1));
      change();
      const after = situate(values, this.today);
      for (const [i, name] of names.entries())
        changeRead(index, scratch, attributeOf(name), from[i], after.get(name), tell);
      if (index.loose.size > 0) eachLoose(names, after, (number) => tell(number, 1));
      const entered: number[] = [];
      const left: number[] = [];
      for (const [number, one] of net) if (one !== 0) (one > 0 ? entered : left).push(number);
      return { entered: idsOf(entered), left: idsOf(left) };
    }
  }
  const idsOf = (numbers: number[]): string[] =>
    numbers.sort((a, b) => a - b).map((number) => index.ids[number] as string);

  /** Takes an entry out. Room is not used again, so once in a while everything is laid out anew. */
  const take = (number: number): void => {
    read = undefined;
    takeEntry(index, number);
  };
  const renew = (): void => {
    if (index.edits > EDITS_BEFORE_RENEWAL + 2 * index.numbers.size) rebuild();
  };

  build(entries);

  return {
    match(record, today) {
      readValues(isSituated(record) ? readAll(record) : record, today);
      return matchRead(index, scratch, () => situate(record, today));
    },
    open: (record, today) => new OpenRecord(record, today),
    add(entry) {
      renew();
      read = undefined;
      putEntry(index, index.ids.length, entry);
    },
    replace(entry) {
      const { id } = entry;
      if (!index.numbers.has(id)) {
        throw new OpportuneError('opportune/unknown-id', `there is no entry "${id}"`, {
          remedy: 'Use add',
        });
      }
      renew();
      const number = index.numbers.get(id) as number;
      take(number);
      putEntry(index, number, entry);
    },
    remove(id) {
      const number = index.numbers.get(id);
      if (number === undefined) return false;
      take(number);
      return true;
    },
    explain(id, record, today) {
      const when = index.entries[index.numbers.get(id) ?? -1]?.when;
      return when && explain(when, situate(record, today));
    },
  };
}

function isSituated(record: MatchRecord | Situated): record is Situated {
  return typeof record.get === 'function';
}
