import { OpportuneError } from '../../core/errors.js';
import type { Entry } from '../../core/matcher.js';
import type { Condition } from '../../domain/condition.js';
import {
  addLists,
  type Channel,
  CUTS,
  channelOf,
  type MatchedAttribute,
  MISSING,
  type Words,
} from './channels.js';
import { type Access, chooseAccess } from './choose-access.js';
import {
  type Cell,
  createFormReader,
  eachBound,
  eachLeaf,
  type Form,
  guessShare,
  type Leaf,
  type ReadForm,
} from './forms.js';
import { addItem, createLists, type Lists, packLists, removeItems, withRoom } from './lists.js';
import { FALSE_CELL, LONGEST_PROGRAM, TRUE_CELL, writeProgram } from './programs.js';

/**
 * Entries by number, in order. Where to go on is below zero when an entry is true: `~number`; else it is the place of a
 * record or, behind a record, of a program.
 */
export interface EntryIndex {
  readonly words: Words;
  readonly readForm: (condition: Condition) => ReadForm;
  readonly numbers: Map<string, number>;
  readonly entries: (Entry | undefined)[];
  readonly ids: string[];
  /** The whole of each entry. Behind its answer stand the lists that lead to the entry, their number first. */
  programs: Int32Array;
  programsUsed: number;
  readonly programAt: number[];
  /** More cells of an entry, {@link RECORD} integers each: two that must hold, and three of which one must. */
  records: Int32Array;
  recordsUsed: number;
  readonly recordAt: number[];
  /** A bit for each entry that is to be judged when its cells let it through. */
  loose: Int32Array;
  hasLoose: boolean;
  /** Those entries, by the attributes they read. */
  readonly looseReaders: Map<string, Set<number>>;
  /** Entries put in or taken out since it was laid out. */
  edits: number;
}

const RECORD = 9;
/** The list that every record reads. */
export const ALWAYS_LIST = 0;
/** What holds more often than this is no help in finding an entry. */
const TOO_OFTEN = 0.9;
const ALWAYS: Access = { lists: [ALWAYS_LIST], cost: 1 };

export function createEntryIndex(
  entries: readonly Entry[],
  attributeOf: (name: string) => MatchedAttribute,
): EntryIndex {
  const words: Words = {
    bits: Int32Array.of(-1),
    size: 1,
    access: createLists(),
    watchers: createLists(),
    channels: [],
  };
  addLists(words); // ALWAYS_LIST
  const index: EntryIndex = {
    words,
    readForm: createFormReader(words, attributeOf),
    numbers: new Map(),
    entries: [],
    ids: [],
    programs: new Int32Array(0),
    programsUsed: 1,
    programAt: [],
    records: new Int32Array(0),
    recordsUsed: 0,
    recordAt: [],
    loose: new Int32Array(0),
    hasLoose: false,
    looseReaders: new Map(),
    edits: 0,
  };
  const bounds = new Map<string, Set<number>>();
  for (const { when } of entries) {
    eachBound(when, (name, bound) => {
      bounds.set(name, (bounds.get(name) ?? new Set()).add(bound));
    });
  }
  for (const [name, some] of bounds) {
    channelOf(
      words,
      attributeOf(name),
      CUTS,
      [...some].sort((a, b) => a - b),
    );
  }
  const forms = entries.map((entry) => useForm(index, entry));
  for (const [number, entry] of entries.entries()) {
    place(index, number, entry, forms[number] as ReadForm);
  }
  packLists(words.access);
  packLists(words.watchers);
  return index;
}

/** Puts an entry in, under a number that is free. */
export function putEntry(index: EntryIndex, number: number, entry: Entry): void {
  place(index, number, entry, useForm(index, entry));
  index.edits++;
}

function useForm(index: EntryIndex, { when }: Entry): ReadForm {
  const read = index.readForm(when);
  eachLeaf(read.form, ({ channel, codes }) => {
    channel.used += codes.length;
    for (const code of codes) channel.uses[code] = (channel.uses[code] as number) + 1;
  });
  return read;
}

