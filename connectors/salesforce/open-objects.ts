import type { RecordKind } from '../../src/domain/value.js';
import { type FieldMap, fieldsOf } from '../field-map/field-map.js';
import { openFieldMap } from '../field-map/resolve-field-map.js';
import { describeObject } from './describe.js';
import type { ReadableObject } from './read-object.js';
import type { Wire } from './wire.js';

export const CURRENCY_FIELD = 'CurrencyIsoCode';

export interface OpenObjects {
  readonly objects: readonly ReadableObject[];
  readonly kindOfId: (id: string) => RecordKind | 'other';
}

/** The objects of the map, held against what Salesforce has now. */
export async function openObjects(
  wire: Wire,
  { map, keyField }: { readonly map: FieldMap; readonly keyField?: string },
  signal: AbortSignal | undefined,
): Promise<OpenObjects> {
  const { objects, described } = await openFieldMap(
    map,
    (name) => describeObject(wire, name, signal),
    CURRENCY_FIELD,
  );
  const kinds = new Map<string, RecordKind | 'other'>();
  for (const { keyPrefix, kind } of described.values())
    if (keyPrefix !== undefined) kinds.set(keyPrefix, kind ?? 'other');
  for (const [prefix, kind] of Object.entries(STANDARD)) kinds.set(prefix, kind);
  const readable = objects.map((resolved): ReadableObject => {
    const { fields = [] } = described.get(resolved.object.name) ?? {};
    const has = new Set(fields.map(({ name }) => name));
    const own = ['Id', 'SystemModstamp', 'IsDeleted', 'MasterRecordId', keyField ?? ''];
    const mapped = [...fieldsOf(resolved.object), ...resolved.currencies.values()];
    return {
      ...resolved,
      fields: [...new Set([...own.filter((name) => has.has(name)), ...mapped])],
      hasDeleted: has.has('IsDeleted'),
      ...(keyField !== undefined && has.has(keyField) && { keyField }),
    };
  });
  return { objects: readable, kindOfId: (id) => kinds.get(id.slice(0, 3)) ?? 'other' };
}

/** How ids of standard objects begin, the same in every company. */
const STANDARD: { readonly [prefix: string]: RecordKind | 'other' } = {
  '001': 'account',
  '003': 'contact',
  '005': 'rep',
  '006': 'opportunity',
  '01t': 'product',
  '00Q': 'other',
};
