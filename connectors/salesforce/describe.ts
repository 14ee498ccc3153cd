import type { DescribedField, DescribedObject, FieldType } from '../../src/domain/connector.js';
import type { RecordKind } from '../../src/domain/value.js';
import { queryPages } from './read-pages.js';
import { SalesforceRefusal, type Wire } from './wire.js';

const KINDS: { readonly [object: string]: RecordKind } = {
  Account: 'account',
  Contact: 'contact',
  Opportunity: 'opportunity',
  User: 'rep',
  Product2: 'product',
};

/** Objects that usually matter. */
const USUAL = [
  ...[...Object.keys(KINDS), 'Task', 'Event', 'PricebookEntry', 'OpportunityLineItem'],
  // Where the company has territories.
  ...['ObjectTerritory2Association', 'UserTerritory2Association'],
];

const TYPES: { readonly [type: string]: FieldType } = {
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  id: 'text',
  encryptedstring: 'text',
  combobox: 'text',
  time: 'text',
  int: 'number',
  long: 'number',
  double: 'number',
  percent: 'number',
  currency: 'money',
  boolean: 'boolean',
  date: 'date',
  datetime: 'time',
  picklist: 'choice',
  multipicklist: 'choices',
  reference: 'reference',
};

interface NativeField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly updateable?: boolean;
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string | null;
  readonly picklistValues?: readonly {
    readonly value: string;
    readonly label?: string | null;
    readonly active: boolean;
  }[];
}

/** One object with the fields that this user may read; undefined: there is none for this user. */
export async function describeObject(
  wire: Wire,
  name: string,
  signal?: AbortSignal,
): Promise<(DescribedObject & { readonly keyPrefix?: string }) | undefined> {
  if (!/^\w+$/.test(name)) return undefined;
  try {
    const { value } = await wire.ask({ path: `/sobjects/${name}/describe`, signal });
    const { label, custom, keyPrefix, fields } = value as {
      readonly label: string;
      readonly custom: boolean;
      readonly keyPrefix?: string | null;
      readonly fields: readonly NativeField[];
    };
    const kind = KINDS[name];
    return {
      name,
      label,
      custom,
      ...(kind === undefined ? {} : { kind }),
      ...(keyPrefix ? { keyPrefix } : {}),
      sampled: 0,
      fields: fields.map(toField),
    };
  } catch (error) {
    const gone =
      error instanceof SalesforceRefusal && /^(NOT_FOUND|INVALID_TYPE)$/.test(error.errorCode);
    if (gone) return undefined;
    throw error;
  }
}

function toField(field: NativeField): DescribedField {
  const { name, label, type, custom, updateable, referenceTo, relationshipName } = field;
  const known = TYPES[type] ?? 'other';
  const isChoice = known === 'choice' || known === 'choices';
  return {
    name,
    label,
    type: known,
    nativeType: type,
    custom: custom === true,
    writable: updateable === true,
    ...(isChoice && {
      choices: (field.picklistValues ?? []).map(({ value, label: shown, active }) => ({
        value,
        label: shown ?? value,
        active,
      })),
    }),
    ...(known === 'reference' && { refersTo: referenceTo ?? [] }),
    ...(relationshipName && { relationship: relationshipName }),
  };
}

const SAMPLE = 200;
/** So that the address of a query stays short. */
const FIELDS_AT_ONCE = 80;

/** Objects with how many of their newest records have a value in each field. */
export async function describeObjects(
  wire: Wire,
  names: readonly string[] = USUAL,
  signal?: AbortSignal,
): Promise<readonly DescribedObject[]> {
  const described: DescribedObject[] = [];
  for (const name of names) {
    const object = await describeObject(wire, name, signal);
    if (!object) continue;
    const { keyPrefix: _, ...rest } = object;
    described.push(await withFillRates(wire, rest, signal));
  }
  return described;
}

async function withFillRates(
  wire: Wire,
  object: DescribedObject,
  signal: AbortSignal | undefined,
): Promise<DescribedObject> {
  const names = object.fields.filter(({ type }) => type !== 'other').map(({ name }) => name);
  const filled = new Map<string, number>();
  let sampled = 0;
  for (let from = 0; from < names.length; from += FIELDS_AT_ONCE) {
    const fields = names.slice(from, from + FIELDS_AT_ONCE);
    const soql = `SELECT ${fields.join(', ')} FROM ${object.name} ORDER BY SystemModstamp DESC LIMIT ${SAMPLE}`;
    sampled = 0;
    for await (const { rows } of queryPages(wire, { soql, fields, all: false, signal }))
      for (const row of rows) {
        sampled++;
        for (const field of row.keys()) filled.set(field, (filled.get(field) ?? 0) + 1);
      }
  }
  if (sampled === 0) return object;
  return {
    ...object,
    sampled,
    fields: object.fields.map((field) =>
      field.type === 'other'
        ? field
        : { ...field, filled: Math.min(1, (filled.get(field.name) ?? 0) / sampled) },
    ),
  };
}
