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
import { addItem, createLists, type Lists, packLists, withRoom } from './lists.js';
import { FALSE_CELL, LONGEST_PROGRAM, TRUE_CELL, writeProgram } from './programs.js';

/** Integers, written one behind the other. */
interface Code {
  code: Int32Array;
  used: number;
}

/** Entries by number, in order. */
export interface EntryIndex {
  readonly words: Words;
  readonly readForm: (condition: Condition) => ReadForm;
  readonly numbers: Map<string, number>;
  readonly entries: (Entry | undefined)[];
  readonly ids: string[];
  /** The whole of each entry. */
  readonly programs: Code;
  readonly programAt: number[];
  /**
   * What ways need beyond the cells of an item, nine integers each: two cells that must hold, three of which one must,
   * and where to go on: `~number` when the entry is true then, else the place of its program.
   */
  readonly records: Code;
  /** A bit for each entry whose way may lead to it wrongly: it is loose, or was edited. */
  checked: Int32Array;
  hasChecked: boolean;
  /** Entries that are to be judged when their program is true, and by the attributes that they read. */
  readonly loose: Set<number>;
  readonly looseReaders: Map<string, Set<number>>;
  /** Entries put in or taken out since it was laid out. */
  edits: number;
}

/** The list that every record reads. */
export const ALWAYS_LIST = 0;
/** What holds more often than this is no help in finding an entry. */
const TOO_OFTEN = 0.9;
/** An entry of more alternatives is led to by what it has in common. */
const MOST_WAYS = 8;

export function createEntryIndex(
  entries: readonly Entry[],
  attributeOf: (name: string) => MatchedAttribute,
): EntryIndex {
  const words: Words = {
    bits: Int32Array.of(-1),
    missing: Int32Array.of(-1),
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
    programs: { code: new Int32Array(0), used: 0 },
    programAt: [],
    records: { code: new Int32Array(0), used: 0 },
    checked: new Int32Array(0),
    hasChecked: false,
    loose: new Set(),
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
  const forms = entries.map((entry, number) => register(index, number, entry));
  const first = forms.map((read) => planEntry(read).ways[0]?.access.lists[0] ?? 0);
  // What one list leads to lies together. Plans are made twice, because all at once they would crowd the memory.
  const order = [...forms.keys()].sort((a, b) => (first[a] as number) - (first[b] as number));
  for (const number of order) place(index, number, planEntry(forms[number] as ReadForm));
  packLists(words.access);
  packLists(words.watchers);
  return index;
}

/** Puts an entry in, under a number that is free. */
export function putEntry(index: EntryIndex, number: number, entry: Entry): void {
  place(index, number, planEntry(register(index, number, entry)));
  index.edits++;
}

/** Takes an entry out; its number is free. Items that lead to it stay, and lead to what is false. */
export function takeEntry(index: EntryIndex, number: number): void {
  const start = index.programAt[number] as number;
  index.programs.code.fill(0, start, start + 2);
  check(index, number);
  index.loose.delete(number);
  for (const readers of index.looseReaders.values()) readers.delete(number);
  index.numbers.delete(index.ids[number] as string);
  index.entries[number] = undefined;
  index.edits++;
}

function check(index: EntryIndex, number: number): void {
  index.checked = withRoom(index.checked, (number >> 5) + 1);
  index.checked[number >> 5] = (index.checked[number >> 5] as number) | (1 << number);
  index.hasChecked = true;
}

function register(index: EntryIndex, number: number, entry: Entry): ReadForm {
  const { id } = entry;
  if (index.numbers.has(id)) {
    throw new OpportuneError('opportune/duplicate-id', `entry "${id}" is there already`, {
      remedy: 'Use replace, or another id',
    });
  }
  index.numbers.set(id, number);
  index.ids[number] = id;
  index.entries[number] = entry;
  const read = index.readForm(entry.when);
  eachLeaf(read.form, ({ channel, codes }) => {
    channel.used += codes.length;
    for (const code of codes) channel.uses[code] = (channel.uses[code] as number) + 1;
  });
  return read;
}

interface Plan extends ReadForm {
  readonly ways: readonly Way[];
}

/** A conjunction that makes an entry true, and the lists that lead to it. */
interface Way {
  readonly form: Form;
  /** The rarest first. */
  readonly cells: readonly Leaf[];
  readonly groups: readonly Form[];
  readonly access: Access;
}

function planEntry(read: ReadForm): Plan {
  const { form } = read;
  eachLeaf(form, (leaf) => {
    leaf.share = guessShare(leaf);
  });
  const forms = 'any' in form && form.any.length <= MOST_WAYS ? form.any : [form];
  return { ...read, ways: forms.map(planWay) };
}

function planWay(form: Form): Way {
  const parts = 'all' in form ? form.all : [form];
  const chosen = chooseAccess(form);
  return {
    form,
    cells: parts.filter((part) => 'word' in part).sort((a, b) => a.share - b.share),
    groups: parts.filter((part) => !('word' in part)),
    access: chosen && chosen.cost < TOO_OFTEN ? chosen : { lists: [ALWAYS_LIST], cost: 1 },
  };
}

function place(index: EntryIndex, number: number, { form, names, loose, ways }: Plan): void {
  const { access, watchers } = index.words;
  const program: number[] = [];
  const [way] = ways;
  // What is rare decides soonest.
  writeProgram(
    way && ways.length === 1 ? { all: [...way.cells, ...way.groups] } : form,
    true,
    program,
    [],
  );
  const tooLong = program.length > LONGEST_PROGRAM;
  if (tooLong) program.length = 0;
  const start = append(index.programs, [...program, -1, number]);
  index.programAt[number] = start;
  for (const { form, cells, groups, access: by } of ways) {
    const needed = cells.filter((cell) => cell !== by.granted);
    const mostly = needed.filter(({ channel }) => channel === by.mostly);
    const rest = needed.filter(({ channel }) => channel !== by.mostly).concat(mostly);
    const others = groups.filter((part) => part !== by.granted);
    const next = writeRecord(index, number, rest.slice(2), others, start);
    for (const list of by.lists) addCells(access, list, rest, next);
    if (loose || tooLong) continue;
    eachWatcher(form, (list, { attribute }) => {
      addCells(watchers, list, cells, start, attribute);
    });
  }
  if (!loose && !tooLong) return;
  check(index, number);
  index.loose.add(number);
  for (const name of names) {
    const readers = index.looseReaders.get(name) ?? new Set();
    index.looseReaders.set(name, readers.add(number));
  }
}

/** Gives the place. */
function append(into: Code, code: readonly number[]): number {
  const at = into.used;
  into.used += code.length;
  into.code = withRoom(into.code, into.used);
  into.code.set(code, at);
  return at;
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
  if (cells.length === 0 && groups.length === 0) return ~number;
  const three = groups.map(threeOf).find((found) => found);
  const [a = TRUE_CELL, b = TRUE_CELL, ...more] = cells;
  const [c = FALSE_CELL, d = FALSE_CELL, e = FALSE_CELL] = three ?? [TRUE_CELL];
  const done = more.length === 0 && groups.length === (three ? 1 : 0);
  const words = [a.word | (b.word << 16), c.word | (d.word << 16), e.word];
  const masks = [a.mask, b.mask, c.mask, d.mask, e.mask];
  return append(index.records, [...words, ...masks, done ? ~number : program]);
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
