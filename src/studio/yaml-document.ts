import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';
import { OpportuneError } from '../core/errors.js';
import type { JsonValue } from '../domain/value.js';
import { YAML_FORM } from '../plan/yaml-tree.js';

/** A YAML file with one document, and what an edit has to know of it. */
export interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly contents: Node | null;
  /** Anchors that something refers to. */
  readonly aliased: ReadonlySet<string>;
  readonly newline: '\n' | '\r\n';
  lineOf(offset: number): number;
}

/** @throws OpportuneError `opportune/cannot-edit` when it is not YAML, or more than one document. */
export function openYaml(text: string, file: string, firstLine = 1): YamlFile {
  const lines = new LineCounter();
  const lineOf = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  const documents = parseAllDocuments(text, {
    ...YAML_FORM,
    uniqueKeys: true,
    keepSourceTokens: true,
    lineCounter: lines,
  });
  const refuse = (offset: number, what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/cannot-edit', what, {
      where: `${file}:${lineOf(offset)}`,
      remedy,
    });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (!document) throw refuse(0, 'the file is empty', 'Write it anew.');
  if (second)
    throw refuse(second.range[0], 'a second document begins here', 'Move it to a file of its own.');
  const [fault] = document.errors;
  if (fault)
    throw refuse(fault.pos[0], `not YAML: ${fault.message}`, 'Correct it in a text editor.');
  const aliased = new Set<string>();
  visit(document, { Alias: (_, { source }) => void aliased.add(source) });
  return {
    file,
    text,
    document,
    contents: document.contents,
    aliased,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    lineOf,
  };
}

/** What the file says, as plain values: keys are strings, aliases are followed. */
export function dataOf(node: unknown, file: YamlFile, depth = 0): JsonValue {
  if (depth > 60) throw refuseEdit(file, node, 'values are nested too deep', 'Write it flatter.');
  if (isAlias(node)) return dataOf(node.resolve(file.document), file, depth + 1);
  if (isSeq(node)) return node.items.map((item) => dataOf(item, file, depth + 1));
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [keyOf(key), dataOf(value, file, depth + 1)]),
    );
  if (!isScalar(node)) return null;
  return ['string', 'number', 'boolean'].includes(typeof node.value)
    ? (node.value as string | number | boolean)
    : null;
}

/** A key as the compiler takes it: as written, without quotes. */
export function keyOf(key: unknown): string {
  if (!isScalar(key)) return '';
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

export function refuseEdit(
  { file, lineOf }: YamlFile,
  node: unknown,
  what: string,
  remedy: string,
): OpportuneError {
  const range = (node as { range?: readonly number[] } | null)?.range;
  return new OpportuneError('opportune/cannot-edit', what, {
    where: `${file}:${lineOf(range?.[0] ?? 0)}`,
    remedy,
  });
}

/** Refuses to change what another place of the file repeats. */
export function refuseShared(file: YamlFile, node: unknown): void {
  if (isAlias(node))
    throw refuseEdit(
      file,
      node,
      `the value is "*${node.source}", which stands elsewhere`,
      'Write the value out in its place first.',
    );
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined && file.aliased.has(anchor))
    throw refuseEdit(
      file,
      node,
      `other places repeat this as "*${anchor}"`,
      'Write the value out in those places first.',
    );
}

/** Refuses to take away what the file needs elsewhere, or a tag that gives the value its type. */
export function refuseLoss(file: YamlFile, node: unknown): void {
  refuseShared(file, node);
  const { anchor, tag } = node as { anchor?: string; tag?: string };
  if (anchor !== undefined || tag !== undefined)
    throw refuseEdit(
      file,
      node,
      anchor === undefined ? `the value has the tag "${tag}"` : `the value is named "&${anchor}"`,
      'Take the mark away in a text editor first.',
    );
  if (!isCollection(node)) return;
  for (const item of node.items)
    if (isMap(node)) {
      const { key, value } = item as { key: unknown; value: unknown };
      refuseLossIn(file, key);
      refuseLossIn(file, value);
    } else refuseLossIn(file, item);
}

function refuseLossIn(file: YamlFile, node: unknown): void {
  // An alias may go: what it repeats stays.
  if (node && !isAlias(node)) refuseLoss(file, node);
}
