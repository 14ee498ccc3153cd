import { OpportuneError } from 'opportune';
import {
  createHubspotConnector,
  createHubspotRequests,
  createPrivateSession,
  type HubspotAccess,
  realTiming,
} from '../connectors/hubspot/hubspot-connector.js';
import {
  createFetchOAuth2,
  createSalesforceConnector,
  createSalesforceRequests,
  createSalesforceSession,
  type FieldMap,
  renewByRefreshToken,
  type SalesforceConnectorOptions,
  type SalesforceSession,
  type TokenResponse,
} from '../connectors/salesforce/salesforce-connector.js';
import type { Connector } from '../src/domain/connector.js';
import { createGuardedFetch } from './guarded-fetch.js';
import type { Settings, SettingsStore, SignedIn } from './settings.js';

const HUBSPOT_API = 'https://api.hubapi.com';
/** Attempts of one request: the rep waits in front of the panel, and the next alarm tries again. */
const ATTEMPTS = 3;
const TIMEOUT_MS = 30_000;
/** The list of deleted records has no filter; that a record is gone shows when it is opened. */
const LIST_GONE_EVERY_MS = 86_400_000;

/** Only what is asked of a map before there is one. */
const NO_MAP: FieldMap = {
  ...{ file: 'map', connection: 'crm', zone: 'UTC', revision: 1, grade: 'observed' },
  objects: [],
};

export interface CrmOptions {
  readonly settings: Settings;
  readonly signedIn: SignedIn;
  /** Keeps a renewed token, and has the one that another page of the extension may have renewed meanwhile. */
  readonly store: Pick<SettingsStore, 'signedIn' | 'setSignedIn'>;
  readonly map?: FieldMap;
  /** Whether a key is of what was answered here. */
  readonly wrote?: (key: string) => boolean;
}

/** The rep's own way into the CRM. */
export function openCrm(options: CrmOptions): Connector {
  const { settings, map = NO_MAP, wrote } = options;
  const { keyField } = settings;
  const key = map !== NO_MAP && keyField !== '' ? keyField : undefined;
  if (settings.crm === 'hubspot') {
    return createHubspotConnector({
      ...{ ...openHubspot(settings, options.signedIn), map },
      listGoneEveryMs: LIST_GONE_EVERY_MS,
      ...(key !== undefined && { keyProperty: key }),
      ...(wrote && { wrote }),
    });
  }
  return createSalesforceConnector({
    ...{ ...openSalesforce(options), map },
    ...(key !== undefined && { keyField: key }),
    ...(wrote && { wrote }),
  });
}

export function openHubspot(
  { apiVersion }: Settings,
  { accessToken }: Pick<SignedIn, 'accessToken'>,
): HubspotAccess {
  const fetch = createGuardedFetch([HUBSPOT_API]);
  const pace = { attempts: ATTEMPTS, timeoutMs: TIMEOUT_MS };
  return {
    session: createPrivateSession(accessToken),
    requests: createHubspotRequests({ fetch, ...realTiming, ...pace }),
    origin: HUBSPOT_API,
    ...(apiVersion !== '' && { version: apiVersion }),
  };
}

export function openSalesforce(
  options: CrmOptions,
): Pick<SalesforceConnectorOptions, 'session' | 'requests' | 'version'> {
  const { apiVersion, loginUrl } = options.settings;
  const fetch = createGuardedFetch([options.signedIn.instanceUrl ?? '', loginUrl]);
  return {
    session: openSession(options, fetch),
    requests: createSalesforceRequests({ fetch, attempts: ATTEMPTS, timeoutMs: TIMEOUT_MS }),
    ...(apiVersion !== '' && { version: apiVersion }),
  };
}

function openSession(
  { settings, signedIn, store }: CrmOptions,
  fetch: typeof globalThis.fetch,
): SalesforceSession {
  const { loginUrl, clientId } = settings;
  const oauth2 = createFetchOAuth2({ loginUrl, clientId, redirectUri: redirectUri(), fetch });
  let { accessToken } = signedIn;
  return createSalesforceSession({
    token: toToken(signedIn),
    now: Date.now,
    // Where refresh tokens rotate, the one that two pages both use is worth nothing the second time.
    renew: () =>
      navigator.locks.request('opportune-token', async () => {
        const held = await store.signedIn();
        if (held?.refreshToken === undefined)
          throw new OpportuneError('opportune/sign-in', 'nobody is signed in', {
            remedy: 'Sign in again in the settings',
          });
        if (held.accessToken !== accessToken) {
          ({ accessToken } = held);
          return toToken(held);
        }
        let { refreshToken } = held;
        const renewed = await renewByRefreshToken(oauth2, refreshToken, async (rotated) => {
          refreshToken = rotated;
        })();
        accessToken = renewed.access_token;
        const { instance_url: instanceUrl = held.instanceUrl ?? '' } = renewed;
        await store.setSignedIn({ ...held, accessToken, refreshToken, instanceUrl });
        return renewed;
      }),
  });
}

const toToken = ({
  accessToken,
  instanceUrl = '',
}: SignedIn): TokenResponse & { readonly instance_url: string } => ({
  access_token: accessToken,
  instance_url: instanceUrl,
});

/** The callback address that the app at Salesforce has to name. */
export const redirectUri = (): string => chrome.identity.getRedirectURL('salesforce');
