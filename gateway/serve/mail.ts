import {
  type Agent,
  type Clock,
  COMPANY,
  type Decision,
  type RecordId,
  type Store,
} from 'opportune';
import { isZone } from '../../src/core/zone.js';
import { kindOf, type RecordKind } from '../../src/domain/value.js';
import type { DigestLog } from '../digest/digest-log.js';
import { DIGEST_ENGLISH } from '../digest/digest-strings.js';
import type { Mailer } from '../digest/mailer.js';
import type { OptOut } from '../digest/opt-out.js';
import type { RecordLink } from '../digest/record-link.js';
import { createDigestSender, type DigestRep, type DigestSender } from '../digest/send-digests.js';
import { isTimeOfDay } from '../digest/time-of-day.js';
import type { MailSettings } from '../identity/settings.js';

export interface MailOptions {
  readonly tenant: string;
  readonly store: Store;
  readonly agent: Pick<Agent, 'decide' | 'playbook'>;
  readonly log: DigestLog;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly link: RecordLink;
  readonly optOut: OptOut;
  /** Where the gateway is reached. */
  readonly publicUrl: string;
  readonly domain: string;
  readonly settings: Pick<MailSettings, 'mailsAMinute' | 'at' | 'budget'>;
  /** Of the tenant, by the names that record ids begin with. */
  readonly connections: readonly string[];
}

/** The path under which the mail is stopped; a token follows. */
export const STOP_PATH = '/v1/mail/stop';
const PAGE = 500;
const INDEX_MS = 600_000;

/** The morning mails of one tenant, made of what its own store knows of reps and of who owns what. */
export function createTenantMail(options: MailOptions): DigestSender {
  const { tenant, store, agent, log, mailer, clock, link, optOut, publicUrl } = options;
  const { settings, connections } = options;
  let index: { readonly at: number; readonly owned: Promise<Owned> } | undefined;
  const owned = (): Promise<Owned> => {
    if (!index || clock.now() - index.at > INDEX_MS) {
      index = { at: clock.now(), owned: readOwned(store, connections) };
      index.owned.catch(() => {
        index = undefined;
      });
    }
    return index.owned;
  };

  return createDigestSender({
    tenant,
    reps: () => readReps(options),
    async decisions(rep) {
      const decisions: Decision[] = [];
      for (const account of (await owned()).get(rep) ?? [])
        decisions.push(await agent.decide(account, rep));
      return decisions;
    },
    playbook: () => agent.playbook(),
    log,
    mailer,
    clock,
    link,
    optOut,
    stopAt: publicUrl + STOP_PATH,
    domain: options.domain,
    mailsAMinute: settings.mailsAMinute,
  });
}

type Owned = ReadonlyMap<RecordId, readonly RecordId[]>;

/** Accounts by owner. */
async function readOwned(store: Store, connections: readonly string[]): Promise<Owned> {
  const owned = new Map<RecordId, RecordId[]>();
  for await (const { key, records, mergedInto } of subjectsOf(store, connections, 'account')) {
    const owner = records[key]?.values.owner?.value;
    if (mergedInto === undefined && typeof owner === 'string' && !records[key]?.deleted)
      owned.set(owner, [...(owned.get(owner) ?? []), key]);
  }
  return owned;
}

/**
 * Reps with an address, as the CRM tells of them: `email`, `name`, `zone`, and `mailAt`, `quietFrom`, `quietTo` and
 * `mailsPerWeek` where they have times and a budget of their own; those who have left are not among them.
 */
async function readReps({
  store,
  agent,
  connections,
  settings,
}: MailOptions): Promise<readonly DigestRep[]> {
  const zone = (await agent.playbook())?.zone ?? 'UTC';
  const company = (await store.read(COMPANY))?.subject.records ?? {};
  const known = new Map(Object.entries(company).filter(([id]) => kindOf(id) === 'rep'));
  for await (const { key, records } of subjectsOf(store, connections, 'rep'))
    if (records[key]) known.set(key, records[key]);
  return [...known].flatMap(([id, { values, deleted }]): readonly DigestRep[] => {
    const text = (name: string): string | undefined => {
      const value = values[name]?.value;
      return typeof value === 'string' ? value : undefined;
    };
    const time = (name: string): string | undefined =>
      isTimeOfDay(text(name) ?? '') ? text(name) : undefined;
    const email = text('email');
    const perWeek = values.mailsPerWeek?.value;
    if (email === undefined || deleted || values.active?.value === false) return [];
    const name = text('name');
    return [
      {
        id,
        email,
        // What a CRM holds may be anything.
        zone: isZone(text('zone') ?? '') ? (text('zone') ?? zone) : zone,
        at: time('mailAt') ?? settings.at,
        budget: {
          quiet: {
            from: time('quietFrom') ?? settings.budget.quiet.from,
            to: time('quietTo') ?? settings.budget.quiet.to,
          },
          perWeek: typeof perWeek === 'number' ? perWeek : settings.budget.perWeek,
        },
        strings: DIGEST_ENGLISH,
        ...(name !== undefined && { name }),
      },
    ];
  });
}

/** Keys begin with the connection, so that those of one kind stand together. */
async function* subjectsOf(store: Store, connections: readonly string[], kind: RecordKind) {
  for (const connection of connections)
    for (let after: string | undefined; ; ) {
      const keys = await store.keys(`${connection}:${kind}:`, after, PAGE);
      for (const stored of await store.readAll(keys)) if (stored) yield stored.subject;
      after = keys.at(-1);
      if (after === undefined) break;
    }
}
