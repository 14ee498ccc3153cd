import assert from 'node:assert/strict';
import { OAuth2 } from 'jsforce';
import type { Connector } from '../../src/domain/connector.js';
import {
  APP,
  type Emulator,
  type EmulatorOptions,
  emulateSalesforce,
} from '../../test/emulators/salesforce/emulate-salesforce.js';
import { parseFieldMap } from '../field-map/parse-field-map.js';
import { quickTiming } from '../requests/quick-timing.js';
import type { Timing } from '../requests/timing.js';
import {
  createSalesforceConnector,
  createSalesforceRequests,
  createSalesforceSession,
  type Requests,
  renewByRefreshToken,
  type SalesforceSession,
  type TokenResponse,
} from './salesforce-connector.js';

export const MAP = `
connection: crm
zone: Europe/Berlin
currency: EUR
objects:
  User:
    facts:
      - record: rep
        set: { name: Name, email: Email }
  Account:
    fields:
      AnnualRevenue: { type: money }
      Industry: { type: text, values: { Mining: mining } }
      Segments__c: { type: list }
      RenewalDate__c: { type: date }
    facts:
      - record: account
        set:
          name: Name
          owner: { rep: OwnerId }
          ultimateParent: { account: [Parent.Parent.ParentId, Parent.ParentId, ParentId] }
          industry: Industry
          annualRevenue: AnnualRevenue
          employees: NumberOfEmployees
          renewalDate: RenewalDate__c
          segments: Segments__c
          note: Description
  Contact:
    facts:
      - record: contact
        of: AccountId
        set: { name: Name, email: Email, role: Title, optedOut: HasOptedOutOfEmail }
  Opportunity:
    facts:
      - record: opportunity
        of: AccountId
        set: { name: Name, stage: StageName, amount: Amount, closeDate: CloseDate, owner: { rep: OwnerId } }
      - activity: purchase
        of: AccountId
        when: { IsWon: true }
        at: CloseDate
        about: { opportunity: Id }
        grade: buyer-verified
        set: { amount: Amount }
  Task:
    facts:
      - activity: call-made
        of: AccountId
        when: { TaskSubtype: Call, IsClosed: true }
        at: CompletedDateTime
        about: { contact: WhoId, opportunity: WhatId }
        by: { rep: OwnerId }
        set: { subject: Subject, text: Description }
  Event:
    facts:
      - activity: meeting-held
        of: AccountId
        at: EndDateTime
        about: { contact: WhoId, opportunity: WhatId }
        by: { rep: OwnerId }
        set: { subject: Subject }
`;

export interface Bench {
  readonly emulator: Emulator;
  readonly timing: Timing;
  readonly session: SalesforceSession;
  readonly requests: Requests;
  readonly refreshTokens: string[];
  pass(ms: number): void;
  open(options?: { readonly map?: string; readonly bulkFrom?: number }): Connector;
  close(): Promise<void>;
}

/** An emulated Salesforce, and a signed-in user of it. */
export async function startBench(options: EmulatorOptions = {}): Promise<Bench> {
  const timing = quickTiming();
  const emulator = await emulateSalesforce({ accounts: 25, now: timing.now, ...options });
  const oauth2 = new OAuth2({ loginUrl: emulator.origin, ...APP, useVerifier: true });
  const response = await fetch(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' }), {
    redirect: 'manual',
  });
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const token = (await oauth2.requestToken(code)) as TokenResponse & { instance_url: string };
  const refreshTokens = [token.refresh_token ?? ''];
  const session = createSalesforceSession({
    token,
    now: timing.now,
    renew: renewByRefreshToken(oauth2, token.refresh_token ?? '', async (renewed) => {
      refreshTokens.push(renewed);
    }),
  });
  const requests = createSalesforceRequests({ timing });
  return {
    emulator,
    timing,
    session,
    requests,
    refreshTokens,
    pass: timing.pass,
    open: ({ map = MAP, bulkFrom = 5_000 } = {}) => {
      const parsed = parseFieldMap(map, 'map.yaml');
      assert.deepEqual(parsed.problems, []);
      assert.ok(parsed.map);
      return createSalesforceConnector({
        map: parsed.map,
        session,
        requests,
        bulkFrom,
        keyField: 'OpportuneKey__c',
        changeEvents: ['Account', 'Contact'],
        timing,
      });
    },
    close: () => emulator.close(),
  };
}
