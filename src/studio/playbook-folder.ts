import { OpportuneError } from '../core/errors.js';
import type { JsonObject, JsonValue } from '../domain/value.js';
import type { SourceFile } from '../plan/problem.js';
import { readYaml, rewriteYaml } from './edit-yaml.js';
import { isList, isMap, sameData } from './play-data.js';
import { blockYaml } from './yaml-text.js';

/** One thing of a playbook that a person edits: a play, an attribute, a goal, the settings of a file. */
export interface Item {
  /** `plays/silent-buyer.yaml`, or an entry of a list in a file: `attributes.yaml#attributes/opportunity.stage`. */
  readonly id: string;
  readonly file: string;
  /** The list that it is an entry of. */
  readonly list?: string;
  readonly data: JsonObject;
  /** What stands below the front matter of a Markdown file. */
  readonly body?: string;
}

export type Items = ReadonlyMap<string, Item>;

/** Lists whose entries are items of their own. */
const LISTS: { readonly [file: string]: readonly string[] } = {
  'attributes.yaml': ['attributes'],
  'products.yaml': ['products'],
  'playbook.yaml': ['goals', 'reasons'],
};

/**
 * The items of a playbook folder, in the order of its files. A file that holds no map, or cannot be read, is no item: it stays
 * as it is.
 */
export function readItems(files: readonly SourceFile[]): Items {
  const items = new Map<string, Item>();
  for (const { path, text, bytes } of files) {
    if (bytes !== undefined) continue;
    const parts = read(path, text);
    if (!parts) continue;
    const { data, body } = parts;
    const lists = (LISTS[path] ?? []).filter((list) => areEntries(data[list]));
    const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !lists.includes(key)));
    items.set(path, { id: path, file: path, data: rest, ...(body !== undefined && { body }) });
    for (const list of lists)
      for (const entry of data[list] as readonly JsonObject[]) {
        const id = `${path}#${list}/${nameOf(entry)}`;
        items.set(id, { id, file: path, list, data: entry });
      }
  }
  return items;
}

/** Maps with names of their own, each once; otherwise the list is a field of its file. */
function areEntries(value: JsonValue | undefined): value is readonly JsonObject[] {
  if (!isList(value) || !value.every((entry) => isMap(entry) && typeof entry.id === 'string'))
    return false;
  return new Set(value.map((entry) => nameOf(entry as JsonObject))).size === value.length;
}

/** Attributes of two kinds of records may have the same id. */
function nameOf({ of, id }: JsonObject): string {
  return typeof of === 'string' ? `${of}.${String(id)}` : String(id);
}

function read(
  path: string,
  text: string,
): { readonly data: JsonObject; readonly body?: string } | undefined {
  const front = /\.md$/.test(path) ? splitText(text) : undefined;
  if (!/\.yaml$/.test(path) && !front) return undefined;
  try {
    const data = readYaml(front ? front.yaml : text, path);
    return isMap(data) ? { data, ...(front && { body: front.body }) } : undefined;
  } catch {
    return undefined;
  }
}

/** The parts of a Markdown file, whose sum is its text. */
function splitText(
  text: string,
):
  | { readonly head: string; readonly yaml: string; readonly fence: string; readonly body: string }
  | undefined {
  const match = /^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?\r?\n)?(---[ \t]*(?:\r?\n|$))/.exec(text);
  const [whole, head, yaml = '', fence] = match ?? [];
  if (whole === undefined || head === undefined || fence === undefined) return undefined;
  return { head, yaml, fence, body: text.slice(whole.length) };
}

/**
 * The files with these items in place of those that they hold now. A file whose items say the same keeps every byte; in the
 * others only the lines of what was changed differ. New items of a list go to its end, new files are written anew, and a
 * file whose item is gone is left out.
 * @throws OpportuneError `opportune/cannot-edit`, with file, line and what to do, where it cannot be done without loss.
 */
export function writeItems(files: readonly SourceFile[], items: Items): readonly SourceFile[] {
  const before = readItems(files);
  const known = new Set(files.map(({ path }) => path));
  const kept = files.flatMap((file): SourceFile[] => {
    const item = items.get(file.path);
    if (!before.has(file.path)) return [file];
    if (!item) return [];
    const text = writeFile(file, before, items, item);
    return [text === file.text ? file : { ...file, text }];
  });
  const added = [...items.values()]
    .filter((item) => item.list === undefined && !known.has(item.file))
    .map((item) => ({ path: item.file, text: newFile(item, entriesIn(item.file, items)) }));
  for (const { id, file, list } of items.values())
    if (list !== undefined && !items.has(file))
      throw new OpportuneError('opportune/cannot-edit', `"${id}" has no file`, {
        where: file,
        remedy: 'Keep the file, or take its items away with it.',
      });
  return [...kept, ...added];
}

function entriesIn(file: string, items: Items): JsonObject {
  const lists: { [list: string]: JsonValue[] } = {};
  for (const item of items.values())
    if (item.file === file && item.list !== undefined) {
      lists[item.list] ??= [];
      lists[item.list]?.push(item.data);
    }
  return lists;
}

function writeFile(file: SourceFile, before: Items, items: Items, item: Item): string {
  const { path, text } = file;
  const front = item.body === undefined ? undefined : splitText(text);
  const yaml = front ? front.yaml : text;
  const held = readYaml(yaml, path) as JsonObject;
  const lists = entriesIn(path, items);
  const keys = Object.keys(item.data);
  // Lists whose entries are items stand where the file has them.
  const own = before.get(path)?.data ?? {};
  for (const [index, key] of Object.keys(held).entries()) {
    if (Object.hasOwn(own, key) || keys.includes(key)) continue;
    const previous = Object.keys(held)
      .slice(0, index)
      .findLast((one) => keys.includes(one));
    keys.splice(previous === undefined ? 0 : keys.indexOf(previous) + 1, 0, key);
  }
  for (const key of Object.keys(lists)) if (!keys.includes(key)) keys.push(key);
  const wanted = keys.map((key): [string, JsonValue] => [
    key,
    item.data[key] ?? (Object.hasOwn(item.data, key) ? null : (lists[key] ?? [])),
  ]);
  const data = Object.fromEntries(wanted);
  const written = sameData(held, data) ? yaml : rewriteYaml(yaml, data, path, front ? 2 : 1);
  return front ? front.head + written + front.fence + (item.body ?? '') : written;
}

function newFile({ data, body, file }: Item, lists: JsonObject): string {
  const yaml = `${blockYaml({ ...data, ...lists }, 0, '\n')}\n`;
  if (body === undefined && /\.yaml$/.test(file)) return yaml;
  return `---\n${yaml}---\n${body ?? ''}`;
}
