import { attributesOf } from '../../core/condition.js';
import type { Condition } from '../../domain/condition.js';
import { type Cell, LONGEST_PROGRAM, TRUE_CELL, toCells, writeProgram } from './cells.js';
import { chooseAccess, eachWatched, neededOf, threeOf } from './entry-plan.js';
import {
  addItem,
  addList,
  changeNexts,
  createLists,
  type Lists,
  packLists,
  removeItems,
  withRoom,
} from './lists.js';
import { eachBound, type Form, type Normalized, normalize } from './normalize.js';
import {
  type AttributeChannels,
  addChannel,
  CUTS,
  createVocabulary,
  setCuts,
  type Vocabulary,
} from './vocabulary.js';

/**
 * Entries by number, in order. A place to go on (`next`) is below zero when the entry is true: `~number`; else it is the
 * start of a record, or behind a record that of a program.
 */
export interface EntryIndex {
  readonly vocabulary: Vocabulary;
  readonly lists: Lists;
  readonly attributeOf: (name: string) => AttributeChannels;
  readonly numbers: Map<string, number>;
  readonly ids: (string | undefined)[];
  readonly conditions: (Condition | undefined)[];
  /** Behind each program: the number of its entry, how many lists lead to it, and which. */
  programs: Int32Array;
  programsUsed: number;
  programAt: Int32Array;
  readonly freePrograms: Map<number, number[]>;
  /** Two more cells and one of three cells, and where to go on, {@link RECORD} integers each. */
  records: Int32Array;
  recordsUsed: number;
  recordAt: Int32Array;
  readonly freeRecords: number[];
  /** A bit for each entry that is to be judged when its cells let it through, and by attribute who reads it. */
  loose: Int32Array;
  looseCount: number;
  readonly looseReaders: Map<string, Set<number>>;
}

export const RECORD = 9;
/** The list that is read for every record. */
export const ALWAYS_LIST = 0;

export function createEntryIndex(
  entries: Iterable<{ readonly id: string; readonly when: Condition }>,
  attributeOf: (name: string) => AttributeChannels,
): EntryIndex {
  const lists = createLists();
  addList(lists);
  const index: EntryIndex = {
    vocabulary: createVocabulary(lists),
    lists,
    attributeOf,
    numbers: new Map(),
    ids: [],
    conditions: [],
    programs: new Int32Array(1024),
    programsUsed: 1,
    programAt: new Int32Array(64),
    freePrograms: new Map(),
    records: new Int32Array(1024),
    recordsUsed: 0,
    recordAt: new Int32Array(64),
    freeRecords: [],
    loose: new Int32Array(64),
    looseCount: 0,
    looseReaders: new Map(),
  };
  const { vocabulary } = index;
  const bounds = new Map<string, Map<number, number>>();
  const list = [...entries];
  for (const { when } of list) {
    eachBound(when, (name, bound) => {
      const weights = bounds.get(name) ?? new Map<number, number>();
      bounds.set(name, weights.set(bound, (weights.get(bound) ?? 0) + 1));
    });
  }
  for (const [name, weights] of bounds) {
    const attribute = attributeOf(name);
    attribute.cuts = addChannel(vocabulary, attribute, CUTS);
    setCuts(vocabulary, attribute.cuts, weights);
  }
  const forms = list.map(({ when }) => {
    const normalized = normalize(when, vocabulary, attributeOf);
    countUses(normalized.form);
    return normalized;
  });
  for (const [i, entry] of list.entries()) {
    place(index, index.ids.length, entry, forms[i] as Normalized);
  }
  packLists(lists);
  return index;
}

function countUses(form: Form): void {
  if ('all' in form) for (const part of form.all) countUses(part);
  else if ('any' in form) for (const part of form.any) countUses(part);
  else {
    const { channel, codes } = form;
    channel.used += codes.length;
    for (const code of codes) channel.uses[code] = (channel.uses[code] as number) + 1;
  }
}

/** Puts an entry in, under a number that is free. */
export function putEntry(
  index: EntryIndex,
  number: number,
  entry: { readonly id: string; readonly when: Condition },
): void {
  const normalized = normalize(entry.when, index.vocabulary, index.attributeOf);
  countUses(normalized.form);
  place(index, number, entry, normalized);
}

function place(
  index: EntryIndex,
  number: number,
  { id, when }: { readonly id: string; readonly when: Condition },
  { form, loose }: Normalized,
): void {
  index.numbers.set(id, number);
  index.ids[number] = id;
  index.conditions[number] = when;
  index.programAt = withRoom(index.programAt, number + 1);
  index.recordAt = withRoom(index.recordAt, number + 1);
  index.loose = withRoom(index.loose, (number >> 5) + 1);

  let isLoose = loose;
  const leaveOut = (): void => {
    isLoose = true;
  };
  const cells = toCells(form, leaveOut);
  const code: number[] = [];
  const all = neededOf(cells);
  writeProgram({ all: [...all.cells, ...all.groups] }, code);
  if (code.length > LONGEST_PROGRAM) {
    code.length = 0;
    leaveOut();
  }

  const access = chooseAccess(form);
  const lists = access.lists ?? [ALWAYS_LIST];
  const start = keepProgram(index, number, code, lists);
  const granted = access.granted;
  const rest =
    granted === form
      ? { all: [] }
      : granted && 'all' in form
        ? toCells({ all: form.all.filter((part) => part !== granted) }, leaveOut)
        : cells;
  const { cells: needed, groups } = neededOf(rest, access.mostly);
  const [one = TRUE_CELL, other = TRUE_CELL, third = TRUE_CELL, fourth = TRUE_CELL] = needed;
  let next = ~number;
  index.recordAt[number] = -1;
  if (needed.length > 2 || groups.length > 0) {
    const simple = groups.findIndex(threeOf);
    const three = threeOf(groups[simple]) ?? [TRUE_CELL, TRUE_CELL, TRUE_CELL];
    const done = needed.length <= 4 && groups.length === (simple < 0 ? 0 : 1);
    next = keepRecord(index, number, [third, fourth, ...three], done ? ~number : start);
  }
  const pair = one.word | (other.word << 16);
  for (const list of lists) addItem(index.lists, list, pair, one.mask, other.mask, next);

  if (isLoose) {
    setBit(index.loose, number, true);
    index.looseCount++;
    for (const attribute of attributesOf(when)) {
      const readers = index.looseReaders.get(attribute) ?? new Set();
      index.looseReaders.set(attribute, readers.add(number));
    }
  } else watch(index, form, all.cells, start);
}

