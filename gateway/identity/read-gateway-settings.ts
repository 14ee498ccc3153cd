import { type Place, type Problem, readSettings } from 'opportune/plan';
import { salesforceId } from '../salesforce-id.js';
import type { Role } from './identity.js';
import type {
  Connection,
  GatewaySettings,
  OidcSignIn,
  PanelKey,
  Rule,
  SignIn,
  Tenant,
} from './settings.js';
import { GATEWAY_SHAPE } from './settings-shape.js';

/** Finds what `env:NAME` or `file:PATH` points to; undefined when it is not there. Passed in, so that nothing here reads. */
export type SecretSource = (kind: 'env' | 'file', name: string) => string | undefined;

export interface ReadSettings {
  /** Absent when there is an error. */
  readonly settings?: GatewaySettings;
  readonly problems: readonly Problem[];
}

const MINUTE = 60_000;
/** What HS256 asks of a key. */
const LEAST_KEY_BYTES = 32;
const LEAST_SECRET_CHARS = 16;

/** Reads `gateway.yaml`; `file` is its name in messages. No message repeats a secret. */
export function readGatewaySettings(
  text: string,
  file: string,
  secrets: SecretSource,
): ReadSettings {
  const read = readSettings(file, text, GATEWAY_SHAPE);
  if (read.value === undefined) return { problems: read.problems };
  const found: Problem[] = [];
  const reading: Reading = {
    secrets,
    report: (code, path, message, remedy) =>
      found.push({ severity: 'error', code, ...(read.placeOf(...path) as Place), message, remedy }),
  };
  const settings = toSettings(read.value as unknown as Written, reading);
  const problems = [...read.problems, ...found].sort((a, b) => a.line - b.line);
  return found.length > 0 ? { problems } : { settings, problems };
}

type Path = readonly (string | number)[];
interface Reading {
  readonly secrets: SecretSource;
  report(code: string, path: Path, message: string, remedy: string): void;
}

/** What the shape has checked. */
interface Written {
  readonly publicUrl: string;
  readonly panelTokens?: {
    readonly minutes?: number;
    readonly keys?: readonly { readonly id: string; readonly secret: string }[];
  };
  readonly tenants: { readonly [id: string]: WrittenTenant };
}
interface WrittenTenant {
  readonly connections: { readonly [name: string]: WrittenConnection };
  readonly signIn?: readonly WrittenSignIn[];
}
interface WrittenConnection {
  readonly salesforce?: {
    readonly instance: string;
    readonly attributes?: { readonly [id: string]: string };
  };
  readonly rules?: {
    readonly records: { readonly [kind: string]: Rule };
    readonly attributes?: { readonly [id: string]: readonly string[] };
  };
}
interface WrittenSignIn {
  readonly oidc?: Omit<OidcSignIn, 'how' | 'rep' | 'roles' | 'requires'> & {
    readonly requires?: OidcSignIn['requires'];
    readonly rep?: { readonly claim: string; readonly connection: string };
    readonly roles: { readonly claim: string; readonly map: { readonly [word: string]: readonly Role[] } };
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

function toSettings(written: Written, reading: Reading): GatewaySettings {
  checkAddress(written.publicUrl, ['publicUrl'], reading);
  const tenants = Object.entries(written.tenants).map(([id, tenant]) =>
    toTenant(id, tenant, written.publicUrl, reading),
  );
  reportTwins(tenants, reading);
  const { minutes = 5, keys = [] } = written.panelTokens ?? {};
  return {
    publicUrl: written.publicUrl,
    panelTokens: {
      lifetime: minutes * MINUTE,
      keys: keys.map((key, i) => toPanelKey(key, ['panelTokens', 'keys', i], keys, reading)),
    },
    tenants,
  };
}

function toPanelKey(
  { id, secret }: { readonly id: string; readonly secret: string },
  path: Path,
  all: readonly { readonly id: string }[],
  reading: Reading,
): PanelKey {
  if (all.findIndex((one) => one.id === id) !== path[2])
    reading.report('twice', [...path, 'id'], `two panel keys are called "${id}"`, 'rename one');
  const bytes = new TextEncoder().encode(secretOf(secret, [...path, 'secret'], reading));
  if (bytes.length > 0 && bytes.length < LEAST_KEY_BYTES)
    reading.report(
      'weak-secret',
      [...path, 'secret'],
      `the key has ${bytes.length} bytes, fewer than ${LEAST_KEY_BYTES}`,
      'make one with "openssl rand -base64 48"',
    );
  return { id, secret: bytes };
}

function toTenant(
  id: string,
  { connections, signIn = [] }: WrittenTenant,
  publicUrl: string,
  reading: Reading,
): Tenant {
  const path = ['tenants', id];
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id))
    reading.report(
      'wrong-form',
      path,
      `a tenant cannot be called "${id}"`,
      'use small letters, digits and "-"',
    );
  const made = Object.entries(connections).map(([name, connection]) =>
    toConnection(name, connection, [...path, 'connections', name], reading),
  );
  return {
    id,
    connections: made,
    signIn: signIn.map((one, i) => {
      const at = [...path, 'signIn', i];
      const way = toSignIn(one, made, at, reading);
      if (way.how === 'oidc' && way.issuer === publicUrl)
        reading.report(
          'own-issuer',
          [...at, 'oidc', 'issuer'],
          'the issuer is the gateway itself, whose tokens are for panels alone',
          'name your identity provider',
        );
      return way;
    }),
  };
}

