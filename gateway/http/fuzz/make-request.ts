import { brotliCompressSync, gzipSync } from 'node:zlib';
import { breakText, breakValue, NASTY_TEXTS, nasty } from './break-value.js';
import type { Dice } from './dice.js';
import { type Known, makeValue, type Schema } from './make-value.js';

/** What the OpenAPI document says of one route. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
  readonly responses: { readonly [status: string]: Schema | undefined };
}

export interface FuzzRequest {
  readonly operation: Operation;
  /** True: as the document says, by somebody with the role. */
  readonly valid: boolean;
  readonly method: string;
  readonly target: string;
  /** With names that may come twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Buffer;
}

/** Somebody who asks; `credential` is the Authorization header, absent for nobody. */
export interface Asker {
  readonly credential?: string;
  readonly roles: readonly string[];
}

export function makeRequest(
  operation: Operation,
  asker: Asker,
  known: Known,
  dice: Dice,
): FuzzRequest {
  const { parameters, path } = operation;
  const own: Known = { ...known, ...(path.startsWith('/v1/tips') && { id: known.tip ?? ['t'] }) };
  const make = ({ schema, name }: Operation['parameters'][number]): unknown =>
    makeValue(schema, name, path.includes('{id}') ? own : known, dice);
  const inPath = new Map(
    parameters.filter((one) => one.in === 'path').map((one) => [one.name, make(one)]),
  );
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required || dice.chance(0.5)))
    .flatMap((one) => [make(one)].flat().map((value) => [one.name, value] as const));
  const value = operation.body && makeValue(operation.body, '', known, dice);
  const target = `${path.replace(/\{(\w+)\}/g, (_, name: string) => asPart(inPath.get(name)))}${toQuery(query)}`;
  const request: FuzzRequest = {
    operation,
    valid:
      operation.roles.length === 0 || operation.roles.some((role) => asker.roles.includes(role)),
    method: operation.method,
    target,
    headers: [
      ['host', 'localhost:8474'],
      ...(asker.credential === undefined ? [] : [['authorization', asker.credential] as const]),
      ...(value === undefined ? [] : [['content-type', 'application/json'] as const]),
    ],
    ...(value !== undefined && { body: Buffer.from(JSON.stringify(value)) }),
  };
  if (dice.chance(0.4)) return request;
  const broken = breakRequest(request, { value, query, inPath }, dice);
  return { ...request, ...broken, valid: false };
}

interface Parts {
  readonly value: unknown;
  readonly query: readonly (readonly [string, unknown])[];
  readonly inPath: ReadonlyMap<string, unknown>;
}

function breakRequest(
  request: FuzzRequest,
  { value, query, inPath }: Parts,
  dice: Dice,
): Partial<FuzzRequest> {
  const { operation, body, target } = request;
  const inBody = dice.chance(0.7);
  if (body && inBody) {
    if (dice.chance(0.6))
      return { body: Buffer.from(JSON.stringify(breakValue(value, dice)) ?? '') };
    if (dice.chance(0.6)) return { body: breakText(body.toString(), dice) };
    return breakEncoding(request, body, dice);
  }
  if (operation.parameters.length > 0 && dice.chance(0.5)) {
    const odd = (was: unknown): unknown => (dice.chance(0.5) ? nasty(dice) : was);
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      asPart(odd(inPath.get(name))),
    );
    const pairs = query.map(([name, one]) => [name, odd(one)] as const);
    const more = dice.pick([
      [],
      pairs,
      [['__proto__', 'x'] as const],
      [['record[]', 'x'] as const],
    ]);
    return { target: `${path}${toQuery([...pairs, ...more])}` };
  }
  if (dice.chance(0.4)) return { target: breakTarget(target, dice) };
  if (dice.chance(0.5)) return { method: dice.pick(METHODS) };
  return { headers: [...request.headers, dice.pick(HEADERS)] };
}

function breakEncoding(request: FuzzRequest, body: Buffer, dice: Dice): Partial<FuzzRequest> {
  const plain = request.headers.filter(([name]) => name !== 'content-type');
  const as = (type: string) => [...plain, ['content-type', type] as const];
  const packed = (encoding: string) => [
    ...request.headers,
    ['content-encoding', encoding] as const,
  ];
  return dice.pick<() => Partial<FuzzRequest>>([
    () => ({ headers: plain }),
    () => ({ headers: as('text/plain') }),
    () => ({ headers: as('application/x-www-form-urlencoded') }),
    () => ({ headers: as('multipart/form-data; boundary=x') }),
    () => ({ headers: as('application/json; charset=utf-16') }),
    () => ({ headers: as('application/json/x;;;=') }),
    () => ({ headers: as('APPLICATION/JSON') }),
    () => ({ headers: packed('gzip'), body: gzipSync(body) }),
    () => ({ headers: packed('br'), body: brotliCompressSync(body) }),
    () => ({ body: gzipSync(body) }),
  ])();
}

const METHODS: readonly [string, ...string[]] = [
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'GET',
  'POST',
  'PUT',
];

const HEADERS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['authorization', 'Bearer x'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['origin', 'https://acme.lightning.force.com'],
  ['accept', 'image/png'],
  ['accept-version', '9.x'],
  ['content-type', ''],
  ['last-event-id', '../../x'],
  ['last-event-id', 'x'.repeat(5000)],
  ['range', 'bytes=0-1'],
  ['if-none-match', '*'],
  ['x-http-method-override', 'DELETE'],
  ['x-hubspot-signature-v3', 'x'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-host', 'evil.example'],
  ['cookie', 'session=x'],
  ['expect', '100-continue'],
  ['expect', 'a miracle'],
  ['host', 'evil.example'],
  ['x-request-id', '\u00ff\u00fe'],
  ['x-long', 'x'.repeat(20_000)],
];

function breakTarget(target: string, dice: Dice): string {
  const at = dice.below(target.length) + 1;
  const odd = dice.pick([
    '%',
    '%0',
    '%00',
    '%zz',
    '%ff',
    '%c0%af',
    '%2e%2e',
    '%2f',
    '/..',
    '/../',
    '//',
    ';x=1',
    '\\',
    '?',
    '??&=&',
    '#x',
    '.',
    '%E2%80%AE',
    '&record=',
    `/${'a'.repeat(2000)}`,
    `?x=${'y'.repeat(10_000)}`,
    '?a[b][c]=d&a=1',
    '/%252e%252e',
  ]);
  return dice.pick([
    `${target.slice(0, at)}${odd}${target.slice(at)}`,
    `${target}${odd}`,
    target.toUpperCase(),
    `${target}/`,
    `http://evil.example${target}`,
    `/${asPart(dice.pick(NASTY_TEXTS)).slice(0, 3000)}${target}`,
  ]);
}

function asPart(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).slice(0, 6000);
}

const toQuery = (pairs: readonly (readonly [string, unknown])[]): string =>
  pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${name}=${asPart(value)}`).join('&')}`;
