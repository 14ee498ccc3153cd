import {
  type CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { JsonValue } from '../domain/value.js';
import { isList, isMap as isMapValue } from './play-data.js';
import { refuseEdit, refuseLoss, type YamlFile } from './yaml-document.js';
import {
  behindYaml,
  blockYaml,
  inlineYaml,
  isPlainInBlock,
  itemYaml,
  keyYaml,
  pairYaml,
  type Quote,
} from './yaml-text.js';

/** One change of a text: what stands from `from` to `to` becomes `put`. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** The node with what is read from the file alone. */
type Held = Node & { readonly srcToken?: CST.Token };
export type HeldPair = Pair<Node, Node | null> & { readonly srcToken?: CST.CollectionItem };

/** Where the value itself ends, without comments and empty lines behind it. */
function endOf(node: Node): number {
  const [from = 0, to = from] = node.range ?? [];
  const token = (node as Held).srcToken;
  if (!isCollection(node) || token?.type === 'flow-collection') return to;
  const last = node.items.at(-1) as HeldPair | Node | undefined;
  return last === undefined ? to : isMap(node) ? endOfPair(last as HeldPair) : endOf(last as Node);
}

function endOfPair({ key, value, srcToken }: HeldPair): number {
  if (value && !isEmptyNode(value)) return endOf(value);
  return colonOf(srcToken) ?? key.range?.[1] ?? 0;
}

/** A value that nobody wrote: `key:`, `-`. */
function isEmptyNode(node: Node): boolean {
  return isScalar(node) && node.value === null && node.source === '';
}

/** Where the colon of a pair ends. */
function colonOf(item: CST.CollectionItem | undefined): number | undefined {
  const colon = item?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon && colon.offset + 1;
}

function isFlow(node: Node): boolean {
  return (node as Held).srcToken?.type === 'flow-collection';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the end of the line, its line break included. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

function beginOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function refuseComment(file: YamlFile, node: unknown, between: string): void {
  if (between.includes('#'))
    throw refuseEdit(
      file,
      node,
      'a comment stands where the change would be',
      'Move the comment to a line of its own above, or change it in a text editor.',
    );
}

function refuseUnusual(file: YamlFile, node: Node, pair?: HeldPair): void {
  const start = pair?.srcToken?.start ?? [];
  const isUnusual =
    (node as Held).srcToken === undefined ||
    (pair !== undefined &&
      (start.some(({ type }) => type === 'explicit-key-ind') || !pair.key || !pair.srcToken));
  if (isUnusual)
    throw refuseEdit(file, node, 'it is written in an unusual way', 'Write it as "key: value".');
}

/** Another value in the place of one, which stands behind `behind`: a colon or a dash. */
function replaceValue(
  file: YamlFile,
  node: Node | null,
  behind: number,
  column: number,
  value: JsonValue,
): Splice {
  const { text, newline } = file;
  if (node) refuseLoss(file, node);
  const isInFlow = column < 0;
  const write = (at: number): string =>
    isInFlow ? ` ${inlineYaml(value)}` : behindYaml(value, column, at, newline);
  if (!node || isEmptyNode(node))
    return { from: behind, to: behind, put: write(columnOf(text, behind)) };
  const from = beginOf(node);
  const to = endOf(node);
  const between = text.slice(behind, from);
  const token = (node as Held).srcToken;
  const isBlock = token?.type === 'block-scalar' || (isCollection(node) && !isFlow(node));
  if (!isBlock) {
    const isText = typeof value === 'string';
    const staysPlain =
      isText && !isInFlow && quoteOf(node) === 'PLAIN' && isScalar(node) && isPlainInBlock(value);
    const put = staysPlain
      ? value
      : isText
        ? inlineYaml(value, quoteOf(node))
        : write(columnOf(text, from) - 1).slice(1);
    if (!put.includes('\n') && !isMultiline(put)) return { from, to, put };
    refuseComment(file, node, between);
    return { from: behind, to, put: write(columnOf(text, behind)) };
  }
  // What stands below the key is replaced by what stands behind it; a comment on the line of the key stays there.
  const header = token?.type === 'block-scalar' ? text.slice(from, lineEnd(text, from)) : '';
  const rest = between.slice(0, lineEnd(between, 0));
  const note = /#/.test(rest) ? ` ${rest.trim()}` : '';
  refuseComment(file, node, header + between.slice(rest.length));
  const ending = text[to - 1] === '\n' ? newline : '';
  const put = write(columnOf(text, behind));
  if (note && put.startsWith(newline)) refuseComment(file, node, note);
  return { from: behind, to, put: put + note + ending };
}

/** The quotes of a text, which another text in its place keeps. */
function quoteOf(node: Node): Quote {
  const { type } = node as { readonly type?: string };
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? type : 'PLAIN';
}

const isMultiline = (text: string): boolean => /[\r\n]/.test(text);

export function replacePair(
  file: YamlFile,
  map: YAMLMap,
  pair: HeldPair,
  value: JsonValue,
): Splice {
  refuseUnusual(file, map, pair);
  const behind = colonOf(pair.srcToken);
  const column = isFlow(map) ? -1 : columnOf(file.text, beginOf(pair.key));
  if (behind === undefined) {
    const end = pair.key.range?.[1] ?? 0;
    return { from: end, to: end, put: `: ${inlineYaml(value)}` };
  }
  return replaceValue(file, pair.value, behind, column, value);
}

export function renameKey(file: YamlFile, map: YAMLMap, pair: HeldPair, name: string): Splice {
  refuseUnusual(file, map, pair);
  refuseLoss(file, pair.key);
  const [from = 0, to = from] = pair.key.range ?? [];
  return { from, to, put: keyYaml(name) };
}

/** Where the items of a collection begin and end, with the dash or the key. */
function boundsOf(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
): readonly { readonly from: number; readonly to: number; readonly behind: number }[] {
  if (isMap(node))
    return (node.items as HeldPair[]).map((pair) => {
      refuseUnusual(file, node, pair);
      const from = beginOf(pair.key);
      return { from, to: endOfPair(pair), behind: from };
    });
  const token = (node as Held).srcToken as CST.BlockSequence | CST.FlowCollection | undefined;
  if (token?.type !== 'block-seq')
    return (node.items as Node[]).map((item) => {
      if (isMap(item) && (item as Held).srcToken === undefined) refuseUnusual(file, item);
      const from = beginOf(item);
      return { from, to: endOf(item), behind: from };
    });
  const dashes = token.items.flatMap(
    ({ start }) => start.find(({ type }) => type === 'seq-item-ind') ?? [],
  );
  return (node.items as Node[]).map((item, index) => {
    const from = dashes[index]?.offset ?? 0;
    const to = isEmptyNode(item) ? from + 1 : endOf(item);
    return { from, to, behind: from + 1 };
  });
}

export function replaceItem(file: YamlFile, seq: YAMLSeq, index: number, value: JsonValue): Splice {
  const bounds = boundsOf(file, seq)[index];
  const item = seq.items[index] as Node;
  if (!bounds) throw refuseEdit(file, seq, 'there is no such item', 'Read the file again.');
  if (isFlow(seq)) {
    refuseLoss(file, item);
    return { from: bounds.from, to: bounds.to, put: inlineYaml(value, quoteOf(item)) };
  }
  const column = columnOf(file.text, bounds.from);
  if (isCollection(item) && !isFlow(item)) {
    refuseLoss(file, item);
    refuseComment(file, item, file.text.slice(bounds.behind, beginOf(item)));
    return { from: bounds.behind, to: bounds.to, put: itemYaml(value, column, file.newline) };
  }
  return replaceValue(file, isAlias(item) ? null : item, bounds.behind, column, value);
}

/** Takes an item or a pair away with its line; comments on lines of their own stay. */
export function removeAt(file: YamlFile, node: YAMLMap | YAMLSeq, index: number): Splice {
  const { text } = file;
  const bounds = boundsOf(file, node);
  const own = bounds[index];
  const next = bounds[index + 1];
  const previous = bounds[index - 1];
  const item = node.items[index] as HeldPair | Node;
  for (const part of isMap(node) ? [(item as HeldPair).key, (item as HeldPair).value] : [item])
    if (part && !isAlias(part)) refuseLoss(file, part as Node);
  if (!own) throw refuseEdit(file, node, 'there is no such item', 'Read the file again.');
  if (isFlow(node)) {
    if (next) {
      refuseComment(file, node, text.slice(own.to, next.from));
      return { from: own.from, to: next.from, put: '' };
    }
    const from = previous?.to ?? own.from;
    refuseComment(file, node, text.slice(from, own.from));
    return { from, to: own.to, put: '' };
  }
  const start = lineStart(text, own.from);
  if (text.slice(start, own.from).trim() === '') {
    const end = lineEnd(text, own.to);
    const isLast = end === text.length && text.at(-1) !== '\n';
    const from = isLast ? text.slice(0, start).replace(/\r?\n$/, '').length : start;
    return { from, to: end, put: '' };
  }
  // The first of a map that begins on the line of a dash.
  if (!next) throw refuseEdit(file, node, 'nothing would be left', 'Take the whole away.');
  refuseComment(file, node, text.slice(own.to, next.from));
  return { from: own.from, to: next.from, put: '' };
}

/** Puts an item or a pair before the one that is now at that place, or at the end. */
export function insertAt(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
  index: number,
  value: JsonValue,
  key: string,
): Splice {
  const { text, newline } = file;
  const bounds = boundsOf(file, node);
  const previous = bounds[index - 1];
  const next = bounds[index];
  const [first] = bounds;
  if (!first) throw refuseEdit(file, node, 'it is empty', 'Write it anew.');
  if (isFlow(node)) {
    const put = isMap(node) ? `${keyYaml(key)}: ${inlineYaml(value)}` : inlineYaml(value);
    return previous
      ? { from: previous.to, to: previous.to, put: `, ${put}` }
      : { from: first.from, to: first.from, put: `${put}, ` };
  }
  const column = columnOf(text, first.from);
  const indent = ' '.repeat(column);
  const line = isMap(node)
    ? pairYaml(key, value, column, newline)
    : `-${itemYaml(value, column, newline)}`;
  if (!previous && next) return { from: next.from, to: next.from, put: line + newline + indent };
  const end = lineEnd(text, previous?.to ?? first.to);
  const isOpen = text[end - 1] !== '\n';
  return {
    from: end,
    to: end,
    put: isOpen ? newline + indent + line : indent + line + newline,
  };
}

/** The whole document anew, where it held nothing or one value. */
export function replaceAll(file: YamlFile, node: Node | null, value: JsonValue): Splice {
  if (node) refuseLoss(file, node);
  const isLong = (isMapValue(value) || isList(value)) && Object.keys(value).length > 0;
  const put = isLong ? blockYaml(value, 0, file.newline) : inlineYaml(value);
  const from = node?.range?.[0] ?? file.text.length;
  return { from, to: node ? endOf(node) : from, put };
}
