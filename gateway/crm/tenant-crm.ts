import type { Agent, Clock, RecordId, Store } from 'opportune';
import { toIso } from '../../src/core/zone.js';
import { connectionOf } from '../access/access-source.js';
import type { Connection, SignIn, Sync } from '../identity/settings.js';
import { createBell } from '../serve/bell.js';
import { createCrmDoor } from './crm-door.js';
import type { CrmName } from './crm-sign-in.js';
import { grantPorts } from './grant-places.js';
import { type NotedAnswer, notedPrefix } from './note-answers.js';
import type { CrmPorts } from './open-crm.js';
import { runPush } from './push-answers.js';
import { createSync, type SyncOptions } from './sync.js';
import { type Left, readSyncState } from './sync-state.js';
import { createTold } from './told.js';
import { forgetOldWritten, readWritten, type Written } from './written.js';

/** How one CRM stands, for an admin. */
export interface ConnectionStatus {
  readonly connection: string;
  readonly crm: CrmName;
  readonly state: 'loading' | 'current' | 'failing';
  /** ISO 8601: everything that the CRM had then is known; absent: it was never read to the end. */
  readonly upTo?: string;
  readonly facts: number;
  /** `message` says what to do about it. */
  readonly problem?: {
    readonly code: string;
    readonly message: string;
    readonly since: string;
    readonly tries: number;
  };
  /** What was read and made no fact. */
  readonly left: readonly Left[];
  /** Answers that are not in the CRM yet; absent: none are written back. */
  readonly toWrite?: {
    readonly waiting: number;
    readonly refused: readonly { readonly because: string; readonly since: string }[];
  };
}

/** The CRMs of one company that are read and written to. */
export interface TenantCrm {
  run(signal: AbortSignal): Promise<void>;
  /** All of this connection is being brought in for the first time. */
  isLoading(connection: string): Promise<boolean>;
  status(): Promise<readonly ConnectionStatus[]>;
  /** Events of HubSpot, whose signature was checked. False: this connection is not read. Resolves when they are durable. */
  tell(connection: string, events: readonly unknown[]): Promise<boolean>;
  written(
    answer: Parameters<typeof readWritten>[1],
  ): Promise<(Written & { readonly crm: string }) | undefined>;
  /** Epoch milliseconds: what the CRM had since is not known, because it does not answer. Undefined: it answers. */
  oldSince(record: RecordId): Promise<number | undefined>;
  /** What is done now and then. */
  tidy(): Promise<void>;
}

export interface TenantCrmPorts extends CrmPorts {
  /** Milliseconds for which hints are gathered; 15 s. */
  readonly gapMs?: number;
  /** Milliseconds for which a rep may take an answer back before it is written; 10 s. */
  readonly graceMs?: number;
}

export interface TenantCrmOptions
  extends Pick<SyncOptions, 'take' | 'waiting' | 'leads' | 'judgeAnew' | 'turned'> {
  readonly connections: readonly Connection[];
  readonly signIn: readonly SignIn[];
  readonly store: Store;
  readonly agent: Pick<Agent, 'history' | 'playbook'>;
  readonly clock: Clock;
  readonly ports: TenantCrmPorts;
  tokenOf(rep: RecordId): string | undefined;
  /** Panels on this account look anew: what became of an answer has changed. */
  lookAnew(account: RecordId): Promise<void>;
  failed(error: unknown, doing: 'read' | 'write', tries: number): void;
}

/** As they write themselves. */
const OWN_NAMES: { readonly [crm in CrmName]: string } = {
  salesforce: 'Salesforce',
  hubspot: 'HubSpot',
};

/** Of those that the CRM refuses, so many are told. */
const SHOWN = 20;

export function createTenantCrm(options: TenantCrmOptions): TenantCrm {
  const { store, clock, failed, signIn, ports } = options;
  const lines = options.connections.flatMap(({ name, sync }) => {
    if (!sync) return [];
    const door = createCrmDoor(sync.signIn, { ...ports, ...grantPorts(store, name, sync.signIn) });
    const portal = signIn.find((one) => one.how === 'hubspot' && one.connection === name);
    const told =
      sync.signIn.crm === 'hubspot' && portal?.how === 'hubspot'
        ? createTold(store, { connection: name, portal: portal.portal, now: () => clock.now() })
        : undefined;
    const loop = createSync({
      ...options,
      ...ports,
      sync,
      door,
      ...(told && { told }),
      failed: (error, tries) => failed(error, 'read', tries),
    });
    return [{ name, sync, door, told, loop }];
  });
  const find = (connection: string) => lines.find(({ name }) => name === connection);

  return {
    async run(signal) {
      const bell = createBell(0);
      await Promise.all(
        lines.flatMap(({ sync, door, loop }) => [
          loop.run(signal),
          ...(hasKey(sync)
            ? [
                runPush(
                  {
                    ...options,
                    ...ports,
                    sync,
                    door,
                    bell,
                    failed: (error, tries) => failed(error, 'write', tries),
                  },
                  signal,
                ),
              ]
            : []),
        ]),
      );
    },
    isLoading: async (connection) => (await find(connection)?.loop.isLoading()) ?? false,
    status: () => Promise.all(lines.map(({ name, sync }) => readStatus(store, name, sync))),
    async tell(connection, events) {
      const line = find(connection);
      if (!line?.told) return false;
      await line.told.keep(events);
      line.loop.hint();
      return true;
    },
    async written(answer) {
      const line = find(connectionOf(answer.record));
      const written = line && hasKey(line.sync) && (await readWritten(store, answer));
      return written ? { ...written, crm: OWN_NAMES[line.sync.signIn.crm] } : undefined;
    },
    async oldSince(record) {
      const line = find(connectionOf(record));
      const { problem, upTo } = line ? await readSyncState(store, line.name) : {};
      return problem && upTo;
    },
    async tidy() {
      for (const { name } of lines) await forgetOldWritten(store, name, clock.now());
    },
  };
}

const hasKey = (sync: Sync): sync is Sync & { readonly keyField: string } =>
  sync.keyField !== undefined;

/** As it is kept in the store, whichever process reads and writes. */
export async function readStatus(
  store: Pick<Store, 'get' | 'names'>,
  connection: string,
  sync: Sync,
): Promise<ConnectionStatus> {
  const { loaded, upTo, facts, problem, left } = await readSyncState(store, connection);
  return {
    connection,
    crm: sync.signIn.crm,
    state: problem ? 'failing' : loaded ? 'current' : 'loading',
    ...(upTo !== undefined && { upTo: toIso(upTo) }),
    facts,
    ...(problem && { problem: { ...problem, since: toIso(problem.since) } }),
    left,
    ...(hasKey(sync) && { toWrite: await readToWrite(store, connection) }),
  };
}

async function readToWrite(
  store: Pick<Store, 'get' | 'names'>,
  connection: string,
): Promise<NonNullable<ConnectionStatus['toWrite']>> {
  const names = await store.names(notedPrefix(connection));
  const refused: { because: string; since: string }[] = [];
  for (const name of names) {
    const noted = (await store.get(name)) as NotedAnswer | undefined;
    if (!noted?.refused || refused.length === SHOWN) continue;
    refused.push({ because: noted.refused.because, since: toIso(noted.refused.since) });
  }
  return { waiting: names.length, refused };
}
