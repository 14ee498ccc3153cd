import { OpportuneError } from '../../src/core/errors.js';
import { HubspotRefusal, type Wire } from './wire.js';

/** What we write, and the group of properties that each has. */
const WRITTEN = [
  { object: 'tasks', groupName: 'task' },
  { object: 'notes', groupName: 'note' },
] as const;

/**
 * Makes the property that holds our key, where it is not there yet. It must be one whose values are unique, which can be
 * said only when a property is made: one that exists without it is refused (`opportune/push`).
 */
export async function makeKeyProperty(
  wire: Wire,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const { object, groupName } of WRITTEN) {
    const state = await stateOf(wire, object, name, signal);
    if (state === 'not-unique') throw notUnique(object, name);
    if (state === 'unique') continue;
    const body = {
      name,
      label: 'Opportune key',
      description: 'Written by Opportune, so that what it writes is there once. Leave it as it is.',
      groupName,
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    };
    const path = `/crm/v3/properties/${object}`;
    try {
      await wire.ask({ method: 'POST', path, body, repeatable: true, signal });
    } catch (error) {
      // Another made it meanwhile, or we did and did not learn of it.
      if (!(error instanceof HubspotRefusal && error.status === 409)) throw error;
      if ((await stateOf(wire, object, name, signal)) !== 'unique') throw notUnique(object, name);
    }
  }
}

/** The same for all that we write. */
export async function checkKeyProperties(wire: Wire, name: string): Promise<void> {
  for (const { object } of WRITTEN) await checkKeyProperty(wire, object, name, undefined);
}

/** Throws unless HubSpot itself keeps a second record with the same key from being made. */
export async function checkKeyProperty(
  wire: Wire,
  object: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if ((await stateOf(wire, object, name, signal)) !== 'unique') throw notUnique(object, name);
}

async function stateOf(
  wire: Wire,
  object: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<'unique' | 'not-unique' | 'missing'> {
  try {
    const { value } = await wire.ask({ path: `/crm/v3/properties/${object}/${name}`, signal });
    const { hasUniqueValue } = Object(value) as { readonly hasUniqueValue?: unknown };
    return hasUniqueValue === true ? 'unique' : 'not-unique';
  } catch (error) {
    if (error instanceof HubspotRefusal && error.status === 404) return 'missing';
    throw error;
  }
}

const notUnique = (object: string, name: string): OpportuneError =>
  new OpportuneError('opportune/push', `"${name}" is no property of ${object} with unique values`, {
    where: `${object}.${name}`,
    remedy: 'Name a property that is not there yet, and let the connector make it',
  });
