import type { Dice } from './dice.js';

/** Texts that have broken other programs. None of them reads like an error of ours. */
export const NASTY_TEXTS: readonly [string, ...(readonly string[])] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  'crm:account:\ud800',
  'crm:account:\0',
  'crm:account:x\r\nset-cookie: a=b',
  'crm:account:__proto__',
  'crm:__proto__:7',
  'crm:account:constructor',
  'crm:contact:1|crm:account:1',
  'CRM:ACCOUNT:1',
  'crm:rep:ana',
  `crm:account:${'x'.repeat(400)}`,
  '\u202etxt.exe',
  '\ufeff',
  'ﷺ'.repeat(500),
  'e\u0301\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  "'; drop table facts; --",
  "' or '1'='1",
  '$1',
  '\\x00',
  '{{7*7}}#{7*7}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '%00%0d%0a',
  '\r\ndata: evil\n\nevent: reset',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '-0',
  '1e999',
  '0x10',
  'null',
  '2026-99-99T99:99:99Z',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999+99:99',
  '2026-02-30',
  '0000-00-00',
  'x'.repeat(70_000),
];

const NASTY_VALUES: readonly [unknown, ...(readonly unknown[])] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  -(2 ** 63) * 2,
  [],
  {},
  [null],
  [[[[[]]]]],
  { toString: 1, valueOf: 2, length: -1 },
  { constructor: 'x', hasOwnProperty: false, toJSON: 1 },
  { '': '' },
  Array.from({ length: 5000 }, (_, i) => i),
  Array.from({ length: 3000 }, () => ({})),
];

export const nasty = (dice: Dice): unknown =>
  dice.chance(0.6) ? dice.pick(NASTY_TEXTS) : dice.pick(NASTY_VALUES);

/** The value with one thing wrong, somewhere in it. */
export function breakValue(value: unknown, dice: Dice): unknown {
  if (Array.isArray(value) && value.length > 0 && dice.chance(0.8)) {
    const at = dice.below(value.length);
    if (dice.chance(0.1)) return [...value, ...value];
    return value.map((one: unknown, i) => (i === at ? breakValue(one, dice) : one));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && dice.chance(0.95)) {
    const entries = Object.entries(value);
    const at = dice.below(entries.length);
    if (entries.length === 0 || dice.chance(0.1))
      return { ...value, [String(dice.pick(NASTY_TEXTS)).slice(0, 300)]: nasty(dice) };
    if (dice.chance(0.1)) return Object.fromEntries(entries.filter((_, i) => i !== at));
    return Object.fromEntries(
      entries.map(([name, one], i) => [name, i === at ? breakValue(one, dice) : one]),
    );
  }
  return nasty(dice);
}

/** The text of a body with something wrong that no value can have. */
export function breakText(text: string, dice: Dice): Buffer {
  const bytes = Buffer.from(text);
  const half = dice.below(bytes.length + 1);
  return dice.pick([
    () => bytes.subarray(0, half),
    () =>
      Buffer.concat([
        bytes.subarray(0, half),
        Buffer.from([0xff, 0xfe, 0xc0]),
        bytes.subarray(half),
      ]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(text.replace('{', '{"id":"twice","record":"crm:account:2",')),
    () => Buffer.from(text.replace('{', '{"__proto__":{"polluted":true},')),
    () => Buffer.from(text.replace('{', '{"constructor":{"prototype":{"polluted":true}},')),
    () => Buffer.from(text.replace(/"[^"]*"\s*([,}])/, 'NaN$1')),
    () => Buffer.from(text.replace(/"[^"]*"\s*([,}])/, '1e999$1')),
    () => Buffer.from(text.replace(/"[^"]*"\s*([,}])/, '"\\ud800\\u0000"$1')),
    () => Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    () => Buffer.from(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`),
    () => Buffer.alloc(0),
    () => Buffer.from('null'),
    () => Buffer.from('"'),
  ])();
}
