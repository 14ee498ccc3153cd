import { OpportuneError } from 'opportune';
import type { SecretSource } from '../read-secret.js';
import type { CrmName, CrmSignIn } from './crm-sign-in.js';

/**
 * What a command signs in with: variables such as `HUBSPOT_TOKEN`, each of which may stand in a file that `HUBSPOT_TOKEN_FILE`
 * names. No message repeats what they hold.
 */
export function signInFromEnvironment(crm: CrmName, secrets: SecretSource): CrmSignIn {
  const find = (name: string): string | undefined => {
    const file = secrets('env', `${name}_FILE`)?.trim();
    if (!file) return secrets('env', name)?.trim() || undefined;
    const held = secrets('file', file)?.trim();
    if (held) return held;
    throw new OpportuneError(
      'opportune/usage',
      `the file that ${name}_FILE names is not there, or is empty`,
      {
        where: file,
        remedy: 'Write the secret into that file, and nothing else',
      },
    );
  };
  const need = (name: string, what: string): string => {
    const found = find(name);
    if (found !== undefined) return found;
    throw new OpportuneError('opportune/usage', `${name} is not set`, {
      remedy: `Set it, or ${name}_FILE with the file that holds it: ${what}`,
    });
  };
  const hubspotProof = () => {
    const clientId = find('HUBSPOT_CLIENT_ID');
    if (clientId === undefined)
      return {
        token: need(
          'HUBSPOT_TOKEN',
          'the token of a private app. With HUBSPOT_CLIENT_ID none is needed',
        ),
      };
    const refreshTokenFile = secrets('env', 'HUBSPOT_REFRESH_TOKEN_FILE')?.trim();
    if (!refreshTokenFile)
      throw new OpportuneError('opportune/usage', 'HUBSPOT_REFRESH_TOKEN_FILE is not set', {
        remedy:
          'Name the file that holds the refresh token: HubSpot may give a new one, which is written there',
      });
    const clientSecret = need('HUBSPOT_CLIENT_SECRET', 'the secret of the app');
    const refreshToken = need(
      'HUBSPOT_REFRESH_TOKEN',
      'what the app was given when it was installed',
    );
    return { app: { clientId, clientSecret, refreshToken, refreshTokenFile } };
  };
  if (crm === 'hubspot') {
    const origin = address('HUBSPOT_URL', find('HUBSPOT_URL'));
    const version = find('HUBSPOT_VERSION');
    return {
      crm,
      ...hubspotProof(),
      ...(origin !== undefined && { origin }),
      ...(version !== undefined && { version }),
    };
  }
  const login = need('SALESFORCE_LOGIN_URL', 'your own address, https://acme.my.salesforce.com');
  const clientId = need('SALESFORCE_CLIENT_ID', 'the consumer key of the app');
  const privateKey = find('SALESFORCE_PRIVATE_KEY');
  return {
    crm,
    login: address('SALESFORCE_LOGIN_URL', login) ?? login,
    clientId,
    proof:
      privateKey === undefined
        ? {
            clientSecret: need(
              'SALESFORCE_CLIENT_SECRET',
              'the consumer secret of the app. With SALESFORCE_PRIVATE_KEY and SALESFORCE_USERNAME none is needed',
            ),
          }
        : { privateKey, username: need('SALESFORCE_USERNAME', 'the user that the app speaks for') },
  };
}

/** A secret is sent to it, so that only this machine may be asked without https. */
function address(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url.origin;
  throw new OpportuneError('opportune/usage', `${name} is no https address`, {
    remedy: 'Write it like https://acme.my.salesforce.com',
  });
}
