import { OpportuneError } from '../../src/core/errors.js';
import type { DescribedObject } from '../../src/domain/connector.js';
import { type FieldMap, fieldsOf, gatheredBy } from '../field-map/field-map.js';
import { openFieldMap, type ResolvedObject } from '../field-map/resolve-field-map.js';
import { ASSOCIATION } from './associations.js';
import { describeObject, OWNERS } from './describe.js';
import { MERGED, type ReadableObject, type Through } from './read-object.js';
import type { Wire } from './wire.js';

export const CURRENCIES: readonly string[] = ['deal_currency_code', 'hs_line_item_currency_code'];

/** The objects of the map, held against what HubSpot has now: it leaves out silently what it does not know. */
export async function openObjects(
  wire: Wire,
  { map, keyProperty }: { readonly map: FieldMap; readonly keyProperty?: string },
  signal: AbortSignal | undefined,
): Promise<readonly ReadableObject[]> {
  const { objects, described } = await openFieldMap(
    map,
    (name) => describeObject(wire, name, signal),
    CURRENCIES,
  );
  return objects.map((resolved): ReadableObject => {
    const { name } = resolved.object;
    const { fields = [] } = described.get(name) ?? {};
    const has = new Set(fields.map((field) => field.name));
    const mapped = [...fieldsOf(resolved.object), ...resolved.currencies.values()];
    const modified = modifiedOf(name);
    const through = throughOf(resolved, described, map);
    const own = [modified, MERGED, keyProperty ?? ''].filter((one) => has.has(one));
    return {
      ...resolved,
      properties: [...new Set([...own, ...mapped])].filter((one) => !one.startsWith(ASSOCIATION)),
      toward: mapped
        .filter((one) => one.startsWith(ASSOCIATION))
        .map((one) => one.slice(ASSOCIATION.length)),
      ownedBy: ownedBy(fields),
      modified,
      ...(through && { through }),
      ...(keyProperty !== undefined && has.has(keyProperty) && { keyProperty }),
    };
  });
}

const modifiedOf = (object: string): string =>
  object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';

const ownedBy = (fields: DescribedObject['fields']): ReadonlySet<string> =>
  new Set(fields.filter(({ refersTo }) => refersTo?.includes(OWNERS)).map(({ name }) => name));

/** How many records of an object a record above it holds, where HubSpot counts them in a property of that. */
const COUNTED: { readonly [object: string]: string } = {
  line_items: 'hs_num_of_associated_line_items',
};

/** The records that these are read by, where what is told of them rests on those; undefined: on none. */
function throughOf(
  { object }: ResolvedObject,
  described: ReadonlyMap<string, DescribedObject>,
  map: FieldMap,
): Through | undefined {
  const paths = fieldsOf(object).filter((path) => path.startsWith(ASSOCIATION));
  const into = gatheredBy(object);
  const led = paths.filter((path) => path.includes('.') || path === into);
  if (led.length === 0) return undefined;
  const above = new Set(paths.map((path) => path.slice(ASSOCIATION.length).split('.')[0] ?? ''));
  const [name = '', other] = above;
  if (other !== undefined)
    throw new OpportuneError(
      'opportune/map',
      `${object.name} would be read by its ${name} and by its ${other}`,
      { where: `${map.file}:${object.line}`, remedy: 'Name one of them alone' },
    );
  const { fields = [] } = described.get(name) ?? {};
  const modified = modifiedOf(name);
  const begin = `${ASSOCIATION}${name}.`;
  const read = led.flatMap((path) => (path.startsWith(begin) ? [path.slice(begin.length)] : []));
  const counted = COUNTED[object.name];
  const count = fields.some((field) => field.name === counted) ? counted : undefined;
  return {
    object: name,
    begin,
    properties: [...new Set([modified, ...read])],
    ownedBy: ownedBy(fields),
    modified,
    ...(count !== undefined && { count }),
  };
}
