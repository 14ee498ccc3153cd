import {
  checkHubspotKey,
  checkHubspotMap,
  createHubspotConnector,
  createHubspotRequests,
  createHubspotSession,
  createPrivateSession,
  type HubspotInbox,
  type HubspotSession,
  prepareHubspot,
  realTiming,
  type Timing,
} from '@opportune/connector-hubspot';
import {
  checkSalesforceKey,
  checkSalesforceMap,
  createSalesforceConnector,
  createSalesforceRequests,
  createSalesforceSession,
  type FieldMap,
  type MapProblem,
} from '@opportune/connector-salesforce';
import { OpportuneError } from 'opportune';
import type { Connector } from '../../src/domain/connector.js';
import type { CrmName, CrmSignIn, HubspotSignIn, SalesforceSignIn } from './crm-sign-in.js';
import { grantInFile } from './grant-places.js';
import { createHubspotGrant, type GrantPlace } from './hubspot-grant.js';
import { askSalesforceToken } from './salesforce-token.js';

export interface ConnectHow {
  /** The field or property of the CRM that holds our key; absent: nothing is written back. */
  readonly keyField?: string;
  /** Salesforce: objects whose Change Data Capture is switched on. */
  readonly changeEvents?: readonly string[];
  /** HubSpot: where webhooks are taken in. */
  readonly inbox?: HubspotInbox;
}

/** A CRM that was signed in to as the integration user. All that goes to it shares one pace and one allowance. */
export interface Crm {
  readonly name: CrmName;
  connect(map: FieldMap, how?: ConnectHow): Connector;
  /** In the name of a rep whose own token this is; absent: reps have none here. */
  connectAs?(token: string, map: FieldMap, how: ConnectHow): Connector;
  /** What no longer fits between a map and the CRM. */
  check(map: FieldMap): Promise<readonly MapProblem[]>;
  /** Throws where the CRM would not keep what is written under our key there once. */
  checkKey(keyField: string): Promise<void>;
  /** Makes the place for our key; absent: only an admin can, in the CRM's own setup. */
  prepare?(keyField: string): Promise<void>;
}

export interface CrmPorts {
  readonly fetch?: typeof globalThis.fetch;
  readonly timing?: Timing;
  /** Where the grant of an app of HubSpot is kept; absent: in the file that its refresh token is read from. */
  readonly grantPlace?: GrantPlace;
}

/** Signs in. Throws what {@link askSalesforceToken} and {@link createHubspotGrant} throw; a token of HubSpot that stays is first tried when something is asked. */
export const openCrm = async (signIn: CrmSignIn, ports: CrmPorts = {}): Promise<Crm> =>
  signIn.crm === 'salesforce' ? openSalesforce(signIn, ports) : openHubspot(signIn, ports);

async function openSalesforce(
  signIn: SalesforceSignIn,
  { fetch = globalThis.fetch, timing = realTiming }: CrmPorts,
): Promise<Crm> {
  const ask = () => askSalesforceToken(signIn, { fetch, now: timing.now });
  const token = await ask();
  const session = createSalesforceSession({ token, renew: ask, now: timing.now });
  const requests = createSalesforceRequests({ fetch, timing });
  const shared = { requests, fetch, timing };
  return {
    name: 'salesforce',
    connect: (map, how = {}) => createSalesforceConnector({ ...shared, session, map, ...how }),
    connectAs: (repToken, map, how) =>
      createSalesforceConnector({
        ...shared,
        session: createSalesforceSession({
          token: { access_token: repToken, instance_url: session.token().instanceUrl },
          async renew() {
            throw new OpportuneError('opportune/sign-in', 'the token of the rep has ended', {
              remedy: 'The rep opens the panel in Salesforce again',
            });
          },
          now: timing.now,
        }),
        map,
        ...how,
      }),
    check: (map) => checkSalesforceMap({ map, session, requests }),
    checkKey: (keyField) => checkSalesforceKey({ session, requests }, keyField),
  };
}

async function openHubspot(signIn: HubspotSignIn, ports: CrmPorts): Promise<Crm> {
  const { fetch = globalThis.fetch, timing = realTiming } = ports;
  const { origin, version } = signIn;
  const access = {
    session: await openHubspotSession(signIn, ports),
    requests: createHubspotRequests({ fetch, ...timing }),
    ...(origin !== undefined && { origin }),
    ...(version !== undefined && { version }),
  };
  return {
    name: 'hubspot',
    connect: (map, { keyField, inbox } = {}) =>
      createHubspotConnector({
        ...access,
        map,
        timing,
        ...(keyField !== undefined && { keyProperty: keyField }),
        ...(inbox && { inbox }),
      }),
    check: (map) => checkHubspotMap({ ...access, map }),
    checkKey: (keyField) => checkHubspotKey(access, keyField),
    prepare: (keyField) => prepareHubspot(access, keyField),
  };
}

async function openHubspotSession(
  signIn: HubspotSignIn,
  { fetch = globalThis.fetch, timing = realTiming, grantPlace }: CrmPorts,
): Promise<HubspotSession> {
  if ('token' in signIn) return createPrivateSession(signIn.token);
  const { app, version } = signIn;
  const file = app.refreshTokenFile;
  const place = grantPlace ?? (file === undefined ? undefined : grantInFile(file));
  if (!place)
    throw new OpportuneError(
      'opportune/usage',
      'HubSpot is not signed in to: there is nowhere to keep a refresh token that it gives anew',
      { remedy: 'Name a database that can be reached, or the file that holds the refresh token' },
    );
  const { origin = HUBSPOT_ORIGIN } = signIn;
  const renew = createHubspotGrant({ app, origin, version, place, fetch, timing });
  return createHubspotSession({ token: await renew(), renew, now: timing.now });
}

const HUBSPOT_ORIGIN = 'https://api.hubapi.com';
