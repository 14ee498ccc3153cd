import { salesforceId } from '@opportune/connector-salesforce';
import type { Role } from './identity.js';
import type { Connection, OidcSignIn, SignIn } from './settings.js';
import { checkAddress, type Path, type Reading, secretOf } from './settings-reading.js';

const MINUTE = 60_000;
const LEAST_SECRET_CHARS = 16;

/** One entry of `signIn:`, whose shape was checked. */
export interface WrittenSignIn {
  readonly oidc?: Omit<OidcSignIn, 'how' | 'rep' | 'roles' | 'requires'> & {
    readonly requires?: OidcSignIn['requires'];
    readonly rep?: { readonly claim: string; readonly connection: string };
    readonly roles: {
      readonly claim: string;
      readonly map: { readonly [word: string]: readonly Role[] };
    };
  };
  readonly canvas?: {
    readonly connection: string;
    readonly organization: string;
    readonly secret: string;
    readonly roles: readonly Role[];
    readonly minutes?: number;
  };
  readonly hubspot?: {
    readonly connection: string;
    readonly portal: number;
    readonly secret: string;
    readonly roles: readonly Role[];
  };
}

export function toSignIn(
  { oidc, canvas, hubspot }: WrittenSignIn,
  connections: readonly Connection[],
  path: Path,
  reading: Reading,
): SignIn {
  const find = (name: string, at: Path): Connection | undefined => {
    const found = connections.find((one) => one.name === name);
    if (!found)
      reading.report(
        'unknown-connection',
        at,
        `there is no connection "${name}"`,
        `use one of ${connections.map((one) => one.name).join(', ')}, or add it to connections`,
      );
    return found;
  };
  if (oidc) {
    const { issuer, audience, keys, requires = {}, rep, roles, teams } = oidc;
    checkAddress(issuer, [...path, 'oidc', 'issuer'], reading);
    checkAddress(keys, [...path, 'oidc', 'keys'], reading);
    const crm = rep && find(rep.connection, [...path, 'oidc', 'rep', 'connection'])?.crm;
    return {
      how: 'oidc',
      issuer,
      audience,
      keys,
      requires,
      ...(rep && { rep: { ...rep, salesforce: crm === 'salesforce' } }),
      roles: { claim: roles.claim, map: new Map(Object.entries(roles.map)) },
      ...(teams && { teams }),
    };
  }
  if (canvas) {
    const at = [...path, 'canvas'];
    const { connection, roles, minutes = 5 } = canvas;
    const found = find(connection, [...at, 'connection']);
    if (found && found.crm !== 'salesforce')
      reading.report(
        'wrong-connection',
        [...at, 'connection'],
        `"${connection}" is no Salesforce, and only Salesforce has Canvas`,
        'name a connection with "salesforce:"',
      );
    const organization = salesforceId(canvas.organization);
    if (organization === undefined)
      reading.report(
        'wrong-form',
        [...at, 'organization'],
        `"${canvas.organization}" is no Salesforce id: its last three characters do not fit the others`,
        'copy it from Setup, Company Information',
      );
    const secret = secretOf(canvas.secret, [...at, 'secret'], reading);
    checkStrength(secret, [...at, 'secret'], reading);
    return {
      how: 'canvas',
      connection,
      organization: organization ?? '',
      secret,
      roles,
      maxAge: minutes * MINUTE,
    };
  }
  const at = [...path, 'hubspot'];
  const { connection, portal, roles, secret = '' } = hubspot as NonNullable<typeof hubspot>;
  find(connection, [...at, 'connection']);
  const found = secretOf(secret, [...at, 'secret'], reading);
  checkStrength(found, [...at, 'secret'], reading);
  return { how: 'hubspot', connection, portal, roles, secret: found };
}

function checkStrength(secret: string, path: Path, { report }: Reading): void {
  if (secret.length > 0 && secret.length < LEAST_SECRET_CHARS)
    report(
      'weak-secret',
      path,
      `the secret has ${secret.length} characters, fewer than ${LEAST_SECRET_CHARS}`,
      "copy the whole secret from the CRM's page of the app",
    );
}
