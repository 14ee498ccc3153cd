import { isAlias, isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { JsonValue } from '../domain/value.js';
import { isList, isMap as isMapValue, type Path, sameData, setAt } from './play-data.js';
import {
  dataOf,
  keyOf,
  openYaml,
  refuseEdit,
  refuseShared,
  type YamlFile,
} from './yaml-document.js';
import {
  type HeldPair,
  insertAt,
  removeAt,
  renameKey,
  replaceAll,
  replaceItem,
  replacePair,
  type Splice,
} from './yaml-splice.js';

const BOM = '\uFEFF';
/** More changes than this in one file are no edit. */
const MOST_CHANGES = 5000;

/**
 * What a YAML file says, as plain values.
 * @throws OpportuneError `opportune/cannot-edit` when it is not YAML, or more than one document.
 */
export function readYaml(text: string, file = 'the file'): JsonValue {
  const opened = openYaml(text.replace(/^\uFEFF/, ''), file);
  return dataOf(opened.contents, opened);
}

/**
 * The text with another value at a place of it; undefined takes it away. Only the lines of that place change: comments,
 * quotes, the order of keys, line breaks and a byte order mark stay.
 * @throws OpportuneError `opportune/cannot-edit`, with the line and what to do, where it cannot be done without loss.
 */
export function editYaml(
  text: string,
  path: Path,
  value: JsonValue | undefined,
  file = 'the file',
): string {
  return rewriteYaml(text, setAt(readYaml(text, file), path, value) ?? null, file);
}

/** The text changed so that it says this, and nowhere else. @throws as {@link editYaml}. */
export function rewriteYaml(
  text: string,
  wanted: JsonValue,
  file = 'the file',
  firstLine = 1,
): string {
  const mark = text.startsWith(BOM) ? BOM : '';
  let now = text.slice(mark.length);
  for (let changes = 0; ; changes += 1) {
    const opened = openYaml(now, file, firstLine);
    const splice = nextChange(opened, opened.contents, wanted);
    if (!splice) {
      if (sameData(dataOf(opened.contents, opened), wanted)) return mark + now;
      throw refuseEdit(opened, null, 'the change cannot be written', 'Write it in a text editor.');
    }
    if (changes > MOST_CHANGES)
      throw refuseEdit(opened, null, 'too much changes at once', 'Write the file anew.');
    now = now.slice(0, splice.from) + splice.put + now.slice(splice.to);
  }
}

/** The first change on the way from what a file says to what it should say. */
function nextChange(file: YamlFile, node: Node | null, wanted: JsonValue): Splice | undefined {
  if (!node || sameData(dataOf(node, file), wanted))
    return node || wanted === null ? undefined : replaceAll(file, node, wanted);
  if (isMap(node) && isMapValue(wanted) && node.items.length > 0 && Object.keys(wanted).length > 0)
    return changeMap(file, node, wanted);
  if (isSeq(node) && isList(wanted) && node.items.length > 0 && wanted.length > 0)
    return changeList(file, node, wanted);
  return replaceAll(file, node, wanted);
}

/** Into a value where it can be changed in part. */
function changeInside(
  file: YamlFile,
  node: Node | null,
  wanted: JsonValue,
  replace: () => Splice,
): Splice | undefined {
  if (node) refuseShared(file, node);
  const isPart =
    (isMap(node) &&
      isMapValue(wanted) &&
      node.items.length > 0 &&
      Object.keys(wanted).length > 0) ||
    (isSeq(node) && isList(wanted) && node.items.length > 0 && wanted.length > 0);
  return isPart ? nextChange(file, node, wanted) : replace();
}

function changeMap(
  file: YamlFile,
  map: YAMLMap,
  wanted: { readonly [key: string]: JsonValue },
): Splice | undefined {
  refuseShared(file, map);
  const pairs = map.items as HeldPair[];
  const keys = pairs.map(({ key }) => keyOf(key));
  const names = Object.keys(wanted);
  // A key that stands where another stood is the same pair under another name.
  const renamed = names.findIndex(
    (name, index) =>
      !keys.includes(name) && index < keys.length && !names.includes(keys[index] ?? ''),
  );
  const old = pairs[renamed];
  if (old && names.length === keys.length) return renameKey(file, map, old, names[renamed] ?? '');
  for (const [index, pair] of pairs.entries()) {
    const name = keys[index] ?? '';
    if (!Object.hasOwn(wanted, name)) return removeAt(file, map, index);
    const value = wanted[name] ?? null;
    if (sameData(dataOf(pair.value, file), value)) continue;
    const splice = changeInside(file, pair.value, value, () => replacePair(file, map, pair, value));
    if (splice) return splice;
  }
  const missing = names.findIndex((name) => !keys.includes(name));
  const name = names[missing];
  if (name === undefined) return undefined;
  const before = names.slice(0, missing).findLast((one) => keys.includes(one));
  const at = before === undefined ? 0 : keys.indexOf(before) + 1;
  return insertAt(file, map, at, wanted[name] ?? null, name);
}

const idOf = (value: JsonValue | undefined): JsonValue | undefined =>
  isMapValue(value) ? value.id : undefined;

function changeList(
  file: YamlFile,
  seq: YAMLSeq,
  wanted: readonly JsonValue[],
): Splice | undefined {
  refuseShared(file, seq);
  const held = seq.items.map((item) => dataOf(item, file));
  const first = held.findIndex((item, index) => !sameData(item, wanted[index]));
  const from = first < 0 ? held.length : first;
  let same = 0;
  while (
    same < Math.min(held.length, wanted.length) - from &&
    sameData(held.at(-1 - same), wanted.at(-1 - same))
  )
    same += 1;
  const old = held.slice(from, held.length - same);
  const fresh = wanted.slice(from, wanted.length - same);
  const [oldOne] = old;
  const [freshOne = null] = fresh;
  const has = (list: readonly JsonValue[], one: JsonValue | undefined): boolean =>
    idOf(one) !== undefined && list.some((item) => sameData(idOf(item), idOf(one)));
  const isSame = idOf(oldOne) !== undefined && sameData(idOf(oldOne), idOf(freshOne));
  if (old.length === 0) return insertAt(file, seq, from, freshOne, '');
  if (fresh.length === 0) return removeAt(file, seq, from);
  if (!isSame && old.length > fresh.length && !has(fresh, oldOne)) return removeAt(file, seq, from);
  if (!isSame && old.length < fresh.length && !has(old, freshOne))
    return insertAt(file, seq, from, freshOne, '');
  const item = seq.items[from] as Node;
  return changeInside(file, isAlias(item) ? item : (item ?? null), freshOne, () =>
    replaceItem(file, seq, from, freshOne),
  );
}
