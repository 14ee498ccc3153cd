import type { Answer } from '../send-answer.js';
import { type Call, ok, type World } from './call.js';
import type { FieldSpec, ObjectSpec } from './schema-fields.js';

/** What there is: all objects, or one with the fields that this user may read. */
export function describe(call: Call, { org }: World): Answer | undefined {
  if (call.method !== 'GET') return undefined;
  if (/^\/sobjects\/?$/.test(call.path))
    return ok({
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: org.objects.map((spec) => head(spec, call.base)),
    });
  const name = /^\/sobjects\/(\w+)\/describe$/.exec(call.path)?.[1];
  if (name === undefined) return undefined;
  const spec = org.spec(name);
  return ok({
    ...head(spec, call.base),
    fields: spec.fields
      .filter((field) => !call.hidden.has(`${spec.name}.${field.name}`))
      .map(describeField),
    childRelationships: [],
    recordTypeInfos: [],
  });
}

function head({ name, label, keyPrefix }: ObjectSpec, base: string): object {
  const sobject = `${base}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: name.endsWith('__c'),
    queryable: true,
    createable: true,
    updateable: true,
    deletable: true,
    urls: { sobject, describe: `${sobject}/describe`, rowTemplate: `${sobject}/{ID}` },
  };
}

function describeField(field: FieldSpec): object {
  const { name, label, type, length = 0, required, readOnly, calculated, externalId } = field;
  const picklistValues = [
    ...(field.values ?? []).map((value) => ({
      active: true,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
    ...(field.inactive ?? []).map((value) => ({
      active: false,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
  ];
  return {
    name,
    label,
    type,
    length,
    precision: 0,
    scale: 0,
    custom: name.endsWith('__c'),
    nillable: required !== true && type !== 'boolean' && type !== 'id',
    createable: readOnly !== true,
    updateable: readOnly !== true,
    calculated: calculated === true,
    externalId: externalId === true,
    unique: field.unique === true,
    filterable: type !== 'textarea' && type !== 'address',
    nameField: name === 'Name',
    referenceTo: field.refersTo ?? [],
    relationshipName: field.relationship ?? null,
    picklistValues,
  };
}
