import { dirname, resolve } from 'node:path';
import { type Problem, readSettings } from 'opportune/plan';
import type { Rule } from '../access/rule-access.js';
import { DEFAULT_MORNING } from '../digest/digest-day.js';
import { DEFAULT_BUDGET, type NotificationBudget } from '../digest/notification-budget.js';
import { readBytes } from '../people/master-key.js';
import type { SecretSource } from '../read-secret.js';
import { toSignIn, type WrittenSignIn } from './read-sign-in.js';
import { toSync, type WrittenSync } from './read-sync.js';
import type { Connection, GatewaySettings, PanelKey, Tenant } from './settings.js';
import { checkAddress, type Path, type Reading, secretOf } from './settings-reading.js';
import { GATEWAY_SHAPE } from './settings-shape.js';

export interface ReadSettings {
  /** Absent when there is an error. */
  readonly settings?: GatewaySettings;
  readonly problems: readonly Problem[];
}

const MINUTE = 60_000;
/** What HS256 asks of a key. */
const LEAST_KEY_BYTES = 32;
const MAILS_A_MINUTE = 60;

/** Reads `gateway.yaml`; `file` is its name in messages. No message repeats a secret. */
export function readGatewaySettings(
  text: string,
  file: string,
  secrets: SecretSource,
): ReadSettings {
  const read = readSettings(file, text, GATEWAY_SHAPE);
  if (read.value === undefined) return { problems: read.problems };
  const found: Problem[] = [];
  const reading: FileReading = {
    file,
    secrets,
    report: (code, path, message, remedy) =>
      found.push({ severity: 'error', code, ...read.placeOf(...path), message, remedy }),
  };
  const settings = toSettings(read.value as Written, reading);
  const problems = [...read.problems, ...found].sort((a, b) => a.line - b.line);
  return found.length > 0 ? { problems } : { settings, problems };
}

type FileReading = Reading & { readonly file: string };

/** What the shape has checked. */
interface Written {
  readonly publicUrl: string;
  readonly pages?: readonly string[];
  readonly people?: { readonly masterKey: string; readonly formerKeys?: readonly string[] };
  readonly mail?: {
    readonly secrets: readonly string[];
    readonly links: { readonly [connection: string]: string };
    readonly mailsAMinute?: number;
    readonly at?: string;
    readonly quiet?: NotificationBudget['quiet'];
    readonly perWeek?: number;
  };
  readonly panelTokens?: {
    readonly minutes?: number;
    readonly keys?: readonly { readonly id: string; readonly secret: string }[];
  };
  readonly tenants: { readonly [id: string]: WrittenTenant };
}
interface WrittenTenant {
  readonly connections: { readonly [name: string]: WrittenConnection };
  readonly signIn?: readonly WrittenSignIn[];
  readonly playbook?: { readonly needsSecond?: boolean };
  readonly calendars?: string;
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
  readonly sync?: WrittenSync;
}
function toSettings(written: Written, reading: FileReading): GatewaySettings {
  checkAddress(written.publicUrl, ['publicUrl'], reading);
  const tenants = Object.entries(written.tenants).map(([id, tenant]) =>
    toTenant(id, tenant, written.publicUrl, reading),
  );
  reportTwins(tenants, reading);
  const { minutes = 5, keys = [] } = written.panelTokens ?? {};
  return {
    publicUrl: written.publicUrl,
    pages: written.pages ?? [],
    ...(written.people && {
      people: {
        masterKey: toMasterKey(written.people.masterKey, ['people', 'masterKey'], reading),
        formerKeys: (written.people.formerKeys ?? []).map((one, i) =>
          toMasterKey(one, ['people', 'formerKeys', i], reading),
        ),
      },
    }),
    ...(written.mail && {
      mail: {
        secrets: written.mail.secrets.map((one, i) =>
          secretOf(one, ['mail', 'secrets', i], reading),
        ),
        links: written.mail.links,
        mailsAMinute: written.mail.mailsAMinute ?? MAILS_A_MINUTE,
        at: written.mail.at ?? DEFAULT_MORNING,
        budget: {
          quiet: written.mail.quiet ?? DEFAULT_BUDGET.quiet,
          perWeek: written.mail.perWeek ?? DEFAULT_BUDGET.perWeek,
        },
      },
    }),
    panelTokens: {
      lifetime: minutes * MINUTE,
      keys: keys.map((key, i) => toPanelKey(key, ['panelTokens', 'keys', i], keys, reading)),
    },
    tenants,
  };
}

function toMasterKey(pointer: string, path: Path, reading: Reading): Uint8Array {
  const text = secretOf(pointer, path, reading);
  const bytes = readBytes(text);
  if (text !== '' && !bytes)
    reading.report(
      'weak-secret',
      path,
      'the master key does not hold 32 bytes',
      'make one with "openssl rand -base64 32"',
    );
  return bytes ?? new Uint8Array();
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
  { connections, signIn = [], playbook = {}, calendars }: WrittenTenant,
  publicUrl: string,
  reading: FileReading,
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
    needsSecond: playbook.needsSecond ?? false,
    ...(calendars !== undefined && { calendars: resolve(dirname(reading.file), calendars) }),
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
  { salesforce, rules, sync: writtenSync }: WrittenConnection,
  path: Path,
  reading: FileReading,
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
  const sync = writtenSync && toSync(name, writtenSync, [...path, 'sync'], reading);
  const named = { name, ...(sync && { sync }) };
  if (salesforce) {
    checkAddress(salesforce.instance, [...path, 'salesforce', 'instance'], reading);
    return {
      ...named,
      crm: 'salesforce',
      instance: salesforce.instance,
      attributes: new Map(Object.entries(salesforce.attributes ?? {})),
    };
  }
  return {
    ...named,
    crm: 'rules',
    records: rules?.records ?? {},
    attributes: new Map(Object.entries(rules?.attributes ?? {})),
  };
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