/** An entry is looked at when a code it tests comes or goes, and its rarest cells on other attributes hold. */
function watch(index: EntryIndex, form: Form, cells: readonly Cell[], start: number): void {
  const seen = new Set<number>();
  eachWatched(form, (list, { attribute }) => {
    if (seen.has(list)) return;
    seen.add(list);
    let one: Cell | undefined;
    let other = TRUE_CELL;
    for (const cell of cells) {
      if (cell.attribute === attribute) continue;
      if (one) {
        other = cell;
        break;
      }
      one = cell;
    }
    one ??= TRUE_CELL;
    addItem(index.lists, list, one.word | (other.word << 16), one.mask, other.mask, start);
  });
}

function keepProgram(
  index: EntryIndex,
  number: number,
  code: readonly number[],
  lists: readonly number[],
): number {
  const size = code.length + 3 + lists.length;
  const at = index.freePrograms.get(size)?.pop() ?? index.programsUsed;
  if (at === index.programsUsed) {
    index.programsUsed += size;
    index.programs = withRoom(index.programs, index.programsUsed);
  }
  index.programs.set([...code, -1, number, lists.length, ...lists], at);
  index.programAt[number] = at;
  return at;
}

function keepRecord(
  index: EntryIndex,
  number: number,
  [a, b, c, d, e]: readonly Cell[],
  next: number,
): number {
  const at = index.freeRecords.pop() ?? index.recordsUsed;
  if (at === index.recordsUsed) {
    index.recordsUsed += RECORD;
    index.records = withRoom(index.records, index.recordsUsed);
  }
  const cells = [a, b, c, d, e] as [Cell, Cell, Cell, Cell, Cell];
  const [first, second, third, fourth, fifth] = cells.map(({ word }) => word) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const masks = cells.map(({ mask }) => mask);
  index.records.set([first | (second << 16), third | (fourth << 16), fifth, ...masks, next], at);
  index.recordAt[number] = at;
  return at;
}

/** Takes an entry out; its number is free, its id forgotten. */
export function takeEntry(index: EntryIndex, number: number): void {
  const { programs, lists, conditions, ids } = index;
  const when = conditions[number] as Condition;
  const start = index.programAt[number] as number;
  const record = index.recordAt[number] as number;
  let end = start;
  while ((programs[end] as number) >= 0) end += 2;
  const size = programs[end + 2] as number;
  for (let i = 0; i < size; i++) {
    removeItems(lists, programs[end + 3 + i] as number, ~number, record >= 0 ? record : ~number);
  }
  if (hasBit(index.loose, number)) {
    setBit(index.loose, number, false);
    index.looseCount--;
    for (const attribute of attributesOf(when)) index.looseReaders.get(attribute)?.delete(number);
  } else {
    const { form } = normalize(when, index.vocabulary, index.attributeOf);
    eachWatched(form, (list) => removeItems(lists, list, start, start));
  }
  const length = end + 3 + size - start;
  const free = index.freePrograms.get(length) ?? [];
  index.freePrograms.set(length, free);
  free.push(start);
  if (record >= 0) index.freeRecords.push(record);
  index.numbers.delete(ids[number] as string);
  ids[number] = undefined;
  conditions[number] = undefined;
}

/** Gives the entries the numbers 0, 1, 2, ... again, in the same order. */
export function renumber(index: EntryIndex): void {
  const { lists, ids, conditions, programs, records } = index;
  const renumbered = new Int32Array(ids.length);
  const loose = new Int32Array(index.loose.length);
  let size = 0;
  for (const [number, id] of ids.entries()) {
    if (id === undefined) continue;
    const fresh = size++;
    renumbered[number] = fresh;
    index.numbers.set(id, fresh);
    ids[fresh] = id;
    conditions[fresh] = conditions[number];
    const start = index.programAt[number] as number;
    let end = start;
    while ((programs[end] as number) >= 0) end += 2;
    programs[end + 1] = fresh;
    index.programAt[fresh] = start;
    const record = index.recordAt[number] as number;
    if (record >= 0 && (records[record + 8] as number) < 0) records[record + 8] = ~fresh;
    index.recordAt[fresh] = record;
    if (hasBit(index.loose, number)) setBit(loose, fresh, true);
  }
  ids.length = size;
  conditions.length = size;
  index.loose = loose;
  const numberOf = (number: number): number => renumbered[number] as number;
  for (const [attribute, readers] of index.looseReaders) {
    index.looseReaders.set(attribute, new Set([...readers].map(numberOf)));
  }
  changeNexts(lists, (next) => (next < 0 ? ~numberOf(~next) : next));
}

export function hasBit(bits: Int32Array, at: number): boolean {
  return ((bits[at >> 5] as number) & (1 << at)) !== 0;
}

function setBit(bits: Int32Array, at: number, on: boolean): void {
  const word = bits[at >> 5] as number;
  bits[at >> 5] = on ? word | (1 << at) : word & ~(1 << at);
}
