import { type FieldMap, fieldsOf } from '../field-map/field-map.js';
import { openFieldMap } from '../field-map/resolve-field-map.js';
import { ASSOCIATION } from './associations.js';
import { describeObject, OWNERS } from './describe.js';
import { MERGED, type ReadableObject } from './read-object.js';
import type { Wire } from './wire.js';

export const CURRENCY = 'deal_currency_code';

/** The objects of the map, held against what HubSpot has now: it leaves out silently what it does not know. */
export async function openObjects(
  wire: Wire,
  { map, keyProperty }: { readonly map: FieldMap; readonly keyProperty?: string },
  signal: AbortSignal | undefined,
): Promise<readonly ReadableObject[]> {
  const { objects, described } = await openFieldMap(
    map,
    (name) => describeObject(wire, name, signal),
    CURRENCY,
  );
  return objects.map((resolved): ReadableObject => {
    const { name } = resolved.object;
    const { fields = [] } = described.get(name) ?? {};
    const has = new Set(fields.map((field) => field.name));
    const mapped = [...fieldsOf(resolved.object), ...resolved.currencies.values()];
    const modified = name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
    const own = [modified, MERGED, keyProperty ?? ''].filter((one) => has.has(one));
    return {
      ...resolved,
      properties: [...new Set([...own, ...mapped])].filter((one) => !one.startsWith(ASSOCIATION)),
      toward: mapped
        .filter((one) => one.startsWith(ASSOCIATION))
        .map((one) => one.slice(ASSOCIATION.length)),
      ownedBy: new Set(
        fields.filter(({ refersTo }) => refersTo?.includes(OWNERS)).map((one) => one.name),
      ),
      modified,
      ...(keyProperty !== undefined && has.has(keyProperty) && { keyProperty }),
    };
  });
}
