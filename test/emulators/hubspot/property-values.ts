import { invalid } from './api-error.js';
import type { ObjectSpec, PropertySpec } from './schema.js';

/** As HubSpot keeps it: text, or null where there is none. */
export type Value = string | null;

function refuse(name: string, error: string, message: string): Error {
  const told = JSON.stringify([{ isValid: false, message, error, name }]);
  return invalid(`Property values were not valid: ${told}`);
}

/** What was sent for a property, as it is kept; throws what HubSpot refuses. */
export function checkValue(spec: ObjectSpec, name: string, given: unknown): Value {
  const property = spec.properties.find((one) => one.name === name);
  if (!property) throw refuse(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
  if (property.readOnly)
    throw refuse(
      name,
      'READ_ONLY_VALUE',
      `"${name}" is a read only property; its value cannot be set.`,
    );
  if (given === null || given === undefined || given === '') return null;
  const text = String(given);
  return checkText(property, text);
}

function checkText(property: PropertySpec, text: string): string {
  const { name, type, options, owner, fieldType } = property;
  if (type === 'number' && !/^-?\d+(\.\d+)?$/.test(text))
    throw refuse(name, 'INVALID_DOUBLE', `${text} was not a valid number.`);
  if (type === 'bool' && text !== 'true' && text !== 'false')
    throw refuse(name, 'INVALID_BOOLEAN', `${text} was not a valid boolean.`);
  if (type === 'enumeration' && !owner) {
    const parts = fieldType === 'checkbox' ? text.split(';') : [text];
    for (const part of parts)
      if (!options?.some(({ value }) => value === part))
        throw refuse(name, 'INVALID_OPTION', `${part} was not one of the allowed options`);
  }
  if (type !== 'date' && type !== 'datetime') return text;
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(at)) throw refuse(name, 'INVALID_DATE', `${text} was not a valid date.`);
  const iso = new Date(at).toISOString();
  return type === 'date' ? iso.slice(0, 10) : iso;
}
