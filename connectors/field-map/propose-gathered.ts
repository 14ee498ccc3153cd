import type { DescribedObject } from '../../src/domain/connector.js';
import { canRead, flow } from './propose-activities.js';

/** What records of an object say together of another one, in fields that every company has. */
interface Usual {
  readonly record: string;
  readonly into: string;
  readonly of?: string;
  readonly when?: readonly (readonly [field: string, value: string])[];
  readonly set: readonly (readonly [name: string, how: 'list' | 'sum' | 'last', field: string])[];
}

const IN_FORCE = ['Territory2.Territory2Model.State', 'Active'] as const;

const USUAL: { readonly [object: string]: Usual } = {
  OpportunityLineItem: {
    record: 'opportunity',
    into: 'OpportunityId',
    of: 'Opportunity.AccountId',
    set: [
      ['products', 'list', 'Product2.Name'],
      ['productQuantity', 'sum', 'Quantity'],
    ],
  },
  PricebookEntry: {
    record: 'product',
    into: 'Product2Id',
    when: [
      ['Pricebook2.IsStandard', 'true'],
      ['IsActive', 'true'],
      ['CurrencyIsoCode', ''],
    ],
    set: [['price', 'last', 'UnitPrice']],
  },
  ObjectTerritory2Association: {
    record: 'account',
    into: 'ObjectId',
    when: [IN_FORCE],
    set: [['territories', 'list', 'Territory2.Name']],
  },
  UserTerritory2Association: {
    record: 'rep',
    into: 'UserId',
    when: [['IsActive', 'true'], IN_FORCE],
    set: [['team', 'list', 'Territory2.Name']],
  },
  line_items: {
    record: 'opportunity',
    into: 'association/deals',
    of: 'association/deals.hs_primary_associated_company',
    set: [
      ['products', 'list', 'name'],
      ['productQuantity', 'sum', 'quantity'],
    ],
  },
};

/** Lines of `facts:` for what an object says of others. */
export function proposeGathered(
  { name, fields }: DescribedObject,
  objects: readonly DescribedObject[],
  currency: string,
): readonly string[] {
  const usual = USUAL[name];
  if (!usual) return [];
  const { record, into, of, set } = usual;
  const has = (path: string): boolean => canRead(path, fields, objects);
  // Where there is one currency, no field says which.
  const when = (usual.when ?? []).filter(([field, value]) => value !== '' || has(field));
  const needed = [
    into,
    of ?? into,
    ...when.map(([field]) => field),
    ...set.map(([, , path]) => path),
  ];
  if (!needed.every(has)) return [];
  const tests = when.map(([field, value]) => `${field}: ${value === '' ? currency : value}`);
  return [
    `      - record: ${record}`,
    `        into: ${into}`,
    ...(of === undefined ? [] : [`        of: ${of}`]),
    ...(tests.length === 0 ? [] : [`        when: ${flow(tests)}`]),
    '        set:',
    ...set.map(
      ([attribute, how, field]) =>
        `          ${attribute}: ${how === 'last' ? field : `{ ${how}: ${field} }`}`,
    ),
  ];
}
