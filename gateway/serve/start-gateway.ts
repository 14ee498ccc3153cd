import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, RecordId } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { createAccess } from '../access/create-access.js';
import { sourcesOf } from '../access/sources-of.js';
import { readAudit, writeAudit } from '../database/audit.js';
import { noteChanges, pruneChanges, readChanges } from '../database/change-feed.js';
import { createInbox } from '../database/inbox.js';
import { claimLease, endLease, endOldLeases } from '../database/leases.js';
import type { Database } from '../database/open-database.js';
import { openPersonKeys } from '../database/person-keys.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { openReplayLog } from '../database/replay-log.js';
import type { App } from '../http/app.js';
import {
  createHttp,
  DEFAULT_LIMITS,
  type HttpLimits,
  type RequestLog,
} from '../http/create-http.js';
import { createAuthenticator } from '../identity/create-authenticator.js';
import type { DevelopmentLogin } from '../identity/development-login.js';
import { isRefused } from '../identity/identity.js';
import type { ServiceTokenRecord } from '../identity/service-token.js';
import type { Connection, GatewaySettings } from '../identity/settings.js';
import { createMasterKey } from '../people/master-key.js';
import { createAudit } from './audit.js';
import { createBell } from './bell.js';
import { createTokens, type Tokens } from './crm-tokens.js';
import { PURGE } from './hub.js';
import { createMail, type Mail } from './mail-of.js';
import { createPeople } from './people.js';
import { createSteadyClock } from './steady-clock.js';
import type { Telemetry } from './telemetry.js';
import { createTenant, type Tenant } from './tenant.js';
import { runWorker } from './worker.js';

export interface GatewayOptions {
  readonly settings: GatewaySettings;
  readonly database: Database;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly development?: DevelopmentLogin;
  /** The files of a playbook for tenants that have none in force. */
  readonly playbook?: readonly SourceFile[];
  readonly limits?: Partial<HttpLimits>;
  /** Milliseconds between two signs of life on an event stream; 15 s. */
  readonly heartbeatMs?: number;
  /** Where the mail server is named. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** Structured; nothing in it is about a person. */
  log(entry: LogEntry): void;
}

export type LogEntry =
  | ({ readonly log: 'request' } & RequestLog)
  | {
      readonly log: 'trouble';
      readonly tenant: string;
      readonly doing: string;
      readonly tries: number;
      readonly code: string;
    };

export interface Gateway {
  readonly app: App;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly mail: Mail;
  /** Resolves when all that was under way is done; the database stays open. */
  close(): Promise<void>;
}

