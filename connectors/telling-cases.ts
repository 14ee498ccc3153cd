import { FIELD_TYPES } from '../src/domain/connector.js';
import { kindOf } from '../src/domain/value.js';
import { type ConnectorBench, type ConnectorCase, check, need } from './connector-case.js';

function keepsSecrets({ secrets = [] }: ConnectorBench, told: unknown): void {
  const text = JSON.stringify(told);
  for (const secret of secrets) check(!text.includes(secret), 'a secret is told');
}

/** Cases of what a connector tells about its CRM: what there is to map, and who asks. */
export const tellingCases: readonly ConnectorCase[] = [
  {
    name: 'describes objects with fields that have a name of their own, a label and a type',
    needs: 'describe',
    async run(bench) {
      const connector = await bench.open();
      const objects = await need(connector.describe, 'describe').call(connector);
      check(objects.length > 0, 'no object is described');
      for (const { name, label, fields, sampled } of objects) {
        check(name !== '' && label !== '', `an object is named "${name}" and labelled "${label}"`);
        check(fields.length > 0, `${name} has no fields`);
        check(new Set(fields.map((field) => field.name)).size === fields.length, `${name} repeats`);
        for (const field of fields) {
          const place = `${name}.${field.name}`;
          check(field.name !== '' && field.label !== '', `${place} has no label`);
          check(FIELD_TYPES.includes(field.type), `${place} is of the type "${field.type}"`);
          const isChoice = field.type === 'choice' || field.type === 'choices';
          check(isChoice === (field.choices !== undefined), `${place}: choices are for choices`);
          const { filled } = field;
          check(filled === undefined || (filled >= 0 && filled <= 1), `${place}: ${filled} filled`);
          check(filled === undefined || sampled > 0, `${place}: filled, of no record`);
        }
      }
      keepsSecrets(bench, objects);
    },
  },
  {
    name: 'describes just the objects that it is asked for',
    needs: 'describe',
    async run(bench) {
      const connector = await bench.open();
      const [first] = await need(connector.describe, 'describe').call(connector);
      const name = first?.name ?? '';
      const objects = await need(connector.describe, 'describe').call(connector, {
        objects: [name],
      });
      check(objects.length === 1 && objects[0]?.name === name, `${name} alone was asked for`);
    },
  },
  {
    name: 'says who asks, and what is left of the limits',
    needs: 'identity',
    async run(bench) {
      const connector = await bench.open();
      const told = await need(connector.identity, 'identity').call(connector);
      check(kindOf(told.user) === 'rep', `"${told.user}" is no rep`);
      check(told.name !== '' && told.company !== '', 'it does not say who, of which company');
      for (const { name, max, left } of told.limits)
        check(left >= 0 && left <= max, `${name}: ${left} left of ${max}`);
      keepsSecrets(bench, told);
    },
  },
];
