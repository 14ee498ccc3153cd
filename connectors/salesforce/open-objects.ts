import type { DescribedObject } from '../../src/domain/connector.js';
import type { RecordKind } from '../../src/domain/value.js';
import { type FieldMap, fieldsOf, type MappedObject } from '../field-map/field-map.js';
import { openFieldMap } from '../field-map/resolve-field-map.js';
import { describeObject } from './describe.js';
import type { ReadableObject } from './read-object.js';
import { STAMP } from './to-record.js';
import type { Wire } from './wire.js';

export const CURRENCY_FIELDS: readonly string[] = ['CurrencyIsoCode'];

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
    CURRENCY_FIELDS,
  );
  const kinds = new Map<string, RecordKind | 'other'>();
  for (const { keyPrefix, kind } of described.values())
    if (keyPrefix !== undefined) kinds.set(keyPrefix, kind ?? 'other');
  for (const [prefix, kind] of Object.entries(STANDARD)) kinds.set(prefix, kind);
  const readable = objects.map((resolved): ReadableObject => {
    const { fields = [] } = described.get(resolved.object.name) ?? {};
    const has = new Set(fields.map(({ name }) => name));
    const stamps = stampsOf(resolved.object, described);
    const own = ['Id', STAMP, 'IsDeleted', 'MasterRecordId', keyField ?? ''];
    const mapped = [...fieldsOf(resolved.object), ...resolved.currencies.values()];
    return {
      ...resolved,
      fields: [...new Set([...own.filter((name) => has.has(name)), ...mapped, ...stamps])],
      stamps,
      hasDeleted: has.has('IsDeleted'),
      ...(keyField !== undefined && has.has(keyField) && { keyField }),
    };
  });
  return { objects: readable, kindOfId: (id) => kinds.get(id.slice(0, 3)) ?? 'other' };
}

/**
 * Where the stamps of the records stand that decide what is told of one of this object: its own does not move when a deal
 * that it is of is won, or the product that it is about is renamed.
 */
function stampsOf(
  object: MappedObject,
  described: ReadonlyMap<string, DescribedObject>,
): readonly string[] {
  const stamps = new Set<string>();
  for (const rule of object.facts) {
    const deciding = [...(rule.of ?? []), ...rule.when.map(({ field }) => field), rule.at ?? ''];
    const paths =
      rule.into === undefined
        ? deciding
        : fieldsOf({ ...object, fields: new Map(), facts: [rule] });
    for (const path of paths) {
      const steps = path.split('.').slice(0, -1);
      let above = described.get(object.name);
      for (const [index, step] of steps.entries()) {
        const through = above?.fields.find(({ relationship }) => relationship === step);
        above = described.get(through?.refersTo?.[0] ?? '');
        const prefix = steps.slice(0, index + 1).join('.');
        if (above?.fields.some(({ name }) => name === STAMP)) stamps.add(`${prefix}.${STAMP}`);
      }
    }
  }
  return [...stamps];
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
