import { randomBytes } from 'node:crypto';
import type { Clock } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import type { TenantCrmPorts } from '../crm/tenant-crm.js';
import type { Database } from '../database/open-database.js';
import { notBeforeName, OWN } from '../database/own-tenant.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { openReplayLog } from '../database/replay-log.js';
import type { App } from '../http/app.js';
import {
  createHttp,
  DEFAULT_LIMITS,
  type HttpLimits,
  type RequestLog,
} from '../http/create-http.js';
import type { DayScripts, StudioFiles } from '../http/page-routes.js';
import { createAuthenticator } from '../identity/create-authenticator.js';
import type { DevelopmentLogin } from '../identity/development-login.js';
import { isRefused } from '../identity/identity.js';
import { type ServiceTokenRecord, TOKENS } from '../identity/service-token.js';
import type { GatewaySettings } from '../identity/settings.js';
import { createTokens } from './crm-tokens.js';
import { createMail, type Mail } from './mail-of.js';
import { type OpenTenant, openTenant, type Trouble } from './open-tenant.js';
import type { Telemetry } from './telemetry.js';
import type { Tenant } from './tenant.js';

export interface GatewayOptions {
  readonly settings: GatewaySettings;
  readonly database: Database;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly development?: DevelopmentLogin;
  /** The files of a playbook for tenants that have none in force. */
  readonly playbook?: readonly SourceFile[];
  readonly limits?: Partial<HttpLimits>;
  /** The script of the page that shows the panel in a frame; without it there is no such page. */
  readonly embedScript?: string | undefined;
  /** The script of the page of findings; without it there is no such page. */
  readonly insightsScript?: string | undefined;
  /** The scripts of the studio; without them there is no such page. */
  readonly studioFiles?: StudioFiles | undefined;
  /** Those of the page of a rep's day; without them there is no such page. */
  readonly dayScripts?: DayScripts | undefined;
  /** Milliseconds between two signs of life on an event stream; 15 s. */
  readonly heartbeatMs?: number;
  /** Where the mail server is named. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** How CRMs are reached; by the machine's own network and clock. */
  readonly crm?: TenantCrmPorts;
  /** Structured; nothing in it is about a person. */
  log(entry: LogEntry): void;
}

export type LogEntry = ({ readonly log: 'request' } & RequestLog) | Trouble;

export interface Gateway {
  readonly app: App;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly mail: Mail;
  /** Resolves when all that was under way is done; the database stays open. */
  close(): Promise<void>;
}

/** What is under way has so long; browsers keep connections open that nobody uses, and an answer cut off is sent again. */
const CLOSING_MS = 3_000;

/** Everything that one process of the gateway runs, joined. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { settings, database, clock, telemetry, development, limits, log } = options;
  const stop = new AbortController();
  const own = await openPostgresStore(database, OWN);
  const tokens = createTokens(clock);
  const authenticator = createAuthenticator(settings, {
    clock,
    fetch,
    random: randomBytes,
    replays: openReplayLog(database, OWN, clock),
    serviceTokens: {
      find: async (id) => (await own.get(`${TOKENS}${id}`)) as ServiceTokenRecord | undefined,
    },
    notBefore: async (tenant, id) =>
      (await own.get(notBeforeName(tenant, id))) as number | undefined,
    ...(development && { development }),
  });

  const running: Promise<void>[] = [];
  const open = new Map<string, OpenTenant>();
  const tenants = new Map<string, Tenant>();
  const mail = createMail(settings, { database, clock, environment: options.environment });
  for (const tenant of settings.tenants) {
    const { id } = tenant;
    const opened = await openTenant(tenant, { ...options, tokens, mail });
    open.set(id, opened);
    tenants.set(id, opened.tenant);
    running.push(opened.run(stop.signal));
  }
  telemetry.gauge('panels', () =>
    [...tenants.values()].reduce((sum, { hub }) => sum + hub.panels, 0),
  );

  const app = await createHttp({
    async authenticate(request) {
      const found = await authenticator.authenticate(request);
      if (!isRefused(found)) await open.get(found.identity.tenant)?.signedIn(found);
      return found;
    },
    authenticateWebhook: (request) => authenticator.authenticateWebhook(request),
    exchange: (identity) => authenticator.exchange(identity),
    ticket: (identity) => authenticator.ticket(identity),
    embedScript: options.embedScript,
    insightsScript: options.insightsScript,
    studioFiles: options.studioFiles,
    dayScripts: options.dayScripts,
    forget: (replayKey) => authenticator.forget(replayKey),
    now: () => clock.now(),
    tenant: (id) => tenants.get(id),
    publicUrl: settings.publicUrl,
    pages: settings.pages,
    limits: { ...DEFAULT_LIMITS, ...limits },
    stopMail: (method, token) => mail.stop(method, token),
    metrics: (request, response) => telemetry.page(request, response),
    ready: async () => {
      await database.tenants();
    },
    log(entry) {
      const { method, route, status, ms } = entry;
      telemetry.time('request', ms, { method, route, status });
      log({ log: 'request', ...entry });
    },
  });

  return {
    app,
    tenants,
    mail,
    async close() {
      stop.abort();
      const cut = setTimeout(() => app.server.closeAllConnections(), CLOSING_MS);
      await app.close();
      clearTimeout(cut);
      await Promise.all(running);
      mail.close();
    },
  };
}
