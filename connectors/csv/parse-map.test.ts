import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { publishedSchema } from './map-schema.js';
import { parseCsvMap } from './parse-map.js';

const GOOD = `connection: shop
zone: Europe/Berlin
currency: EUR
files:
  a.csv:
    key: id
    columns:
      day: { type: date }
      of: { find: b.csv }
    facts:
      - record: opportunity
        of: of
        at: day
        set: { name: { text: "{name} of {of}" }, price: of.price }
  b.csv:
    key: id
    columns: { price: { type: money } }
    facts: [{ record: account, set: { name: id } }]
`;

/** What a change of the good map brings up, without the file's name. */
const problems = (from: string, to: string): string[] => {
  assert.ok(GOOD.includes(from), from);
  return parseCsvMap(GOOD.replace(from, to), 'map.yaml').problems.map(
    ({ line, severity, message, remedy }) =>
      `${line}${severity === 'warning' ? ' warning' : ''}: ${message}; ${remedy}`,
  );
};

const found: readonly (readonly [string, string, string])[] = [
  ['zone:', 'zones:', '2: "zones" is not known in the map; did you mean "zone"?'],
  [
    'Europe/Berlin',
    'Europe/Berlim',
    '2: zone: "Europe/Berlim" is not a time zone; use a name such as Europe/Berlin',
  ],
  ['currency: EUR', 'currency: euro', '3: "currency" is "euro"; write something like USD or EUR'],
  [
    'currency: EUR\n',
    '',
    '16: column "price" is money of no currency; add "currency: USD" to it or to the whole map',
  ],
  [
    'currency: EUR',
    'asOf: soon\ncurrency: EUR',
    '3: asOf: "soon" is neither a day nor a time; write it as 2026-01-31 or 2026-01-31T18:00:00Z',
  ],
  ['type: date', 'type: dat', '8: "type" is "dat"; did you mean "date"?'],
  [
    'type: date',
    'type: date, format: D/M/Y',
    '8: "D/M/Y" is no format of a date; write it with YYYY, MM, DD and for a time hh, mm, ss: "DD.MM.YYYY hh:mm"',
  ],
  [
    'type: date',
    'type: date, scale: 1000',
    '8: column "day" is a date, and a scale is for numbers; leave out "scale:"',
  ],
  [
    'find: b.csv',
    'find: bb.csv',
    '9: column "of" is to be found in "bb.csv", which this map does not read; did you mean "b.csv"?',
  ],
  [
    'record: opportunity',
    'record: deal',
    '11: "record" is "deal"; use one of account, contact, opportunity, rep, product',
  ],
  [
    'record: opportunity',
    'activity: response',
    '11: "response" has a meaning of its own; name the activity otherwise',
  ],
  [
    'record: opportunity',
    'name: x',
    '11: a fact is about a record or an activity; write one of "record:" and "activity:"',
  ],
  [
    '        of: of\n',
    '',
    '11: fact "opportunity" does not say which account it belongs to; add "of:" with the column that names the account',
  ],
  [
    'record: account,',
    'record: account, of: id,',
    '18: a record of kind account belongs to no account; leave out "of:"',
  ],
  [
    'at: day',
    'at: name',
    '11: "at: name" is no column with a date; add "name: { type: date }" under "columns:"',
  ],
  ['at: day', 'at: 2026-02-30', '11: "at: 2026-02-30" is no day; write it as 2026-01-31'],
  ['key: id\n    columns:\n', 'columns:\n', '6: "a.csv" has no "key"; add "key:"'],
  [
    'facts: [{ record: account, set: { name: id } }]',
    'facts: []',
    '18: "facts" is empty; list at least one',
  ],
  [
    'set: { name: id }',
    'set: { first-name: id }',
    '18: "first-name" is no name of an attribute; write letters and digits: closeDate',
  ],
  [
    'set: { name: id }',
    'set: { name: { value: x, text: y } }',
    '18: a value comes from one place; keep one of "value:", "text:" and the kinds of record',
  ],
  [
    '{ type: money } }',
    '{ type: money }, rest: { type: number } }',
    '17 warning: column "rest" is described and not used; use it in "facts:", or delete it',
  ],
  [
    'key: id\n    columns:\n',
    'key: id\n    delimiter: ";;"\n    columns:\n',
    '7: the delimiter is ";;"; write one character, such as ";" or "\\t"',
  ],
  [
    'connection: shop',
    'connection: My Shop',
    '1: "connection" is "My Shop"; write something like my-crm: small letters, digits and hyphens',
  ],
  [
    'facts:\n      - record: opportunity',
    'facts:\n      - { record: opportunity, of: of }\n      - record: opportunity',
    '12: two facts of a.csv are named "opportunity"; give each a "name:" of its own',
  ],
];

describe('a mapping file', () => {
  it('is read when all is well', () => {
    const { map, problems: none } = parseCsvMap(GOOD, 'map.yaml');
    assert.deepEqual(none, []);
    assert.deepEqual(map?.files[0]?.facts[0]?.set.get('price'), { through: 'of', column: 'price' });
    assert.deepEqual(map?.files[0]?.facts[0]?.set.get('name'), {
      text: [{ column: 'name' }, ' of ', { column: 'of' }],
    });
  });

  for (const [from, to, problem] of found)
    it(`is told with its line and a remedy: ${to.replaceAll(/\s+/g, ' ').trim() || `without ${from.trim()}`}`, () =>
      assert.ok(
        problems(from, to).includes(problem),
        `${problems(from, to).join('\n')}\nwanted: ${problem}`,
      ));

  it('that is no YAML is told with its line', () => {
    assert.match(problems('zone: Europe/Berlin', 'zone: [')[0] ?? '', /^\d+: not YAML: /);
  });

  it('keeps texts as they are written: 007, 1.0 and yes', () => {
    const text = GOOD.replace(
      '{ type: date }',
      '{ type: date }\n      name: { values: { 007: 1.0, no: yes } }',
    );
    const column = parseCsvMap(text, 'map.yaml').map?.files[0]?.columns.get('name');
    assert.deepEqual(
      [...(column?.values ?? [])],
      [
        ['007', '1.0'],
        ['no', 'yes'],
      ],
    );
  });

  it('is described for editors by the schema that checks it', () => {
    const published = JSON.parse(
      readFileSync(new URL('csv-map.schema.json', import.meta.url), 'utf8'),
    );
    assert.deepEqual(published, JSON.parse(JSON.stringify(publishedSchema())));
  });
});
