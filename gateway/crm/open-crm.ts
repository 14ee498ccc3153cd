import {
  checkHubspotKey,
  checkHubspotMap,
  createHubspotConnector,
  createHubspotRequests,
  createPrivateSession,
  type HubspotInbox,
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
}

/** Signs in. Throws what {@link askSalesforceToken} throws; a token of HubSpot is first tried when something is asked. */
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

function openHubspot(
  { token, origin, version }: HubspotSignIn,
  { fetch = globalThis.fetch, timing = realTiming }: CrmPorts,
): Crm {
  const access = {
    session: createPrivateSession(token),
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