function place(
  index: EntryIndex,
  number: number,
  entry: Entry,
  { form, names, loose }: ReadForm,
): void {
  const { id } = entry;
  if (index.numbers.has(id)) {
    throw new OpportuneError('opportune/duplicate-id', `entry "${id}" is there already`, {
      remedy: 'Use replace, or another id',
    });
  }
  index.numbers.set(id, number);
  index.ids[number] = id;
  index.entries[number] = entry;
  eachLeaf(form, (leaf) => {
    leaf.share = guessShare(leaf);
  });
  const parts = 'all' in form ? form.all : [form];
  const cells = parts.filter((part) => 'word' in part).sort((a, b) => a.share - b.share);
  const groups = parts.filter((part) => !('word' in part));
  const code: number[] = [];
  writeProgram({ all: [...cells, ...groups] }, true, code, []);
  const tooLong = code.length > LONGEST_PROGRAM;
  if (tooLong) code.length = 0;
  const chosen = chooseAccess(form);
  const access: Access = chosen && chosen.cost < TOO_OFTEN ? chosen : ALWAYS;
  const start = index.programsUsed;
  code.push(-1, number, access.lists.length, ...access.lists);
  index.programsUsed += code.length;
  index.programs = withRoom(index.programs, index.programsUsed);
  index.programs.set(code, start);
  index.programAt[number] = start;

  const needed = cells.filter((cell) => cell !== access.granted);
  if (access.mostly) {
    const last = needed.filter(({ channel }) => channel === access.mostly);
    needed.splice(0, needed.length, ...needed.filter((cell) => !last.includes(cell)), ...last);
  }
  const next = writeRecord(
    index,
    number,
    needed.slice(2),
    groups.filter((part) => part !== access.granted),
    start,
  );
  for (const list of access.lists) addCells(index.words.access, list, needed, next);

  index.loose = withRoom(index.loose, (number >> 5) + 1);
  if (loose || tooLong) {
    index.loose[number >> 5] = (index.loose[number >> 5] as number) | (1 << number);
    index.hasLoose = true;
    for (const name of names) {
      const readers = index.looseReaders.get(name) ?? new Set();
      index.looseReaders.set(name, readers.add(number));
    }
    return;
  }
  eachWatcher(form, (list, { attribute }) => {
    addCells(index.words.watchers, list, cells, start, attribute);
  });
}

/** An item with the first two cells, those of one attribute left out. */
function addCells(
  lists: Lists,
  list: number,
  cells: readonly Leaf[],
  next: number,
  without?: MatchedAttribute,
): void {
  let one: Cell = TRUE_CELL;
  let other: Cell = TRUE_CELL;
  for (const cell of cells) {
    if (cell.channel.attribute === without) continue;
    if (one !== TRUE_CELL) {
      other = cell;
      break;
    }
    one = cell;
  }
  addItem(lists, list, one.word | (other.word << 16), one.mask, other.mask, next);
}

/** Two more cells and one group of at most three; what is left is for the program. Gives where to go on. */
function writeRecord(
  index: EntryIndex,
  number: number,
  cells: readonly Cell[],
  groups: readonly Form[],
  program: number,
): number {
  index.recordAt[number] = -1;
  if (cells.length === 0 && groups.length === 0) return ~number;
  const three = groups.map(threeOf).find((found) => found);
  const [a = TRUE_CELL, b = TRUE_CELL, ...more] = cells;
  const [c = FALSE_CELL, d = FALSE_CELL, e = FALSE_CELL] = three ?? [TRUE_CELL];
  const done = more.length === 0 && groups.length === (three ? 1 : 0);
  const at = index.recordsUsed;
  index.recordsUsed += RECORD;
  index.records = withRoom(index.records, index.recordsUsed);
  const words = [a.word | (b.word << 16), c.word | (d.word << 16), e.word];
  const masks = [a.mask, b.mask, c.mask, d.mask, e.mask];
  index.records.set([...words, ...masks, done ? ~number : program], at);
  index.recordAt[number] = at;
  return at;
}

function threeOf(group: Form): readonly Cell[] | undefined {
  if (!('any' in group) || group.any.length > 3) return undefined;
  const cells = group.any.filter((part) => 'word' in part);
  return cells.length === group.any.length ? cells : undefined;
}

/** Calls back once with each list of watchers that an entry is in. */
function eachWatcher(form: Form, visit: (list: number, channel: Channel) => void): void {
  const seen: number[] = [];
  eachLeaf(form, ({ channel, sort, codes }) => {
    for (const code of sort === 'none' ? [MISSING, ...codes] : codes) {
      const list = channel.lists[code] as number;
      if (seen.includes(list)) continue;
      seen.push(list);
      visit(list, channel);
    }
  });
}

/** Takes an entry out; its number is free. */
export function takeEntry(index: EntryIndex, number: number): void {
  const { programs, words, entries, loose } = index;
  const { id, when } = entries[number] as Entry;
  const { form } = index.readForm(when);
  const start = index.programAt[number] as number;
  eachWatcher(form, (list) => removeItems(words.watchers, list, start, start));
  let end = start;
  while ((programs[end] as number) >= 0) end += 2;
  const record = index.recordAt[number] as number;
  const lists = programs.subarray(end + 3, end + 3 + (programs[end + 2] as number));
  for (const list of lists) removeItems(words.access, list, ~number, record < 0 ? ~number : record);
  loose[number >> 5] = (loose[number >> 5] as number) & ~(1 << number);
  for (const readers of index.looseReaders.values()) readers.delete(number);
  index.numbers.delete(id);
  entries[number] = undefined;
  index.edits++;
}
