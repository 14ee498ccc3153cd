import { randomBytes } from 'node:crypto';
import type { Fact } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import type { TenantCrmPorts } from '../crm/tenant-crm.js';
import { type Database, openDatabase } from '../database/open-database.js';
import { OWN } from '../database/own-tenant.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { createTestDatabase } from '../database/test-database.js';
import type { HttpLimits } from '../http/create-http.js';
import type { DayScripts, StudioFiles } from '../http/page-routes.js';
import { allowDevelopmentLogin } from '../identity/development-login.js';
import { readGatewaySettings } from '../identity/read-gateway-settings.js';
import { createServiceToken, TOKENS } from '../identity/service-token.js';
import { readPlaybookFolder } from '../playbook-folder.js';
import { type Gateway, type LogEntry, startGateway } from './start-gateway.js';
import { startTelemetry } from './telemetry.js';

export const NOW: number = Date.parse('2026-11-20T09:00:00Z');
const DAY = 86_400_000;

/** Ana owns the accounts of `crm`, Ben is in no team of hers. */
const SETTINGS = `
publicUrl: http://localhost:8474
pages: [https://acme.lightning.force.com]
tenants:
  acme: { connections: { crm: { rules: { records: { account: team, contact: team } } } } }
  other: { connections: { crm: { rules: { records: { account: everyone } } } } }
`;

export interface TestGateway extends Gateway {
  readonly database: Database;
  readonly logged: readonly LogEntry[];
  readonly clock: {
    now(): number;
    set(now: number): void;
    /** From now on it is the machine's. */
    follow(): void;
  };
  /** Who: `acme crm:rep:ana rep,admin`, or nobody. */
  call(
    who: string,
    method: 'GET' | 'POST' | 'PUT' | 'OPTIONS',
    path: string,
    body?: unknown,
    headers?: { readonly [name: string]: string },
  ): Promise<{ readonly status: number; readonly text: string; json(): unknown }>;
  /** Resolves when everything that was taken in is folded, and what was published is in force. */
  settled(): Promise<void>;
  /** Where it listens. */
  listen(): Promise<string>;
  /** The `authorization` of a server of the CRM, which speaks for the reps of this connection. */
  hostToken(connection: string): Promise<string>;
}

export const ANA = 'acme crm:rep:ana rep';
export const BEN = 'acme crm:rep:ben rep';
export const CONNECTOR = 'acme - connector';
export const MARKETER = 'acme crm:rep:mia rep,marketer';

export interface TestOptions {
  /** A database that is there already, to start on it anew. */
  readonly url?: string;
  readonly settings?: string;
  readonly limits?: Partial<HttpLimits>;
  readonly playbook?: readonly SourceFile[];
  /** Called before each change of the database; what it throws fails it. */
  readonly beforeChange?: () => void;
  readonly environment?: { readonly [name: string]: string };
  readonly embedScript?: string;
  readonly insightsScript?: string;
  readonly studioFiles?: StudioFiles;
  readonly dayScripts?: DayScripts;
  readonly secrets?: (kind: 'env' | 'file', name: string) => string | undefined;
  readonly crm?: TenantCrmPorts;
  /** The clock is the machine's from the beginning. */
  readonly follows?: boolean;
}

export async function openTestGateway(options: TestOptions = {}): Promise<TestGateway> {
  const database = await openDatabase({
    url: options.url ?? (await createTestDatabase()),
    ...(options.beforeChange && { beforeChange: options.beforeChange }),
  });
  const { settings, problems } = readGatewaySettings(
    options.settings ?? SETTINGS,
    'gateway.yaml',
    options.secrets ?? (() => undefined),
  );
  if (!settings) throw new Error(JSON.stringify(problems));
  let now: number | undefined = options.follows ? undefined : NOW;
  const clock = { now: () => now ?? Date.now() };
  const logged: LogEntry[] = [];
  const gateway = await startGateway({
    settings,
    database,
    clock,
    telemetry: await startTelemetry({}, clock),
    development: await allowDevelopmentLogin('127.0.0.1', async () => []),
    playbook: options.playbook ?? readPlaybookFolder('examples/hello/playbook'),
    ...(options.limits && { limits: options.limits }),
    ...(options.crm && { crm: options.crm }),
    environment: options.environment ?? {},
    embedScript: options.embedScript,
    insightsScript: options.insightsScript,
    studioFiles: options.studioFiles,
    dayScripts: options.dayScripts,
    heartbeatMs: 50,
    log: (entry) => logged.push(entry),
  });
  const call: TestGateway['call'] = async (who, method, path, body, headers = {}) => {
    const answer = await gateway.app.inject({
      method,
      url: path,
      headers: {
        ...(who !== '' && { authorization: `Development ${who}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return { status: answer.statusCode, text: answer.body, json: () => JSON.parse(answer.body) };
  };
  const tenant = gateway.tenants.get('acme');
  return {
    ...gateway,
    database,
    logged,
    clock: {
      ...clock,
      set: (to) => {
        now = to;
      },
      follow: () => {
        now = undefined;
      },
    },
    call,
    settled: () =>
      until(async () => {
        const status = await tenant?.importStatus();
        const versions = await tenant?.playbooks.versions();
        return (
          status?.waiting === 0 &&
          versions?.some(({ state }) => state === 'in-force') === true &&
          !versions.some(({ state }) => state === 'going-live')
        );
      }),
    async hostToken(connection) {
      const { token, record } = createServiceToken(
        { tenant: 'acme', name: 'Salesforce', roles: ['host'], connection, days: 9 },
        randomBytes,
        clock,
      );
      await (await openPostgresStore(database, OWN)).put(TOKENS + record.id, record);
      return `Bearer ${token}`;
    },
    listen: () => gateway.app.listen({ host: '127.0.0.1', port: 0 }),
    async close() {
      await gateway.close();
      await database.close();
    },
  };
}

export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 2400; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to hold');
}

/** As they come over the wire: an account of Ana's whose buyer wrote last so many days ago. */
export const silent = (account: string, days: number): readonly object[] => [
  sent(`${account}/made`, {
    type: 'record-changed',
    at: NOW - 100 * DAY,
    account,
    data: { values: { name: `Company ${account}`, owner: 'crm:rep:ana' } },
  }),
  sent(`${account}/wrote/${days}`, {
    type: 'email-received',
    at: NOW - days * DAY,
    account,
    by: `crm:contact:${account}`,
  }),
];

export function sent(
  id: string,
  {
    type,
    at,
    account,
    data,
    by,
  }: {
    readonly type: string;
    readonly at: number;
    readonly account: string;
    readonly data?: Fact['data'];
    readonly by?: string;
  },
): object {
  return {
    id,
    type,
    subjects: [`crm:account:${account}`],
    about: [`crm:account:${account}`],
    occurredAt: new Date(at).toISOString(),
    grade: 'observed',
    ...(data && { data }),
    ...(by !== undefined && { by }),
  };
}

/** A fact as it comes over the wire. */
export function toSent({ occurredAt, learnedAt: _, ...fact }: Fact): object {
  return { ...fact, occurredAt: new Date(occurredAt).toISOString() };
}