function toConnection(
  name: string,
  { salesforce, rules }: WrittenConnection,
  path: Path,
  reading: Reading,
): Connection {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name) || name === 'opportune')
    reading.report(
      'wrong-form',
      path,
      `a connection cannot be called "${name}"`,
      'use small letters, digits and "-", as its record ids begin',
    );
  const attributes = Object.keys((salesforce ?? rules)?.attributes ?? {});
  for (const id of attributes)
    if (!/^(account|contact|opportunity|rep|product|company)\.[A-Za-z][A-Za-z0-9]*$/.test(id))
      reading.report(
        'wrong-form',
        [...path, salesforce ? 'salesforce' : 'rules', 'attributes', id],
        `"${id}" is no attribute`,
        'write it with its kind of record: account.industry',
      );
  if (salesforce) {
    checkAddress(salesforce.instance, [...path, 'salesforce', 'instance'], reading);
    return {
      name,
      crm: 'salesforce',
      instance: salesforce.instance,
      attributes: new Map(Object.entries(salesforce.attributes ?? {})),
    };
  }
  return {
    name,
    crm: 'rules',
    records: rules?.records ?? {},
    attributes: new Map(Object.entries(rules?.attributes ?? {})),
  };
}

function toSignIn(
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

/** Plain http only where no network is crossed. */
function checkAddress(address: string, path: Path, { report }: Reading): void {
  if (!URL.canParse(address))
    report('wrong-form', path, `"${address}" is no address`, 'write it like https://example.com');
  else if (!isSafeAddress(new URL(address)))
    report('not-https', path, `"${address}" is not https`, 'use https');
}

function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function secretOf(pointer: string, path: Path, { secrets, report }: Reading): string {
  const kind = pointer.startsWith('env:') ? 'env' : 'file';
  const name = pointer.slice(pointer.indexOf(':') + 1);
  // An editor ends a file with a line break, and no secret holds one.
  const secret = secrets(kind, name)?.trim();
  if (secret) return secret;
  report(
    'no-secret',
    path,
    kind === 'env' ? `the variable ${name} is not set` : `${name} is not there, or is empty`,
    kind === 'env' ? `set ${name} where the gateway starts` : 'write the secret into that file',
  );
  return '';
}

/** Who signs in by two entries alike would belong to two companies. */
function reportTwins(tenants: readonly Tenant[], { report }: Reading): void {
  const seen = new Map<string, string>();
  for (const { id, signIn } of tenants)
    for (const [i, way] of signIn.entries()) {
      const key =
        way.how === 'oidc'
          ? JSON.stringify([way.issuer, way.audience, Object.entries(way.requires).sort()])
          : `${way.how} ${way.how === 'canvas' ? way.organization : way.portal}`;
      const other = seen.get(key);
      if (other !== undefined)
        report(
          'twice',
          ['tenants', id, 'signIn', i],
          `whoever signs in here signs in to "${other}" as well`,
          way.how === 'oidc'
            ? 'tell the two apart by audience, or by a claim under "requires:"'
            : 'keep one of them',
        );
      seen.set(key, id);
    }
}
