import { ApiError } from './api-error.js';

export type Token =
  | { readonly kind: 'word' | 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'value'; readonly value: Literal; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

export type Literal =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'boolean'; readonly boolean: boolean }
  | { readonly type: 'null' }
  /** Epoch milliseconds. */
  | { readonly type: 'datetime'; readonly at: number }
  | { readonly type: 'date'; readonly day: string };

const ESCAPES: { readonly [letter: string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '%': '\\%',
  _: '\\_',
};

const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)(?![\w.:])/;
const DATE = /^\d{4}-\d\d-\d\d(?![\w.:-])/;
const NUMBER = /^-?\d+(?:\.\d+)?(?![\w.])/;
const WORD = /^[A-Za-z_][A-Za-z0-9_.]*/;
const SIGN = /^(?:<=|>=|!=|<>|[=<>(),])/;

export function malformed(soql: string, at: number, message: string): ApiError {
  const near = soql.slice(Math.max(0, at - 20), at + 20);
  return new ApiError(
    400,
    'MALFORMED_QUERY',
    `\n${near}\n${' '.repeat(Math.min(20, at))}^\nERROR at Row:1:Column:${at + 1}\n${message}`,
  );
}

export function readTokens(soql: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < soql.length) {
    const rest = soql.slice(at);
    const space = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (space > 0) {
      at += space;
      continue;
    }
    if (rest.startsWith("'")) {
      const { text, length } = readText(soql, at);
      tokens.push({ kind: 'value', value: { type: 'text', text }, at });
      at += length;
      continue;
    }
    const found = DATETIME.exec(rest) ?? DATE.exec(rest) ?? NUMBER.exec(rest);
    if (found) {
      const value = toLiteral(found[0]);
      if (!value) throw malformed(soql, at, `invalid date: ${found[0]}`);
      tokens.push({ kind: 'value', value, at });
      at += found[0].length;
      continue;
    }
    const word = WORD.exec(rest)?.[0];
    const sign = word ?? SIGN.exec(rest)?.[0];
    if (sign === undefined) throw malformed(soql, at, `unexpected token: '${rest.charAt(0)}'`);
    const lower = word?.toLowerCase();
    if (lower === 'true' || lower === 'false')
      tokens.push({ kind: 'value', value: { type: 'boolean', boolean: lower === 'true' }, at });
    else if (lower === 'null') tokens.push({ kind: 'value', value: { type: 'null' }, at });
    else tokens.push({ kind: word === undefined ? 'sign' : 'word', text: sign, at });
    at += sign.length;
  }
  return [...tokens, { kind: 'end', at }];
}

function readText(soql: string, start: number): { text: string; length: number } {
  let text = '';
  for (let at = start + 1; at < soql.length; at++) {
    const letter = soql.charAt(at);
    if (letter === "'") return { text, length: at - start + 1 };
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const escaped = ESCAPES[soql.charAt(++at)];
    if (escaped === undefined)
      throw malformed(soql, at, `Illegal string literal: invalid string literal`);
    text += escaped;
  }
  throw malformed(soql, start, "expecting a string literal to end with '");
}

function toLiteral(text: string): Literal | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return { type: 'number', number: Number(text) };
  const at = Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`);
  if (Number.isNaN(at)) return undefined;
  return text.includes('T') ? { type: 'datetime', at } : { type: 'date', day: text };
}
