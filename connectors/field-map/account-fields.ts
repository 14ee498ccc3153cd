import { OpportuneError } from '../../src/core/errors.js';
import type { RecordKind } from '../../src/domain/value.js';
import type { FieldMap, MappedObject } from './field-map.js';

/** Fields of which one names the account that a record of this object belongs to, in the order of the map. */
export const accountFieldsOf = ({ facts }: MappedObject): readonly string[] => [
  ...new Set(
    facts.flatMap(({ of = [], into, record }) =>
      into !== undefined && record === 'account' ? [into] : of,
    ),
  ),
];

/** Whether each record of this object is of this kind itself. */
export const isOf = ({ facts }: MappedObject, kind: RecordKind): boolean =>
  facts.some(({ record, into }) => record === kind && into === undefined);

/** The object whose records are of this kind. */
export const ruleOf = ({ objects }: FieldMap, kind: RecordKind): MappedObject | undefined =>
  objects.find((object) => isOf(object, kind));

/** Where the map finds who owns an account. Throws `opportune/map` for a map that does not. */
export function ownerFieldOf(map: FieldMap): { readonly object: string; readonly field: string } {
  const object = ruleOf(map, 'account');
  const rule = object?.facts.find(({ record, into }) => record === 'account' && into === undefined);
  const owner = rule?.set.get('owner');
  const field = owner && 'kind' in owner && owner.kind === 'rep' ? owner.fields[0] : undefined;
  if (object && field !== undefined) return { object: object.name, field };
  throw new OpportuneError('opportune/map', 'the map does not say who owns an account', {
    where: `${map.file}:${rule?.line ?? 1}`,
    remedy: 'Set "owner" of the account to { rep: FIELD }',
  });
}
