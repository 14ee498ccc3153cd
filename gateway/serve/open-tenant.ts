import { randomUUID } from 'node:crypto';
import { type Clock, COMPANY, type RecordId } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { kindOf } from '../../src/domain/value.js';
import { connectionOf } from '../access/access-source.js';
import { createAccess } from '../access/create-access.js';
import { createHostRights } from '../access/host-rights.js';
import { ownersInStore } from '../access/owners-in-store.js';
import { sourcesOf } from '../access/sources-of.js';
import { noteAnswers } from '../crm/note-answers.js';
import { createTenantCrm, type TenantCrmPorts } from '../crm/tenant-crm.js';
import { openActionLog } from '../database/action-log.js';
import { forgetAnswers, openAnalysisLog } from '../database/analysis-log.js';
import { openOnce, readAnswers } from '../database/answers.js';
import { readAudit, writeAudit } from '../database/audit.js';
import { noteChanges, pruneChanges, readChanges } from '../database/change-feed.js';
import { openDraftLog } from '../database/draft-log.js';
import { createInbox } from '../database/inbox.js';
import { claimLease, endLease, endOldLeases } from '../database/leases.js';
import type { Database } from '../database/open-database.js';
import { openPersonKeys } from '../database/person-keys.js';
import { openPlaybookLog } from '../database/playbook-log.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { createRecordLink } from '../digest/record-link.js';
import type { Authenticated } from '../identity/identity.js';
import type { GatewaySettings, Tenant as TenantSettings } from '../identity/settings.js';
import { createNightly } from '../learning/nightly.js';
import { createActions } from '../numbers/actions.js';
import { createNumbers } from '../numbers/numbers.js';
import { createMasterKey } from '../people/master-key.js';
import { accountOf } from './account-of.js';
import { createAnalyses } from './analyses.js';
import { createAudit } from './audit.js';
import { createBell } from './bell.js';
import type { Tokens } from './crm-tokens.js';
import { PURGE } from './hub.js';
import type { Mail } from './mail-of.js';
import { createTeamNotes } from './note-teams.js';
import { createPeople } from './people.js';
import { readAccounts } from './read-accounts.js';
import { runDaily } from './run-daily.js';
import { createSteadyClock } from './steady-clock.js';
import type { Telemetry } from './telemetry.js';
import { createTenant, type Tenant } from './tenant.js';
import { runWorker } from './worker.js';

export interface TenantPorts {
  readonly settings: GatewaySettings;
  readonly database: Database;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** The files of a playbook for a tenant that has none in force. */
  readonly playbook?: readonly SourceFile[];
  /** Milliseconds between two signs of life on an event stream; 15 s. */
  readonly heartbeatMs?: number;
  readonly tokens: Tokens;
  readonly mail: Mail;
  /** How CRMs are reached; by the machine's own network and clock. */
  readonly crm?: TenantCrmPorts;
  log(entry: Trouble): void;
}

/** Something went wrong that nobody waits for. */
export interface Trouble {
  readonly log: 'trouble';
  readonly tenant: string;
  readonly doing: string;
  readonly tries: number;
  readonly code: string;
}

export interface OpenTenant {
  readonly tenant: Tenant;
  /** Somebody was let in. */
  signedIn(authenticated: Authenticated): Promise<void>;
  /** Does the work of the tenant, until it is told to stop. */
  run(signal: AbortSignal): Promise<void>;
}

const HEARTBEAT_MS = 15_000;
const IDLE_MS = 1_000;
const MINUTE_MS = 60_000;
const LEASE_MS = 9_000;
const WORK = { name: 'work', holder: randomUUID() };
/** After the database was away for long, work goes on so soon. */
const LONGEST_PAUSE_MS = 5_000;
/** A panel that was away longer asks everything anew. */
const KEPT_CHANGES_MS = 24 * 3_600_000;
const HOURLY_MS = 3_600_000;

