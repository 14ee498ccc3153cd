import { OpportuneError } from '../../src/core/errors.js';
import type { Pushed, PushOptions } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import type { ResponseData } from '../../src/domain/response.js';
import { kindOf } from '../../src/domain/value.js';
import { crmId } from '../field-map/crm-id.js';
import { whyNotWritten } from '../field-map/why-not-written.js';
import { checkKeyProperty } from './key-property.js';
import { readOwners } from './owners.js';
import { missingOf } from './read-pages.js';
import { HubspotRefusal, resultsOf, type Wire } from './wire.js';

const LONGEST_KEY = 255;
const LONGEST_SUBJECT = 255;
const LONGEST_TEXT = 65_000;
const TASK_TYPES: { readonly [channel: string]: string } = { call: 'CALL', email: 'EMAIL' };

/** HubSpot's own types of association from what we write to what it is about. */
const TYPES: { readonly [object: string]: { readonly [kind: string]: number } } = {
  tasks: { account: 192, contact: 204, opportunity: 216 },
  notes: { account: 190, contact: 202, opportunity: 214 },
};

interface Written {
  readonly connection: string;
  readonly keyProperty: string;
}

/**
 * Writes what a rep did: a completed task where a customer was touched, else a note. The fact's id stands in a property
 * whose values are unique, so that HubSpot itself refuses a second record, also when the answer to an earlier attempt was
 * lost. What is there already is left as it is, for people may have written into it.
 */
export function createPush(
  wire: Wire,
  { connection, keyProperty }: Written,
): (response: Fact & { readonly data: ResponseData }, how: PushOptions) => Promise<Pushed> {
  const checked = new Set<string>();

  async function find(
    object: string,
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const path = `/crm/v3/objects/${object}/batch/read`;
    // A key may hold what no path can.
    const body = { idProperty: keyProperty, inputs: [{ id: key }], properties: [keyProperty] };
    const reply = await wire.ask({ method: 'POST', path, body, repeatable: true, signal });
    missingOf(reply.value, path);
    const [found] = resultsOf<{
      readonly id: string;
      readonly properties: { readonly [name: string]: unknown };
    }>(reply, path);
    if (found && found.properties[keyProperty] !== key)
      throw new OpportuneError('opportune/push', 'HubSpot takes two keys for one', {
        where: `${object}/${found.id}`,
        remedy: 'Give responses ids that differ in more than capital letters',
      });
    return found?.id;
  }

  return async (response, how) => {
    const { signal } = how;
    const because = whyNotWritten(connection, response);
    if (because !== undefined) return { status: 'not-written', because };
    const { id: key, data } = response;
    if (key.length > LONGEST_KEY)
      throw new OpportuneError('opportune/push', `the id has ${key.length} characters`, {
        where: key.slice(0, 80),
        remedy: `Give responses ids of at most ${LONGEST_KEY}`,
      });
    const object = data.touch === undefined ? 'notes' : 'tasks';
    if (!checked.has(object)) await checkKeyProperty(wire, object, keyProperty, signal);
    checked.add(object);
    const held = await find(object, key, signal);
    if (held !== undefined) return { status: 'written', record: held, again: true };

    const owner = await ownerOf(wire, connection, response, signal);
    const properties = {
      ...propertiesOf(response, how),
      [keyProperty]: key,
      ...(owner === undefined ? {} : { hubspot_owner_id: owner }),
    };
    const associations = associationsOf(connection, object, response);
    const path = `/crm/v3/objects/${object}`;
    try {
      const body = { properties, associations };
      const { value } = await wire.ask({ method: 'POST', path, body, repeatable: true, signal });
      const { id } = Object(value) as { readonly id?: unknown };
      if (typeof id === 'string') return { status: 'written', record: id, again: false };
    } catch (error) {
      const isRefused = error instanceof HubspotRefusal && [400, 409].includes(error.status);
      const other = isRefused ? await find(object, key, signal) : undefined;
      if (other === undefined) throw error;
      return { status: 'written', record: other, again: true };
    }
    throw new OpportuneError('opportune/crm-unavailable', 'HubSpot does not say what it wrote', {
      where: path,
      remedy: 'Push the response again: it is written once',
    });
  };
}

function propertiesOf(
  { occurredAt, data: { touch } }: Fact & { readonly data: ResponseData },
  { title, text }: PushOptions,
): { readonly [name: string]: string } {
  const hs_timestamp = new Date(occurredAt).toISOString();
  if (touch === undefined) {
    const hs_note_body = escapeHtml(text === undefined ? title : `${title}\n${text}`);
    return { hs_timestamp, hs_note_body: hs_note_body.slice(0, LONGEST_TEXT) };
  }
  return {
    hs_timestamp,
    hs_task_subject: title.slice(0, LONGEST_SUBJECT),
    ...(text === undefined ? {} : { hs_task_body: escapeHtml(text).slice(0, LONGEST_TEXT) }),
    hs_task_status: 'COMPLETED',
    hs_task_type: TASK_TYPES[touch.channel] ?? 'TODO',
  };
}

/** HubSpot shows bodies as HTML, and what a rep writes is text. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\r?\n/g, '<br>');
}

function associationsOf(
  connection: string,
  object: string,
  { subjects, data: { record, touch } }: Fact & { readonly data: ResponseData },
): readonly unknown[] {
  const account = subjects.find((subject) => kindOf(subject) === 'account');
  const about = new Set([account, record, touch?.contact]);
  return [...about].flatMap((one) => {
    const id = crmId(connection, one);
    const associationTypeId = one === undefined ? undefined : TYPES[object]?.[kindOf(one)];
    if (id === undefined || associationTypeId === undefined) return [];
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }];
    return [{ to: { id }, types }];
  });
}

/** The owner of the user who did it; HubSpot names who is responsible by owners. */
async function ownerOf(
  wire: Wire,
  connection: string,
  { by }: Fact,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const user = by !== undefined && kindOf(by) === 'rep' ? crmId(connection, by) : undefined;
  return user === undefined ? undefined : (await readOwners(wire, signal)).ownerOf(user);
}
