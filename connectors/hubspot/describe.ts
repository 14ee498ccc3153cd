import type { DescribedField, DescribedObject, FieldType } from '../../src/domain/connector.js';
import type { RecordKind } from '../../src/domain/value.js';
import { ASSOCIATION } from './associations.js';
import { HubspotRefusal, resultsOf, type Wire } from './wire.js';

export const OWNERS = 'owners';

const KINDS: { readonly [object: string]: RecordKind } = {
  companies: 'account',
  contacts: 'contact',
  deals: 'opportunity',
  products: 'product',
  [OWNERS]: 'rep',
};

/** Objects that usually matter. */
const USUAL = [...Object.keys(KINDS), 'line_items', 'calls', 'meetings', 'tasks', 'notes'];

/** What records of each kind may be associated with, as far as the agent makes anything of it. */
const LEADS_TO: { readonly [object: string]: readonly string[] } = {
  companies: [],
  products: [],
  contacts: ['companies'],
  deals: ['companies', 'contacts'],
  line_items: ['deals'],
};
const EVERYTHING = ['companies', 'contacts', 'deals'];

/** Properties that hold money, also where HubSpot shows them without a currency. */
const MONEY: { readonly [object: string]: readonly string[] } = {
  products: ['price'],
  line_items: ['price', 'amount'],
};

const TYPES: { readonly [type: string]: FieldType } = {
  string: 'text',
  phone_number: 'text',
  number: 'number',
  bool: 'boolean',
  date: 'date',
  datetime: 'time',
  enumeration: 'choice',
};

/** Properties that hold the id of another record, and do not say so. */
const REFERENCES: { readonly [property: string]: string } = {
  hs_parent_company_id: 'companies',
  associatedcompanyid: 'companies',
  hs_primary_associated_company: 'companies',
};

interface NativeProperty {
  readonly name: string;
  readonly label?: string;
  readonly type?: string;
  readonly fieldType?: string;
  readonly hubspotDefined?: boolean;
  readonly hasUniqueValue?: boolean;
  readonly showCurrencySymbol?: boolean;
  readonly externalOptions?: boolean;
  readonly referencedObjectType?: string | null;
  readonly modificationMetadata?: { readonly readOnlyValue?: boolean };
  readonly options?: readonly {
    readonly value: string;
    readonly label?: string;
    readonly hidden?: boolean;
  }[];
}

const field = (name: string, label: string): DescribedField => ({
  name,
  label,
  type: 'text',
  nativeType: 'string',
  custom: false,
  writable: false,
});

const owners: DescribedObject = {
  name: OWNERS,
  label: 'Owners',
  custom: false,
  kind: 'rep',
  sampled: 0,
  fields: [
    field('name', 'Name'),
    field('email', 'Email'),
    field('firstName', 'First name'),
    field('lastName', 'Last name'),
  ],
};

/** One object with the properties that this token may read; undefined: there is none for it. */
export async function describeObject(
  wire: Wire,
  name: string,
  signal?: AbortSignal,
): Promise<DescribedObject | undefined> {
  if (name === OWNERS) return owners;
  if (!/^[\w-]+$/.test(name)) return undefined;
  const path = `/crm/v3/properties/${name}`;
  try {
    const reply = await wire.ask({ path, query: [['archived', 'false']], signal });
    const properties = resultsOf<NativeProperty>(reply, path);
    const kind = KINDS[name];
    const custom = /^(2-|p\d+_)/.test(name);
    const toward = LEADS_TO[name] ?? EVERYTHING;
    const associations = toward.map((to) => toAssociation(to));
    return {
      name,
      label: name,
      custom,
      ...(kind === undefined ? {} : { kind }),
      sampled: 0,
      fields: [...properties.map((one) => toField(one, name)), ...associations],
    };
  } catch (error) {
    // What there is not, HubSpot takes for a mistake in the request.
    const gone = error instanceof HubspotRefusal && [400, 403, 404].includes(error.status);
    if (gone) return undefined;
    throw error;
  }
}

function toAssociation(to: string): DescribedField {
  return {
    name: `${ASSOCIATION}${to}`,
    label: `Associated ${to}`,
    type: 'reference',
    nativeType: 'association',
    custom: false,
    writable: false,
    refersTo: [to],
    relationship: `${ASSOCIATION}${to}`,
  };
}

function toField(property: NativeProperty, object: string): DescribedField {
  const { name, label = name, type = '', fieldType = '', options = [] } = property;
  const refersTo = isOwner(property) ? OWNERS : REFERENCES[name];
  const isMoney = type === 'number' && MONEY[object]?.includes(name);
  const own = isMoney ? 'money' : typeOf(property);
  const known = refersTo === undefined ? own : 'reference';
  const isChoice = known === 'choice' || known === 'choices';
  return {
    name,
    label: label === '' ? name : label,
    type: known,
    nativeType: `${type}/${fieldType}`,
    custom: property.hubspotDefined !== true,
    writable: property.modificationMetadata?.readOnlyValue !== true,
    ...(isChoice && {
      choices: options.map(({ value, label: shown = value, hidden = false }) => ({
        value,
        label: shown,
        active: !hidden,
      })),
    }),
    ...(refersTo !== undefined && { refersTo: [refersTo] }),
  };
}

function isOwner({ referencedObjectType, externalOptions, name }: NativeProperty): boolean {
  return (
    referencedObjectType === 'OWNER' || (externalOptions === true && name.endsWith('owner_id'))
  );
}

function typeOf({ type = '', fieldType, showCurrencySymbol }: NativeProperty): FieldType {
  if (type === 'number' && showCurrencySymbol === true) return 'money';
  if (type === 'enumeration' && fieldType === 'booleancheckbox') return 'boolean';
  if (type === 'enumeration' && fieldType === 'checkbox') return 'choices';
  return TYPES[type] ?? 'other';
}

const SAMPLE = 200;

/** Objects with how many of the records that were changed last have a value in each property. */
export async function describeObjects(
  wire: Wire,
  names: readonly string[] = USUAL,
  signal?: AbortSignal,
): Promise<readonly DescribedObject[]> {
  const described: DescribedObject[] = [];
  for (const name of names) {
    const object = await describeObject(wire, name, signal);
    if (object)
      described.push(name === OWNERS ? object : await withFillRates(wire, object, signal));
  }
  return described;
}

async function withFillRates(
  wire: Wire,
  object: DescribedObject,
  signal: AbortSignal | undefined,
): Promise<DescribedObject> {
  const properties = object.fields.flatMap(({ name, type }) =>
    type === 'other' || name.startsWith(ASSOCIATION) ? [] : [name],
  );
  const path = `/crm/v3/objects/${object.name}/search`;
  const sorts = [{ propertyName: 'hs_object_id', direction: 'DESCENDING' }];
  const body = { filterGroups: [], sorts, properties, limit: SAMPLE };
  const reply = await wire.ask({ method: 'POST', path, body, repeatable: true, signal });
  const rows = resultsOf<{ readonly properties: { readonly [name: string]: unknown } }>(
    reply,
    path,
  );
  if (rows.length === 0) return object;
  const rateOf = (name: string): number =>
    rows.filter((row) => (row.properties[name] ?? '') !== '').length / rows.length;
  return {
    ...object,
    sampled: rows.length,
    fields: object.fields.map((one) =>
      properties.includes(one.name) ? { ...one, filled: rateOf(one.name) } : one,
    ),
  };
}
