import { type Agent, OpportuneError, type RecordId, type Store, type SubjectKey } from 'opportune';
import { isZone } from '../../src/core/zone.js';
import { bookOfLooks } from '../../src/day/book-of-looks.js';
import { type ToldDay, tellDay } from '../../src/day/told-day.js';
import { createRuntime } from '../../src/runtime.js';
import type { AgentAccess } from '../access/create-access.js';
import type { RecordLink } from '../digest/record-link.js';
import type { ChangeFeed } from '../serve/hub.js';
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
      const [name, zone] = [await options.nameOf(rep), await zoneOf(rep)];
      const told = tellDay({ ...bookOfLooks(looks), accounts: accounts.length }, rep, {
        ...{ playbook, now: clock.now() },
        ...(name !== undefined && { name }),
        ...(zone !== undefined && { zone }),
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
