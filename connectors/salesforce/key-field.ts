import { OpportuneError } from '../../src/core/errors.js';
import { SalesforceRefusal, type Wire } from './wire.js';

/** Throws `opportune/push` unless Salesforce finds tasks and events by this field, and this user may write it. */
export async function checkKeyField(wire: Wire, keyField: string): Promise<void> {
  for (const object of ['Task', 'Event']) {
    const place = `${object}.${keyField}`;
    const found = (await fieldsOf(wire, object)).find(({ name }) => name === keyField);
    const fault =
      found === undefined
        ? 'is not there, or this user may not read it'
        : found.externalId !== true || found.unique !== true
          ? 'is no unique external id, so that what is written could be there twice'
          : found.createable !== true
            ? 'may not be written by this user'
            : undefined;
    if (fault !== undefined)
      throw new OpportuneError('opportune/push', `${place} ${fault}`, {
        where: place,
        remedy:
          'Make it on Activity: text of 255, external id, unique, case-sensitive; and let the user write it',
      });
  }
}

interface KeyField {
  readonly name: string;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly createable?: boolean;
}

async function fieldsOf(wire: Wire, object: string): Promise<readonly KeyField[]> {
  try {
    const { value } = await wire.ask({ path: `/sobjects/${object}/describe` });
    const { fields } = Object(value) as { readonly fields?: readonly KeyField[] };
    return fields ?? [];
  } catch (error) {
    if (error instanceof SalesforceRefusal && error.status === 404) return [];
    throw error;
  }
}
