import { setTimeout as wait } from 'node:timers/promises';
import { type Agent, OpportuneError, type RecordId, type Store, type SubjectKey } from 'opportune';
import { isZone, startOfDay } from '../../src/core/zone.js';
import { bookOfLooks } from '../../src/day/book-of-looks.js';
import type { DayBook } from '../../src/day/day-book.js';
import type { LookingAround } from '../../src/day/day-source.js';
import { type TellDayOptions, type ToldDay, tellDay, workedDays } from '../../src/day/told-day.js';
import { createRuntime } from '../../src/runtime.js';
import type { AgentAccess } from '../access/create-access.js';
import type { RecordLink } from '../digest/record-link.js';
import { pause } from '../pause.js';
import type { ChangeFeed } from '../serve/hub.js';
import type { Calendars } from './calendars.js';
import { createKeptLooks } from './kept-looks.js';
import { createOwnedAccounts } from './owned-accounts.js';

export interface Days {
  /** Those of a rep that the rep may see. */
  accountsOf(rep: RecordId): Promise<readonly SubjectKey[]>;
  /**
   * What a rep could do in the days that come, as the panel would show it, record by record; or how far the looking has
   * come, where that takes longer: it goes on, and who asks again is told the rest.
   *
   * @throws OpportuneError `opportune/not-found`: no playbook is in force
   */
  tell(rep: RecordId): Promise<ToldDay | LookingAround>;
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
  /** Milliseconds until it is told how far the looking has come. Default: two seconds. */
  readonly patienceMs?: number;
}

interface Looking {
  looked: number;
  of: number;
  /** How many wait for it. */
  asked: number;
}

/** Accounts that are looked at together. */
const TOGETHER = 8;
const PATIENCE_MS = 2_000;
/** Where accounts change faster than they are looked at, who asked hears of the rest as of any change. */
const MOST_ROUNDS = 5;

export function createDays(options: DaysOptions): Days {
  const { store, feed, access, agent, clock, patienceMs = PATIENCE_MS } = options;
  const { look } = createRuntime({ store, clock, access });
  const kept = createKeptLooks({ look, clock });
  const owned = createOwnedAccounts({ store, feed, changed: kept.changed });
  const underWay = new Map<RecordId, { readonly own: Looking; readonly told: Promise<ToldDay> }>();

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

  /** What holds at a moment after everybody asked who waits for it. */
  async function lookAround(rep: RecordId, own: Looking): Promise<DayBook> {
    const looks = kept.of(rep);
    for (let round = 1; ; round++) {
      const { asked } = own;
      const accounts = await accountsOf(rep);
      const version = await access.versionFor(rep);
      const missing = accounts.filter((account) => !looks.holds(account, version));
      if ((missing.length === 0 && own.asked === asked) || round > MOST_ROUNDS) {
        underWay.delete(rep);
        const found = accounts.flatMap((account) => looks.find(account) ?? []);
        return { ...bookOfLooks(found), accounts: accounts.length };
      }
      own.of = accounts.length;
      own.looked = accounts.length - missing.length;
      for (let i = 0; i < missing.length; i += TOGETHER) {
        const some = missing.slice(i, i + TOGETHER);
        await Promise.all(some.map((account) => looks.look(account, version)));
        own.looked += some.length;
        await pause();
      }
    }
  }

  async function tellAll(rep: RecordId, own: Looking): Promise<ToldDay> {
    const playbook = await agent.playbook(rep);
    if (!playbook)
      throw new OpportuneError('opportune/not-found', 'no playbook is in force', {
        remedy: 'Publish one with PUT /v1/playbook',
      });
    const book = await lookAround(rep, own);
    const name = await options.nameOf(rep);
    const zone = (await zoneOf(rep)) ?? playbook.zone;
    const now = clock.now();
    const told = tellDay(book, rep, {
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
  }

  function begin(rep: RecordId): { readonly own: Looking; readonly told: Promise<ToldDay> } {
    const own: Looking = { looked: 0, of: 0, asked: 0 };
    const told = tellAll(rep, own);
    const begun = { own, told };
    underWay.set(rep, begun);
    // It goes on where nobody waits for it any more.
    told.catch(() => {
      if (underWay.get(rep) === begun) underWay.delete(rep);
    });
    return begun;
  }

  return {
    accountsOf,
    async tell(rep) {
      const { own, told } = underWay.get(rep) ?? begin(rep);
      own.asked++;
      const patience = new AbortController();
      const late = wait(patienceMs, undefined, { signal: patience.signal }).then(() => ({
        looked: own.looked,
        of: own.of,
      }));
      late.catch(() => undefined);
      return Promise.race([told, late]).finally(() => patience.abort());
    },
  };
}
