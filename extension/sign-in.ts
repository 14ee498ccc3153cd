import { OpportuneError } from 'opportune';
import { findHubspotUser } from '../connectors/hubspot/hubspot-connector.js';
import { createFetchOAuth2 } from '../connectors/salesforce/salesforce-connector.js';
import { createGuardedFetch } from './guarded-fetch.js';
import { openCrm, openHubspot, redirectUri } from './open-crm.js';
import type { Settings, SettingsStore, SignedIn } from './settings.js';

/** For the first question to the CRM, which is who was signed in. */
const untilKnown = { user: '', name: '', company: '' };

/** Opens Salesforce's own page in a window of its own; what is typed there stays there. */
export async function signInToSalesforce(
  settings: Settings,
  store: SettingsStore,
): Promise<SignedIn> {
  const { loginUrl, clientId } = settings;
  const fetch = createGuardedFetch([loginUrl]);
  const oauth2 = createFetchOAuth2({ loginUrl, clientId, redirectUri: redirectUri(), fetch });
  const [state, verifier] = [randomText(), randomText()];
  const url = await oauth2.authorizationUrl({ scope: 'api refresh_token', state, verifier });
  const back = await chrome.identity
    .launchWebAuthFlow({ url, interactive: true })
    .catch(() => undefined);
  const answer = new URL(back ?? 'about:blank').searchParams;
  if (answer.get('state') !== state || !answer.get('code'))
    throw new OpportuneError('opportune/sign-in', 'Salesforce did not let you in', {
      where: loginUrl,
      remedy:
        'Sign in again, and let the app in; see whether it has the callback address shown here',
    });
  const token = await oauth2.requestToken(answer.get('code') ?? '', verifier);
  const { access_token: accessToken, refresh_token: refreshToken } = token;
  const instanceUrl = new URL(token.instance_url ?? loginUrl).origin;
  const signedIn = { accessToken, instanceUrl, ...(refreshToken && { refreshToken }) };
  const identity = await ask(settings, { ...untilKnown, ...signedIn }, store);
  return { ...signedIn, ...identity, company: new URL(instanceUrl).hostname };
}

/**
 * HubSpot gives no token by OAuth without a secret, which an extension cannot keep. So the token of an app or a service key
 * is entered; it says who made it, and `email` who the rep is.
 */
export async function signInToHubspot(
  settings: Settings,
  accessToken: string,
  store: SettingsStore,
): Promise<SignedIn> {
  const identity = await ask(settings, { ...untilKnown, accessToken }, store);
  const user = settings.email === '' ? identity : await findUser(settings, accessToken);
  return { accessToken, ...user, company: identity.company };
}

async function ask(settings: Settings, signedIn: SignedIn, store: SettingsStore) {
  const told = await openCrm({ settings, signedIn, store }).identity?.();
  if (!told)
    throw new OpportuneError('opportune/sign-in', 'the CRM does not say who is signed in', {
      remedy: 'Sign in again',
    });
  return {
    user: told.user.slice(told.user.lastIndexOf(':') + 1),
    name: told.name,
    company: told.company,
  };
}

/** Forgets the tokens here, and has Salesforce forget its own. Out of reach it forgets them when they end. */
export async function signOut(settings: Settings, store: SettingsStore): Promise<void> {
  const held = await store.signedIn();
  await store.setSignedIn(undefined);
  if (held?.refreshToken === undefined) return;
  const { loginUrl, clientId } = settings;
  const fetch = createGuardedFetch([loginUrl]);
  const oauth2 = createFetchOAuth2({ loginUrl, clientId, redirectUri: redirectUri(), fetch });
  await oauth2.revoke(held.refreshToken).catch(() => undefined);
}

async function findUser(settings: Settings, accessToken: string) {
  const found = await findHubspotUser(openHubspot(settings, { accessToken }), settings.email);
  if (found) return { user: found.id, name: found.name };
  throw new OpportuneError('opportune/sign-in', 'no user of HubSpot has that email address', {
    where: settings.email,
    remedy: 'Write the address with which you sign in to HubSpot',
  });
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
