import { OpportuneError } from '../../src/core/errors.js';
import { dayNumber } from '../../src/core/zone.js';
import type { Pushed, PushOptions } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import type { ResponseData } from '../../src/domain/response.js';
import { kindOf, type RecordId } from '../../src/domain/value.js';
import { crmId } from '../field-map/crm-id.js';
import type { FieldMap } from '../field-map/field-map.js';
import { whyNotWritten } from '../field-map/why-not-written.js';
import { SalesforceRefusal, type Wire } from './wire.js';

const DAY_MS = 86_400_000;
/** The length of an external id at Salesforce. */
const LONGEST_KEY = 255;
const LONGEST_SUBJECT = 255;
const LONGEST_TEXT = 32_000;
const SUBTYPES: { readonly [channel: string]: string } = { call: 'Call', email: 'Email' };

/**
 * Writes what a rep did as a completed Task, or as an Event where they met. The fact's id stands in a field that
 * Salesforce finds records by: the same key is the same record, also when the answer to an earlier attempt was lost.
 * What is there already is left as it is, for people may have written into it.
 */
export async function pushResponse(
  wire: Wire,
  { connection, zone }: Pick<FieldMap, 'connection' | 'zone'>,
  keyField: string,
  response: Fact & { readonly data: ResponseData },
  { title, text, signal }: PushOptions,
): Promise<Pushed> {
  const because = whyNotWritten(connection, response);
  if (because !== undefined) return { status: 'not-written', because };
  const { id: key, occurredAt, data, by } = response;
  const { record, touch } = data;
  if (key.length > LONGEST_KEY)
    throw new OpportuneError(
      'opportune/push',
      `the id of the response has ${key.length} characters`,
      {
        where: key.slice(0, 80),
        remedy: `Give responses ids of at most ${LONGEST_KEY}`,
      },
    );
  const isMeeting = touch?.channel === 'meeting';
  const object = isMeeting ? 'Event' : 'Task';
  const path = `/sobjects/${object}/${keyField}/${encodeURIComponent(key)}`;
  const held = await find(wire, path, signal);
  if (held !== undefined) return { status: 'written', record: held, again: true };

  const contact = touch?.contact ?? (kindOf(record) === 'contact' ? record : undefined);
  const account = response.subjects.find((subject) => kindOf(subject) === 'account');
  const what = kindOf(record) === 'contact' ? account : record;
  const idAt = (id: RecordId | undefined): string | undefined => crmId(connection, id);
  const day = new Date(dayNumber(occurredAt, zone) * DAY_MS).toISOString().slice(0, 10);
  const moment = new Date(occurredAt).toISOString();
  const values = {
    Subject: title.slice(0, LONGEST_SUBJECT),
    Description: text?.slice(0, LONGEST_TEXT),
    WhoId: idAt(contact),
    WhatId: idAt(what),
    OwnerId: by !== undefined && kindOf(by) === 'rep' ? idAt(by) : undefined,
    ...(isMeeting
      ? { StartDateTime: moment, EndDateTime: moment }
      : {
          Status: 'Completed',
          ActivityDate: day,
          TaskSubtype: SUBTYPES[touch?.channel ?? ''] ?? 'Task',
        }),
  };
  const { value } = await wire.ask({
    method: 'PATCH',
    path,
    body: values,
    repeatable: true,
    signal,
  });
  const { id, created } = value as { readonly id?: unknown; readonly created?: unknown };
  if (typeof id !== 'string')
    throw new OpportuneError('opportune/crm-unavailable', 'Salesforce does not say what it wrote', {
      where: path,
      remedy: 'Push the response again: it is written once',
    });
  return { status: 'written', record: id, again: created === false };
}

async function find(
  wire: Wire,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { value } = await wire.ask({ path, query: { fields: 'Id' }, signal });
    const { Id } = Object(value) as { readonly Id?: unknown };
    return typeof Id === 'string' ? Id : undefined;
  } catch (error) {
    if (error instanceof SalesforceRefusal && error.status === 404) return undefined;
    throw error;
  }
}
