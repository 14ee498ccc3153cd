import assert from 'node:assert/strict';
import { Client } from '@hubspot/api-client';
import type { Connector } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import type { ResponseData } from '../../src/domain/response.js';
import {
  APP,
  type Emulator,
  type EmulatorOptions,
  emulateHubspot,
} from '../../test/emulators/hubspot/emulate-hubspot.js';
import { parseFieldMap } from '../field-map/parse-field-map.js';
import { quickTiming } from '../requests/quick-timing.js';
import type { Timing } from '../requests/timing.js';
import {
  createHubspotConnector,
  createHubspotInbox,
  createHubspotRequests,
  createHubspotSession,
  type HubspotAccess,
  type HubspotConnectorOptions,
  type HubspotInbox,
  type HubspotSession,
  prepareHubspot,
  renewByRefreshToken,
} from './hubspot-connector.js';

export const MAP = `
connection: crm
zone: Europe/Berlin
currency: EUR
objects:
  owners:
    facts:
      - record: rep
        set: { name: name, email: email }
  companies:
    fields:
      annualrevenue: { type: money }
      industry: { type: text, values: { MINING: mining } }
      segments: { type: list }
      renewal_date: { type: date }
    facts:
      - record: account
        set:
          name: name
          owner: { rep: hubspot_owner_id }
          industry: industry
          annualRevenue: annualrevenue
          employees: numberofemployees
          renewalDate: renewal_date
          segments: segments
          note: description
  contacts:
    facts:
      - record: contact
        of: [associatedcompanyid, association/companies]
        set: { name: hs_full_name_or_email, email: email, role: jobtitle, optedOut: hs_email_optout }
  deals:
    fields:
      closedate: { type: date }
    facts:
      - record: opportunity
        of: [hs_primary_associated_company, association/companies]
        set: { name: dealname, stage: dealstage, amount: amount, closeDate: closedate, owner: { rep: hubspot_owner_id } }
      - activity: purchase
        of: [hs_primary_associated_company, association/companies]
        when: { hs_is_closed_won: true }
        at: closedate
        about: { opportunity: hs_object_id, contact: association/contacts }
        grade: buyer-verified
        set: { amount: amount }
  calls:
    facts:
      - activity: call-made
        of: association/companies
        when: { hs_call_direction: OUTBOUND, hs_call_status: COMPLETED }
        at: hs_timestamp
        about: { contact: association/contacts, opportunity: association/deals }
        by: { rep: hubspot_owner_id }
        set: { subject: hs_call_title, text: hs_call_body }
  meetings:
    facts:
      - activity: meeting-held
        of: association/companies
        at: hs_meeting_end_time
        about: { contact: association/contacts, opportunity: association/deals }
        by: { rep: hubspot_owner_id }
        set: { subject: hs_meeting_title }
  tasks:
    facts:
      - activity: task-done
        of: association/companies
        when: { hs_task_status: COMPLETED }
        at: hs_timestamp
        about: { contact: association/contacts }
        by: { rep: hubspot_owner_id }
        set: { subject: hs_task_subject }
  notes:
    facts:
      - activity: note-written
        of: association/companies
        at: hs_timestamp
        by: { rep: hubspot_owner_id }
        set: { text: hs_note_body }
  products:
    facts:
      - record: product
        set: { name: name, price: price }
  line_items:
    fields:
      association/deals.closedate: { type: date }
    facts:
      - record: opportunity
        into: association/deals
        of: association/deals.hs_primary_associated_company
        set: { products: { list: name }, quantity: { sum: quantity }, worth: { sum: amount } }
      - activity: purchase
        of: association/deals.hs_primary_associated_company
        when: { association/deals.hs_is_closed_won: true }
        at: association/deals.closedate
        about: { opportunity: association/deals, product: hs_product_id }
        grade: buyer-verified
        set: { product: name, quantity: quantity, price: price, amount: amount }
`;