/** The tenant under which the gateway keeps what is its own. */
const OWN = 'gateway';
const HEARTBEAT_MS = 15_000;
const IDLE_MS = 1_000;
const MINUTE_MS = 60_000;
const LEASE_MS = 9_000;
const WORK = { name: 'work', holder: randomUUID() };
/** After the database was away for long, work goes on so soon. */
const LONGEST_PAUSE_MS = 5_000;
/** A panel that was away longer asks everything anew. */
const KEPT_CHANGES_MS = 24 * 3_600_000;
/** What is under way has so long; browsers keep connections open that nobody uses, and an answer cut off is sent again. */
const CLOSING_MS = 3_000;
const PRUNE_EVERY_MS = 3_600_000;

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
      find: async (id) => (await own.get(`service-token/${id}`)) as ServiceTokenRecord | undefined,
    },
    notBefore: async (tenant, id) =>
      (await own.get(`not-before/${tenant}/${id}`)) as number | undefined,
    ...(development && { development }),
  });

  const running: Promise<void>[] = [];
  const tenants = new Map<string, Tenant>();
  const mail = createMail(settings, { database, clock, environment: options.environment });
  for (const { id, connections } of settings.tenants) {
    const { tenant, run } = await openTenant(id, connections, { tokens, mail }, options);
    tenants.set(id, tenant);
    running.push(run(stop.signal));
  }
  telemetry.gauge('panels', () =>
    [...tenants.values()].reduce((sum, { hub }) => sum + hub.panels, 0),
  );

  const app = await createHttp({
    async authenticate(request) {
      const found = await authenticator.authenticate(request);
      if (!isRefused(found) && found.crmToken && found.identity.rep !== undefined)
        tokens.keep(found.identity.rep, found.crmToken);
      return found;
    },
    authenticateWebhook: (request) => authenticator.authenticateWebhook(request),
    exchange: (identity) => authenticator.exchange(identity),
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

async function openTenant(
  id: string,
  connections: readonly Connection[],
  { tokens, mail: mails }: { readonly tokens: Tokens; readonly mail: Mail },
  options: GatewayOptions,
): Promise<{ readonly tenant: Tenant; run(signal: AbortSignal): Promise<void> }> {
  const { settings, database, telemetry, playbook, heartbeatMs = HEARTBEAT_MS, log } = options;
  const clock = createSteadyClock(options.clock);
  const trouble = (error: unknown, doing: string, tries: number): void => {
    const { code = 'unexpected' } = (error ?? {}) as { readonly code?: string };
    telemetry.count('trouble', 1, { doing, code });
    log({ log: 'trouble', tenant: id, doing, tries, code });
  };
  await endOldLeases(database, id);
  const inbox = createInbox(database, id);
  const bell = createBell(IDLE_MS);
  const master = settings.people && createMasterKey(settings.people.masterKey);
  const people = await createPeople({
    store: await openPostgresStore(database, id),
    inbox,
    clock,
    ...(master && {
      openKeys: (hashOf) => openPersonKeys(database, id, { master, hashOf }),
    }),
    async purge(persons) {
      await noteChanges(
        database,
        id,
        persons.map((person) => PURGE + person),
      );
    },
    wake: bell.ring,
  });
  // Before anybody is answered: what a restored backup brought back must not be seen.
  await people.resume();
  const { store } = people;
  const tokenFor = async (rep: RecordId, { refresh }: { readonly refresh: boolean }) =>
    refresh ? undefined : tokens.find(rep);
  const access = createAccess({
    sources: sourcesOf(connections, { store, fetch, tokenFor }),
    clock,
  });
  const beats = new Set<() => void>();
  const tenant = await createTenant({
    id,
    people,
    inbox,
    feed: {
      head: async () => (await readChanges(database, id))?.position ?? '',
      async read(after) {
        const read = await readChanges(database, id, after);
        return read && { ...read, keys: read.changes.map(({ key }) => key) };
      },
    },
    access,
    audit: createAudit((entries) => writeAudit(database, id, entries), people.standInFor),
    clock,
    heartbeat(beat) {
      beats.add(beat);
      return () => beats.delete(beat);
    },
    readAudit: (wanted) => readAudit(database, id, wanted),
    wake: bell.ring,
    failed: (error) => trouble(error, 'push', 1),
  });
  if (playbook && !(await tenant.agent.playbook())) await tenant.playbooks.publish(playbook);

  const mail = mails.senderOf(id, { store, agent: tenant.agent });
  const { agent, hub, playbooks } = tenant;
  let prunedAt = clock.now();
  let leading = false;
  let claimedAt = Number.NEGATIVE_INFINITY;
  /** By this machine's own steady clock: the lease is by the database's. */
  async function leads(): Promise<boolean> {
    if (performance.now() - claimedAt > LEASE_MS / 3) {
      leading = await claimLease(database, id, { ...WORK, ms: LEASE_MS });
      claimedAt = leading ? performance.now() : Number.NEGATIVE_INFINITY;
    }
    return leading;
  }

  return {
    tenant,
    async run(signal) {
      const unlisten = database.listen(id, (news) => {
        if (news !== 'changes') bell.ring();
        if (news !== 'facts') hub.wake().catch((error: unknown) => trouble(error, 'push', 1));
      });
      const beat = setInterval(() => {
        for (const one of beats) one();
      }, heartbeatMs);
      const mailing = setInterval(() => {
        if (leading) mail?.run().catch((error: unknown) => trouble(error, 'mail', 1));
      }, MINUTE_MS);
      await runWorker(
        {
          inbox,
          agent: {
            record: (facts) =>
              telemetry.span('fold', {}, async () => agent.record(await people.suppress(facts))),
            tick: () => agent.tick(),
          },
          leads,
          async job() {
            if (clock.now() - prunedAt > PRUNE_EVERY_MS) {
              prunedAt = clock.now();
              await pruneChanges(database, id, clock.now() - KEPT_CHANGES_MS);
            }
            return (await people.work()) || playbooks.goLive();
          },
          idle: bell.wait,
          async failed(error, doing, tries) {
            trouble(error, doing, tries);
            await bell.pause(Math.min(100 * 2 ** tries, LONGEST_PAUSE_MS), signal);
          },
        },
        signal,
      );
      clearInterval(beat);
      clearInterval(mailing);
      unlisten();
      await endLease(database, id, WORK).catch(() => undefined);
    },
  };
}
