import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { MAP as HUBSPOT_MAP } from '../hubspot/hubspot-bench.js';
import { MAP as SALESFORCE_MAP } from '../salesforce/salesforce-bench.js';
import { publishedFieldMap } from './field-map-schema.js';
import { parseFieldMap } from './parse-field-map.js';

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(publishedFieldMap());
const fits = (map: string): boolean => validate(parse(map, { schema: 'core' })) === true;

const LINE_ITEMS = `
connection: crm
objects:
  OpportunityLineItem:
    facts:
      - record: opportunity
        into: OpportunityId
        of: Opportunity.AccountId
        set: { products: { list: Product2.Name } }
`;

describe('schema/field-map.json', () => {
  it('is current (else: node schema/write-schemas.mjs)', () => {
    const url = new URL('../../schema/field-map.json', import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(url, 'utf8')), publishedFieldMap());
  });

  it('takes the maps of both CRMs', () => {
    for (const map of [SALESFORCE_MAP, HUBSPOT_MAP, LINE_ITEMS]) assert.ok(fits(map));
  });

  for (const crm of ['salesforce', 'hubspot'])
    it(`takes the map that the README of ${crm} shows, and so does reading it`, () => {
      const text = readFileSync(new URL(`../${crm}/README.md`, import.meta.url), 'utf8');
      const maps = [...text.matchAll(/```yaml\n(connection:[\s\S]*?)```/g)].map(
        ([, map]) => map ?? '',
      );
      assert.equal(maps.length, 1);
      for (const map of maps) {
        assert.ok(fits(map), JSON.stringify(validate.errors));
        assert.deepEqual(parseFieldMap(map, 'map.yaml').problems, []);
      }
    });

  for (const [from, to, message] of [
    ['into:', 'inta:', /:7: .*"inta" is not known/],
    ['list:', 'lists:', /:9: .*"lists" is not known/],
    ['record: opportunity', 'record: deal', /:6: .*"deal"/],
    ['{ list: Product2.Name }', '[Product2.Name]', /:9: /],
    ['facts:', 'optional: sometimes\n    facts:', /:5: /],
    ['connection: crm', 'connection: My CRM', /:2: /],
  ] as const)
    it(`refuses ${JSON.stringify(to)} where it is written, as reading the map does`, () => {
      const map = LINE_ITEMS.replace(from, to);
      assert.ok(!fits(map), 'the schema takes it');
      const { problems } = parseFieldMap(map, 'map.yaml');
      assert.match(
        problems.map(({ line, message: told }) => `:${line}: ${told}`).join('\n'),
        message,
      );
    });
});

describe('a rule that gathers records', () => {
  for (const [from, to, message] of [
    ['        into: OpportunityId\n', '', /"products" is made of several records/],
    [
      'record: opportunity\n',
      'activity: purchase\n        at: CreatedDate\n',
      /"into:" is for records/,
    ],
    [
      '    facts:\n',
      '    facts:\n      - { record: product, into: Product2Id, set: { sold: { sum: Quantity } } }\n',
      /are gathered by Product2Id already/,
    ],
  ] as const)
    it(`is refused with its line: ${message.source}`, () => {
      const { map, problems } = parseFieldMap(LINE_ITEMS.replace(from, to), 'map.yaml');
      assert.equal(map, undefined);
      const told = problems.find((one) => message.test(one.message));
      assert.ok(told && told.line >= 6 && told.remedy !== '', JSON.stringify(problems));
    });
});
