import { type Agent, OpportuneError, type RecordId, type Store, type SubjectKey } from 'opportune';
import { isZone, startOfDay } from '../../src/core/zone.js';
import { bookOfLooks } from '../../src/day/book-of-looks.js';
import { type TellDayOptions, type ToldDay, tellDay, workedDays } from '../../src/day/told-day.js';
import { createRuntime } from '../../src/runtime.js';
import type { AgentAccess } from '../access/create-access.js';
import type { RecordLink } from '../digest/record-link.js';
import type { ChangeFeed } from '../serve/hub.js';
import type { Calendars } from './calendars.js';
import { createOwnedAccounts } from './owned-accounts.js';

export interface Days {
  /** Those of a rep that the rep may see. */
  accountsOf(rep: RecordId): Promise<readonly SubjectKey[]>;
  /**
   * What a rep could do in the days that come, as the panel would show it, record by record.
   *
   * @throws OpportuneError `opportune/not-found`: no playbook is in force
   */
  tell(rep: RecordId): Promise<ToldDay>;
}

export interface DaysOptions {
  readonly store: Store;
  readonly feed: ChangeFeed;
  readonly access: AgentAccess;
  readonly agent: Pick<Agent, 'playbook'>;
  readonly clock: { now(): number };
  nameOf(rep: RecordId): Promise<string | undefined>;
  readonly link?: RecordLink | undefined;
  readonly calendars?: Calendars | undefined;
}

type Look = Parameters<typeof bookOfLooks>[0][number];

/** Accounts that are looked at together. */
const TOGETHER = 4;

export function createDays(options: DaysOptions): Days {
  const { store, feed, access, agent, clock } = options;
  const owned = createOwnedAccounts({ store, feed });
  const { look } = createRuntime({ store, clock, access });

  async function accountsOf(rep: RecordId): Promise<readonly SubjectKey[]> {
    const accounts = await owned.of(rep);
    const seen = await access.maySeeAll(rep, accounts);
    return accounts.filter((account) => seen.has(account));
  }

  async function zoneOf(rep: RecordId): Promise<string | undefined> {
    const zone = (await store.read(rep))?.subject.records[rep]?.values.zone?.value;
    // A CRM may call zones by names of its own.
    return typeof zone === 'string' && isZone(zone) ? zone : undefined;
  }

  async function calendarOf(
    rep: RecordId,
    days: readonly number[],
    zone: string,
  ): Promise<Pick<TellDayOptions, 'busy' | 'unread'>> {
    const found = await options.calendars?.of(rep, {
      from: startOfDay(days[0] ?? 0, zone),
      until: startOfDay((days.at(-1) ?? 0) + 1, zone),
      zone,
    });
    if (found === undefined) return {};
    if (found === 'unreadable') return { unread: 'all' };
    return { busy: found.busy, ...(found.unread > 0 && { unread: found.unread }) };
  }

  return {
    accountsOf,
    async tell(rep) {
      const playbook = await agent.playbook(rep);
      if (!playbook)
        throw new OpportuneError('opportune/not-found', 'no playbook is in force', {
          remedy: 'Publish one with PUT /v1/playbook',
        });
      const accounts = await accountsOf(rep);
      const looks: Look[] = [];
      for (let i = 0; i < accounts.length; i += TOGETHER) {
        const some = accounts.slice(i, i + TOGETHER).map((account) => look(account, rep));
        for (const situation of await Promise.all(some)) if (situation) looks.push(situation);
      }
      const name = await options.nameOf(rep);
      const zone = (await zoneOf(rep)) ?? playbook.zone;
      const now = clock.now();
      const told = tellDay({ ...bookOfLooks(looks), accounts: accounts.length }, rep, {
        ...{ playbook, now, zone },
        ...(name !== undefined && { name }),
        ...(await calendarOf(rep, workedDays(now, playbook, zone), zone)),
      });
      return {
        ...told,
        cards: told.cards.map((card) => {
          const link = options.link?.(card.record);
          return link === undefined ? card : { ...card, link };
        }),
      };
    },
  };
}