export interface Bench {
  readonly emulator: Emulator;
  readonly timing: Timing;
  readonly session: HubspotSession;
  readonly access: HubspotAccess;
  readonly inbox: HubspotInbox;
  pass(ms: number): void;
  open(
    options?: Partial<Omit<HubspotConnectorOptions, 'map'>> & { readonly map?: string },
  ): Connector;
  close(): Promise<void>;
}

export const KEY = 'opportune_key';

/** HubSpot's client signs in at the emulator, as a browser goes through it. */
export async function signIn(
  client: Client,
  origin: string,
): ReturnType<Client['oauth']['tokensApi']['create']> {
  const { clientId, clientSecret, redirectUri } = APP;
  const url = new URL(client.oauth.getAuthorizationUrl(clientId, redirectUri, 'oauth'));
  // The client writes HubSpot's own host there.
  const response = await fetch(`${origin}${url.pathname}${url.search}`, { redirect: 'manual' });
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return client.oauth.tokensApi.create(
    'authorization_code',
    code,
    redirectUri,
    clientId,
    clientSecret,
  );
}

/** An emulated HubSpot, and an app that was let in. */
export async function startBench(options: EmulatorOptions = {}): Promise<Bench> {
  const timing = quickTiming();
  const emulator = await emulateHubspot({ accounts: 20, now: timing.now, ...options });
  const client = new Client({ basePath: emulator.origin });
  const token = await signIn(client, emulator.origin);
  const { clientId, clientSecret } = APP;
  const session = createHubspotSession({
    token,
    now: timing.now,
    renew: renewByRefreshToken(
      client.oauth.tokensApi,
      { clientId, clientSecret, refreshToken: token.refreshToken },
      async () => undefined,
    ),
  });
  const requests = createHubspotRequests({ fetch, ...timing });
  const access = { session, requests, origin: emulator.origin };
  const inbox = createHubspotInbox(emulator.portal.id);
  await prepareHubspot(access, KEY);
  return {
    emulator,
    timing,
    session,
    access,
    inbox,
    pass: timing.pass,
    open: ({ map = MAP, ...more } = {}) => {
      const parsed = parseFieldMap(map, 'map.yaml');
      assert.deepEqual(parsed.problems, []);
      assert.ok(parsed.map);
      return createHubspotConnector({
        ...access,
        keyProperty: KEY,
        inbox,
        timing,
        ...more,
        map: parsed.map,
      });
    },
    close: () => emulator.close(),
  };
}

/** Work over a bench that is closed afterwards. */
export async function withBench(
  options: EmulatorOptions,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const bench = await startBench(options);
  try {
    await work(bench);
  } finally {
    await bench.close();
  }
}

/** What changed in the portal is told to the inbox: each event twice, the last first. */
export function tellInbox({ emulator, inbox }: Bench): () => void {
  const { portal } = emulator;
  let events: unknown[] = [];
  portal.listeners.push(({ object, id, type, more }) => {
    events.unshift({
      objectId: Number(id),
      ...more,
      eventId: events.length + 1,
      subscriptionId: 7,
      portalId: portal.id,
      occurredAt: portal.now(),
      subscriptionType: `object.${type}`,
      objectTypeId: object.typeId,
    });
  });
  return () => {
    inbox.accept(JSON.stringify([...events, ...events]));
    events = [];
  };
}

export function doneOn(
  { emulator, timing }: Bench,
  id: string,
  touch: ResponseData['touch'] = { channel: 'call' },
): Fact & { readonly data: ResponseData } {
  const { portal } = emulator;
  const contact = [...portal.rows('contacts').values()].find(
    ({ properties }) => properties.associatedcompanyid,
  );
  const account = `crm:account:${contact?.properties.associatedcompanyid}`;
  return {
    id,
    type: 'response',
    subjects: [account],
    about: [account],
    occurredAt: timing.now() - 60_000,
    learnedAt: timing.now(),
    grade: 'observed',
    by: `crm:rep:${portal.owners[1]?.userId}`,
    data: {
      play: 'renewal',
      record: account,
      opening: 'renewal|x|1',
      response: { kind: 'done' },
      scope: 'record',
      ...(touch && { touch: { ...touch, contact: `crm:contact:${contact?.id}` } }),
      executed: true,
    },
  };
}
