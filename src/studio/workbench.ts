import type { JsonObject } from '../domain/value.js';
import type { SourceFile } from '../plan/problem.js';
import { type Choose, type Conflict, mergePlaybooks } from './merge-playbooks.js';
import { sameData } from './play-data.js';
import { type Item, type Items, readItems, writeItems } from './playbook-folder.js';

/** A playbook on which somebody works: what it was, what it is now, and the way there and back. */
export interface Workbench {
  /** As they were opened. */
  readonly files: readonly SourceFile[];
  readonly before: Items;
  readonly items: Items;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** What stood before a change. */
interface Step {
  readonly items: Items;
  /** What the change was, for the button that takes it back. */
  readonly label: string;
  /** Changes in a row with the same are one to the person who made them. */
  readonly joins?: string;
}

/** Changed items by id; null for one that was taken away. What is kept while nothing is published. */
export type Changes = { readonly [id: string]: Item | null };

const MOST_STEPS = 500;

/** What people said that belongs to no file: it is kept and undone as the rest, and never published or saved. */
const NOTES = 'notes/';
export const isNote = (id: string): boolean => id.startsWith(NOTES);
export const noteId = (name: string): string => NOTES + name;

/** @throws what {@link readItems} throws. */
export function openWorkbench(files: readonly SourceFile[], kept: Changes = {}): Workbench {
  const before = readItems(files);
  const items = new Map(before);
  for (const [id, item] of Object.entries(kept)) {
    if (item) items.set(id, item);
    else items.delete(id);
  }
  return { files, before, items, past: [], future: [] };
}

/** The workbench after what is on it was published or saved: nothing differs any more, and the way back is still there. */
export function settle(bench: Workbench, files: readonly SourceFile[]): Workbench {
  return { ...bench, files, before: bench.items };
}

/**
 * The workbench over files that somebody else put in force meanwhile: their changes and those on it together. The way back
 * ends here, because it would take away what is theirs.
 */
export function moveOnto(
  bench: Workbench,
  files: readonly SourceFile[],
  choose?: Choose,
): { readonly bench: Workbench; readonly conflicts: readonly Conflict[] } {
  const theirs = readItems(files);
  const { items, conflicts } = mergePlaybooks(bench.before, bench.items, theirs, choose);
  return { bench: { files, before: theirs, items, past: [], future: [] }, conflicts };
}

/** The workbench with another item at that id, or without it. A change that changes nothing is none. */
export function changeItem(
  bench: Workbench,
  id: string,
  item: Item | undefined,
  label: string,
  joins?: string,
): Workbench {
  const held = bench.items.get(id);
  if (held === item || (held && item && sameItem(held, item))) return bench;
  const items = new Map(bench.items);
  if (item) items.set(id, item);
  else items.delete(id);
  const last = bench.past.at(-1);
  const isSame = joins !== undefined && last?.joins === joins && bench.future.length === 0;
  const step: Step = { items: bench.items, label, ...(joins !== undefined && { joins }) };
  const past = isSame ? bench.past : [...bench.past, step].slice(-MOST_STEPS);
  return { ...bench, items, past, future: [] };
}

/** Many items changed in one step. */
export function changeItems(bench: Workbench, changes: Changes, label: string): Workbench {
  const items = new Map(bench.items);
  for (const [id, item] of Object.entries(changes)) {
    const held = items.get(id);
    if (item && !(held && sameItem(held, item))) items.set(id, item);
    else if (!item) items.delete(id);
  }
  if (
    items.size === bench.items.size &&
    [...items].every(([id, one]) => bench.items.get(id) === one)
  )
    return bench;
  return {
    ...bench,
    items,
    past: [...bench.past, { items: bench.items, label }].slice(-MOST_STEPS),
    future: [],
  };
}

/** The data of an item changed, its file and body as they are. */
export function changeData(
  bench: Workbench,
  id: string,
  data: JsonObject,
  label: string,
  joins?: string,
): Workbench {
  const held = bench.items.get(id);
  return held ? changeItem(bench, id, { ...held, data }, label, joins) : bench;
}

export function undo(bench: Workbench): Workbench {
  return step(bench, 'past', 'future');
}

export function redo(bench: Workbench): Workbench {
  return step(bench, 'future', 'past');
}

function step(bench: Workbench, from: 'past' | 'future', to: 'past' | 'future'): Workbench {
  const last = bench[from].at(-1);
  if (!last) return bench;
  return {
    ...bench,
    items: last.items,
    [from]: bench[from].slice(0, -1),
    [to]: [...bench[to], { items: bench.items, label: last.label }],
  };
}

/** What is kept until it is published: what differs, and what is in no file. */
export function keptOf(bench: Workbench): Changes {
  const notes = [...bench.items].filter(([id]) => isNote(id));
  return { ...changesOf(bench), ...Object.fromEntries(notes) };
}

/** What differs from what was opened, in its files. */
export function changesOf({ before, items }: Workbench): Changes {
  return differenceOf(before, items);
}

/** What leads from some items to others. */
export function differenceOf(before: Items, items: Items): Changes {
  const changes: { [id: string]: Item | null } = {};
  for (const [id, item] of items) {
    if (isNote(id)) continue;
    const was = before.get(id);
    if (item !== was && !(was && sameItem(was, item))) changes[id] = item;
  }
  for (const id of before.keys()) if (!items.has(id) && !isNote(id)) changes[id] = null;
  return changes;
}

/** The files as they would be written; those that nobody changed are the same objects. */
export function filesOf(bench: Workbench): readonly SourceFile[] {
  const changes = changesOf(bench);
  const touched = new Set(
    Object.entries(changes).map(([id, item]) => (item ?? bench.before.get(id))?.file),
  );
  if (touched.size === 0) return bench.files;
  const own = new Map([...bench.items].filter(([, { file }]) => touched.has(file)));
  const written = new Map(
    writeItems(
      bench.files.filter(({ path }) => touched.has(path)),
      own,
    ).map((file) => [file.path, file]),
  );
  const kept = bench.files.flatMap((file) => {
    if (!touched.has(file.path)) return [file];
    const now = written.get(file.path);
    written.delete(file.path);
    return now ? [now] : [];
  });
  return [...kept, ...written.values()];
}

const sameItem = (a: Item, b: Item): boolean =>
  a.file === b.file && a.list === b.list && a.body === b.body && sameOrder(a.data, b.data);

/** Equal, and with its keys in the same order: a person may have moved a line. */
const sameOrder = (a: JsonObject, b: JsonObject): boolean =>
  sameData(a, b) && JSON.stringify(a) === JSON.stringify(b);
