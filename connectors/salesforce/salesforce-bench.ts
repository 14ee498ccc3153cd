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
  browserFetch,
  createFetchOAuth2,
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
  Product2:
    facts:
      - record: product
        set: { name: Name, family: Family }
  PricebookEntry:
    facts:
      - record: product
        name: price
        into: Product2Id
        when: { Pricebook2.IsStandard: true, IsActive: true, CurrencyIsoCode: EUR }
        set: { price: UnitPrice }
  OpportunityLineItem:
    facts:
      - record: opportunity
        name: products
        into: OpportunityId
        of: Opportunity.AccountId
        set: { products: { list: Product2.Name }, quantity: { sum: Quantity }, worth: { sum: TotalPrice } }
      - record: opportunity
        name: valves
        into: OpportunityId
        of: Opportunity.AccountId
        when: { Product2.Family: Valves }
        set: { valves: { sum: Quantity }, valvePrice: UnitPrice }
      - activity: purchase
        of: Opportunity.AccountId
        when: { Opportunity.IsWon: true }
        at: Opportunity.CloseDate
        about: { opportunity: OpportunityId, product: Product2Id }
        grade: buyer-verified
        set: { product: Product2.Name, quantity: Quantity, price: UnitPrice, amount: TotalPrice }
  ObjectTerritory2Association:
    optional: true
    facts:
      - record: account
        into: ObjectId
        when: { Territory2.Territory2Model.State: Active }
        set: { territories: { list: Territory2.Name } }
  UserTerritory2Association:
    optional: true
    facts:
      - record: rep
        into: UserId
        when: { IsActive: true, Territory2.Territory2Model.State: Active }
        set: { team: { list: Territory2.Name } }
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

/** A record of the emulated company. */
export interface Row {
  readonly Id: string;
  readonly [field: string]: unknown;
}

/** Records that are there. */
export const rowsOf = ({ emulator: { org } }: Bench, object: string): readonly Row[] =>
  [...org.rows(object).values()].filter(({ IsDeleted }) => IsDeleted !== true);

/** Makes a record, and returns its id. */
export const makeRow = ({ emulator }: Bench, object: string, values: object): string =>
  emulator.org.create(object, { ...values }, emulator.user).id;

const SCOPE = 'api refresh_token';
const codeFrom = async (url: string): Promise<string> => {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
};

/** An emulated Salesforce, and a signed-in user of it: by jsforce, or as in a browser, where jsforce and secrets are not. */
export async function startBench({
  inBrowser = false,
  ...options
}: EmulatorOptions & { readonly inBrowser?: boolean } = {}): Promise<Bench> {
  const timing = quickTiming();
  const { clientSecret: _, ...open } = APP;
  const emulator = await emulateSalesforce({
    ...{ accounts: 25, now: timing.now, ...options },
    ...(inBrowser && { apps: [open] }),
  });
  const { oauth2, token } = inBrowser
    ? await signInByFetch(emulator.origin)
    : await signInByJsforce(emulator.origin);
  const refreshTokens = [token.refresh_token ?? ''];
  const session = createSalesforceSession({
    token,
    now: timing.now,
    renew: renewByRefreshToken(oauth2, token.refresh_token ?? '', async (renewed) => {
      refreshTokens.push(renewed);
    }),
  });
  const requests = createSalesforceRequests({
    timing,
    ...(inBrowser && { fetch: browserFetch }),
  });
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

type Token = TokenResponse & { readonly instance_url: string };

async function signInByJsforce(loginUrl: string) {
  const oauth2 = new OAuth2({ loginUrl, ...APP, useVerifier: true });
  const code = await codeFrom(oauth2.getAuthorizationUrl({ scope: SCOPE }));
  return { oauth2, token: (await oauth2.requestToken(code)) as Token };
}

async function signInByFetch(loginUrl: string) {
  const { clientId, redirectUri } = APP;
  const oauth2 = createFetchOAuth2({ loginUrl, clientId, redirectUri, fetch: browserFetch });
  const verifier = 'a-verifier-of-forty-three-characters-or-more';
  const code = await codeFrom(
    await oauth2.authorizationUrl({ scope: SCOPE, state: 'state', verifier }),
  );
  return { oauth2, token: (await oauth2.requestToken(code, verifier)) as Token };
}
