import {
  type Agent,
  COMPANY,
  createAgent,
  type Fact,
  type Playbook,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import { toIso } from '../../src/core/zone.js';
import { kindOf } from '../../src/domain/value.js';
import { faultOf } from '../../src/replay.js';
import type { AgentAccess } from '../access/create-access.js';
import type { HostRights } from '../access/host-rights.js';
import type { ConnectionStatus, TenantCrm } from '../crm/tenant-crm.js';
import type { AuditQuery, AuditRecord } from '../database/audit.js';
import type { DraftLog } from '../database/draft-log.js';
import type { Inbox } from '../database/inbox.js';
import type { PlaybookLog } from '../database/playbook-log.js';
import { openCalendars } from '../day/calendars.js';
import { createDays, type Days } from '../day/days.js';
import type { RecordLink } from '../digest/record-link.js';
import { followMerges } from '../follow-merges.js';
import type { Identity } from '../identity/identity.js';
import type { Actions } from '../numbers/actions.js';
import type { NumbersOf } from '../numbers/numbers.js';
import { pause } from '../pause.js';
import { isContact } from '../people/personal-text.js';
import type { Analyses } from './analyses.js';
import type { Audit } from './audit.js';
import { createDismissals, type Dismissals } from './dismissals.js';
import { type ChangeFeed, createHub, type Hub } from './hub.js';
import type { People } from './people.js';
import { createPlaybookVersions, type PlaybookVersions } from './playbook-versions.js';
import { createPlaybooks, type Playbooks } from './playbooks.js';
import { createStudioSample, type StudioSample } from './studio-sample.js';

export interface Taken {
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** How far facts that were taken in are folded. */
export interface ImportStatus {
  readonly waiting: number;
  /** ISO 8601: since when the oldest one waits. */
  readonly since?: string;
  readonly refused: number;
  /** The newest of them. */
  readonly latest: readonly { readonly id: string; readonly reason: string; readonly at: string }[];
  /** The CRMs that are read. */
  readonly connections: readonly ConnectionStatus[];
}

const SHOWN = 50;

/** What one company's part of the gateway offers to its routes. */
export interface Tenant {
  readonly id: string;
  readonly agent: Agent;
  /** As the agent uses it. */
  readonly store: Store;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly playbooks: Playbooks;
  readonly versions: PlaybookVersions;
  readonly drafts: DraftLog;
  readonly sample: StudioSample;
  readonly dismissals: Dismissals;
  readonly people: People;
  readonly numbers: NumbersOf;
  readonly analyses: Analyses;
  readonly actions: Actions;
  readonly days: Days;
  readonly crm: TenantCrm;
  readonly hostRights: HostRights;
  /** Those that a rep is in, as the CRM and the identity provider have told. */
  teamsOf(rep: RecordId): Promise<readonly string[]>;
  /** As the CRM calls a rep. */
  nameOf(rep: RecordId): Promise<string | undefined>;
  now(): number;
  /** Resolves when the facts are durable. */
  take(facts: readonly Fact[]): Promise<Taken>;
  importStatus(): Promise<ImportStatus>;
  /** Noted where the rep may see the account; else it is as if it had been. */
  seen(request: Parameters<Agent['seen']>[0]): Promise<void>;
  playbookFor(identity: Identity): Promise<Playbook | undefined>;
  heartbeat(beat: () => void): () => void;
  /** Newest first. */
  readAudit(wanted: AuditQuery): Promise<readonly AuditRecord[]>;
}

export interface TenantOptions {
  readonly id: string;
  readonly people: People;
  readonly inbox: Pick<Inbox, 'enqueue' | 'count' | 'refused'>;
  readonly feed: ChangeFeed;
  readonly access: AgentAccess;
  readonly numbers: NumbersOf;
  readonly playbookLog: PlaybookLog;
  readonly drafts: DraftLog;
  answers(from: number, until: number): AsyncIterable<Fact>;
  /** Nobody publishes alone who has the role of a marketer. */
  readonly needsSecond: boolean;
  openAnalyses(agent: Agent): Analyses;
  openActions(agent: Agent): Actions;
  readonly hostRights: HostRights;
  /** The folder with those of reps. */
  readonly calendars?: string | undefined;
  /** Where records open, where that is set. */
  readonly link?: RecordLink | undefined;
  teamsOf(rep: RecordId): Promise<readonly string[]>;
  nameOf(rep: RecordId): Promise<string | undefined>;
  readonly audit: Audit;
  readonly clock: { now(): number };
  heartbeat(beat: () => void): () => void;
  readAudit(wanted: AuditQuery): Promise<readonly AuditRecord[]>;
  /** There is something to fold, or to publish. */
  wake(): void;
  /** Told of failures that nobody waits for. */
  failed(error: unknown): void;
  /** Made for the tenant, which is there but for it. */
  openCrm(tenant: Omit<Tenant, 'crm' | 'importStatus'>): TenantCrm;
}

export async function createTenant(options: TenantOptions): Promise<Tenant> {
  const { id, people, inbox, feed, access, audit, clock, wake, failed } = options;
  const { numbers, hostRights, teamsOf, nameOf, heartbeat, readAudit } = options;
  const { store } = people;
  const agent = await createAgent({
    store,
    clock,
    access,
    // Requests are answered between two subjects of long work.
    pause,
  });
  const keysOf = async (record: RecordId, rep: RecordId): Promise<readonly SubjectKey[]> => {
    const parent =
      kindOf(record) === 'account'
        ? record
        : ((await store.get(`parent/${record}`)) as SubjectKey | undefined);
    const account = parent && (await followMerges(parent, store.read));
    if (!account) return [];
    const { key, records } = account;
    for (const one of new Set([record, key])) if (!(await access.maySee(rep, one))) return [];
    return [key, ...Object.keys(records).filter(isContact), rep, COMPANY];
  };

  const tenant: Omit<Tenant, 'crm' | 'importStatus'> = {
    id,
    agent,
    store,
    hub: createHub({ feed, keysOf, changed: access.changed, failed }),
    audit,
    people,
    numbers,
    analyses: options.openAnalyses(agent),
    actions: options.openActions(agent),
    days: createDays({
      ...{ store, feed, access, agent, clock, nameOf },
      link: options.link,
      calendars: options.calendars === undefined ? undefined : openCalendars(options.calendars),
    }),
    hostRights,
    teamsOf,
    nameOf,
    playbooks: createPlaybooks({ store, agent, clock, wake }),
    drafts: options.drafts,
    sample: createStudioSample({ store, access, agent }),
    dismissals: createDismissals({ answers: options.answers, store, agent, access, clock }),
    versions: createPlaybookVersions({
      log: options.playbookLog,
      needsSecond: options.needsSecond,
      ...{ store, agent, clock, wake },
    }),
    now: () => clock.now(),
    async take(facts) {
      const refused: Taken['refused'][number][] = [];
      const good = facts.filter((fact) => {
        const reason = faultOf(fact);
        if (reason !== undefined) refused.push({ id: fact.id, reason });
        return reason === undefined;
      });
      const { accepted, repeated } = await inbox.enqueue(good);
      wake();
      return { accepted: accepted.length, repeated: repeated.length, refused };
    },
    async seen(request) {
      const keys = await keysOf(request.account, request.asker);
      if (keys[0] === request.account) await agent.seen(request);
    },
    playbookFor: ({ rep, roles }) =>
      agent.playbook(roles.has('marketer') || roles.has('admin') ? undefined : rep),
    heartbeat,
    readAudit: ({ target, ...wanted }) =>
      readAudit({
        ...wanted,
        ...(target !== undefined && { target: people.standInFor(target) }),
      }),
  };
  const crm = options.openCrm(tenant);
  return {
    ...tenant,
    crm,
    async importStatus() {
      const [{ pending, refused, oldest }, newest, connections] = await Promise.all([
        inbox.count(),
        inbox.refused(SHOWN),
        crm.status(),
      ]);
      return {
        waiting: pending,
        ...(oldest !== undefined && { since: toIso(oldest) }),
        refused,
        latest: newest.map(({ fact, reason, refusedAt }) => ({
          id: fact.id,
          reason,
          at: toIso(refusedAt),
        })),
        connections,
      };
    },
  };
}
