import { isSeq, isMap as isYamlMap, isScalar as isYamlScalar, parseDocument } from 'yaml';
import type { JsonValue } from '../domain/value.js';
import { isList, isMap } from './play-data.js';
import { keyOf } from './yaml-document.js';

export type Quote = 'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE';

/** Longer ones are written over several lines, where that can be. */
const LINE_WIDTH = 100;

/** A value on one line, as it may stand in a flow collection and behind a key. */
export function inlineYaml(value: JsonValue, quote: Quote = 'PLAIN'): string {
  if (isList(value)) return `[${value.map((item) => inlineYaml(item)).join(', ')}]`;
  if (isMap(value)) {
    const pairs = Object.entries(value).map(
      ([key, held]) => `${keyYaml(key)}: ${inlineYaml(held)}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return typeof value === 'string' ? textYaml(value, quote) : String(value);
}

/** In the quotes asked for where they can hold it; without any only what is read as this very text. */
function textYaml(text: string, quote: Quote): string {
  if (quote === 'QUOTE_SINGLE' && /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(text))
    return `'${text.replaceAll("'", "''")}'`;
  if (quote === 'PLAIN' && isReadAs(text)) return text;
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isReadAs(text: string): boolean {
  if (text !== text.trim() || !/^[^\n\r"'#&*!|>%@`{}[\],?-][^\n\r{}[\],]*$/.test(text))
    return false;
  if (/: | #|:$/.test(text)) return false;
  const { contents, errors } = parseDocument(`[${text}]`, { schema: 'core', logLevel: 'silent' });
  if (errors.length > 0 || !isSeq(contents) || contents.items.length !== 1) return false;
  const [item] = contents.items;
  return isYamlScalar(item) && item.value === text;
}

/** Whether a text may stand behind a key in a block as it is: braces and commas mean nothing there. */
export function isPlainInBlock(text: string): boolean {
  if (text !== text.trim() || /[\r\n]/.test(text)) return false;
  const { contents, errors } = parseDocument(`key: ${text}`, {
    schema: 'core',
    logLevel: 'silent',
  });
  return errors.length === 0 && isYamlMap(contents) && (contents.get('key') as unknown) === text;
}

export function keyYaml(key: string): string {
  const { contents, errors } = parseDocument(`{ ${key}: 0 }`, {
    schema: 'core',
    logLevel: 'silent',
  });
  const isPlain =
    /^[A-Za-z0-9_][\w. -]*$/.test(key) &&
    key === key.trim() &&
    errors.length === 0 &&
    isYamlMap(contents) &&
    contents.items.length === 1 &&
    keyOf(contents.items[0]?.key) === key;
  return isPlain ? key : textYaml(key, 'QUOTE_DOUBLE');
}

/** `key: value` from that column on; what follows a line break is indented. */
export function pairYaml(key: string, value: JsonValue, column: number, newline: string): string {
  return `${keyYaml(key)}:${behindYaml(value, column, column + keyYaml(key).length + 1, newline)}`;
}

/** What stands behind `key:` or `-`: on its line where there is room, else on lines of its own below. */
export function behindYaml(value: JsonValue, column: number, at: number, newline: string): string {
  const inline = inlineYaml(value);
  const isLong = at + 1 + inline.length > LINE_WIDTH;
  if (isLong && ((isMap(value) && !isEmpty(value)) || (isList(value) && value.length > 0)))
    return newline + blockYaml(value, column + 2, newline);
  return ` ${inline}`;
}

const isEmpty = (map: object): boolean => Object.keys(map).length === 0;

/** A collection over several lines, each beginning in that column. */
export function blockYaml(
  value: { readonly [key: string]: JsonValue } | readonly JsonValue[],
  column: number,
  newline: string,
): string {
  const indent = ' '.repeat(column);
  const lines = isList(value)
    ? value.map((item) => `${indent}-${itemYaml(item, column, newline)}`)
    : Object.entries(value as { readonly [key: string]: JsonValue }).map(
        ([key, held]) => indent + pairYaml(key, held, column, newline),
      );
  return lines.join(newline);
}

/** What stands behind the dash of a list. */
export function itemYaml(item: JsonValue, column: number, newline: string): string {
  const behind = behindYaml(item, column, column + 1, newline);
  return behind.startsWith(' ') ? behind : ` ${behind.slice(newline.length + column + 2)}`;
}