/** All that one process runs for one company. */
export async function openTenant(
  { id, connections, signIn, needsSecond, calendars }: TenantSettings,
  ports: TenantPorts,
): Promise<OpenTenant> {
  const { settings, database, telemetry, playbook, heartbeatMs = HEARTBEAT_MS, log } = ports;
  const { tokens } = ports;
  const clock = createSteadyClock(ports.clock);
  const trouble = (error: unknown, doing: string, tries: number): void => {
    const { code = 'unexpected' } = (error ?? {}) as { readonly code?: string };
    telemetry.count('trouble', 1, { doing, code });
    log({ log: 'trouble', tenant: id, doing, tries, code });
  };
  await endOldLeases(database, id);
  const inbox = createInbox(database, id);
  const bell = createBell(IDLE_MS);
  const master =
    settings.people && createMasterKey(settings.people.masterKey, settings.people.formerKeys);
  const own = await openPostgresStore(database, id);
  const bare = await createPeople({
    store: own,
    putOnce: openOnce(database, id, own, '').putOnce,
    inbox,
    clock,
    ...(master && {
      openKeys: (hashOf) => openPersonKeys(database, id, { master, hashOf }),
    }),
    async purge(persons) {
      const keys = persons.map((person) => PURGE + person);
      await noteChanges(database, id, keys);
      await forgetAnswers(database, id);
    },
    wake: bell.ring,
  });
  // Before anybody is answered: what a restored backup brought back must not be seen.
  await bare.resume();
  const written = connections.filter(({ sync }) => sync?.keyField !== undefined);
  const store = noteAnswers(bare.store, {
    connections: new Set(written.map(({ name }) => name)),
    now: () => clock.now(),
  });
  const people = { ...bare, store };
  const tokenFor = async (rep: RecordId, { refresh }: { readonly refresh: boolean }) =>
    refresh ? undefined : tokens.find(rep);
  const hostRights = createHostRights(connections, { store, clock });
  const access = createAccess({
    sources: sourcesOf(connections, { store, fetch, tokenFor, hostRights }),
    clock,
  });
  const { teamsOf, nameOf } = ownersInStore(store);
  const answers = (from: number, until: number) => readAnswers(database, id, from, until);
  const numbers = createNumbers({
    answers,
    teamsOf,
    zone: async () => (await tenant.agent.playbook())?.zone ?? 'UTC',
    weeks: openOnce(database, id, store, 'numbers/'),
    clock,
  });
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

  const beats = new Set<() => void>();
  const tenant: Tenant = await createTenant({
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
    numbers,
    playbookLog: openPlaybookLog(database, id),
    drafts: openDraftLog(database, id),
    answers,
    needsSecond,
    openAnalyses: (agent) =>
      createAnalyses({
        log: openAnalysisLog(database, id),
        store,
        playbook: () => agent.playbook(),
        clock,
        leads,
        failed: (error) => trouble(error, 'analysis', 1),
      }),
    openActions: (agent) =>
      createActions({
        log: openActionLog(database, id),
        accounts: () => readAccounts(store),
        playbook: () => agent.playbook(),
        teamsOf,
        months: openOnce(database, id, store, 'actions/'),
        clock,
        leads,
        failed: (error) => trouble(error, 'actions', 1),
      }),
    hostRights,
    calendars,
    link: settings.mail && createRecordLink(settings.mail.links),
    teamsOf,
    nameOf,
    audit: createAudit((entries) => writeAudit(database, id, entries), people.standInFor),
    clock,
    heartbeat(beat) {
      beats.add(beat);
      return () => beats.delete(beat);
    },
    readAudit: (wanted) => readAudit(database, id, wanted),
    wake: bell.ring,
    failed: (error) => trouble(error, 'push', 1),
    openCrm: ({ take, agent, playbooks }) =>
      createTenantCrm({
        ...{ connections, signIn, store, agent, clock, take, leads },
        ports: ports.crm ?? {},
        tokenOf: (rep) => tokens.find(rep),
        waiting: async () => (await inbox.count()).pending,
        judgeAnew: () => playbooks.judgeAnew(),
        // Everybody looks anew: what stands over the cards has changed.
        turned: () => noteChanges(database, id, [COMPANY]),
        lookAnew: (account) => noteChanges(database, id, [account]),
        failed: (error, doing, tries) => trouble(error, `crm-${doing}`, tries),
      }),
  });
  // One that a process before this one has queued, and did not come to, is on its way.
  if (playbook && (await tenant.playbooks.versions()).length === 0)
    await tenant.versions.publishFirst(playbook);

  const mail = ports.mail.senderOf(
    id,
    connections.map(({ name }) => name),
    { store, agent: tenant.agent },
  );
  const { agent, hub, playbooks, crm, analyses, actions } = tenant;
  const nightly = createNightly({
    ...{ store, clock },
    accounts: () => readAccounts(store),
    take: tenant.take,
  });
  const noteTeams = createTeamNotes({ teamsOf, take: tenant.take, clock });
  let tidiedAt = Number.NEGATIVE_INFINITY;
  /** What is done now and then; true where there is more of it. */
  async function tidy(): Promise<boolean> {
    const now = clock.now();
    if (now - tidiedAt < HOURLY_MS) return false;
    await pruneChanges(database, id, now - KEPT_CHANGES_MS);
    await crm.tidy();
    await analyses.tidy();
    if (await numbers.settle()) return true;
    tidiedAt = now;
    return false;
  }

  return {
    tenant,
    async signedIn({ identity, crmToken }) {
      const { rep, rights, expiresAt } = identity;
      if (rep !== undefined && rights && hostRights.take(rep, rights, expiresAt))
        access.forget(rep);
      if (crmToken && rep !== undefined) {
        tokens.keep(rep, crmToken);
        // What was refused under the token before may be allowed under this one.
        access.forget(rep);
      }
      await noteTeams(identity);
    },
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
      const connected = crm.run(signal);
      const learned = runDaily(
        {
          ...{ ...nightly, clock, leads },
          playbook: () => agent.playbook(),
          failed: (error) => trouble(error, 'learning', 1),
        },
        signal,
      );
      const analysed = [analyses.run(signal), actions.run(signal), learned];
      await runWorker(
        {
          inbox,
          agent: {
            async record(facts) {
              // One lot is of one account.
              const [first] = facts;
              const history =
                first !== undefined && (await crm.isLoading(connectionOf(accountOf(first))));
              const recorded = await telemetry.span('fold', {}, async () =>
                agent.record(await people.suppress(facts), { history }),
              );
              // The teams of a rep decide what this rep may see.
              for (const { about } of facts)
                if (about[0] !== undefined && kindOf(about[0]) === 'rep') access.forget(about[0]);
              return recorded;
            },
            tick: () => agent.tick(),
          },
          leads,
          job: async () => (await people.work()) || (await playbooks.goLive()) || tidy(),
          idle: bell.wait,
          async failed(error, doing, tries) {
            trouble(error, doing, tries);
            await bell.pause(Math.min(100 * 2 ** tries, LONGEST_PAUSE_MS), signal);
          },
        },
        signal,
      );
      await Promise.all([connected, ...analysed]);
      clearInterval(beat);
      clearInterval(mailing);
      unlisten();
      await endLease(database, id, WORK).catch(() => undefined);
    },
  };
}
