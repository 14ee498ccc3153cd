import {
  type Fact,
  OpportuneError,
  type Playbook,
  type RecordId,
  type SubjectKey,
} from 'opportune';
import { createActionBook, type RepAction } from '../../src/action-book.js';
import {
  type ActionsOfRep,
  type Answered,
  analyzeActions,
  countAnswered,
} from '../../src/analyze-actions.js';
import { dateOfDay, dayNumber, dayOfDate, startOfDay } from '../../src/core/zone.js';
import { WINDOW_DAYS } from '../../src/insights/answer-actions.js';
import type { ActionLog } from '../database/action-log.js';
import { pause } from '../pause.js';
import { runDaily } from '../serve/run-daily.js';
import { chooseGroups, type Group, groupsFor } from './choose-groups.js';

export interface Actions {
  /** This rep's own; undefined: nothing is counted yet. */
  own(rep: RecordId): Promise<Counted | undefined>;
  /** Reps who share a team with this one and have done something. */
  colleagues(rep: RecordId): Promise<readonly RecordId[]>;
  critic(rep: RecordId): Promise<RecordId | undefined>;
  /**
   * With this one critic from now on, or with nobody.
   *
   * @throws OpportuneError `opportune/request`: that is no colleague of a team of the rep's
   */
  share(rep: RecordId, critic: RecordId | undefined): Promise<void>;
  /** Reps who chose this one, and still are in one team with it. */
  sharing(critic: RecordId): Promise<readonly RecordId[]>;
  /** Undefined: it is not shared with this critic, or there is nothing. */
  shared(critic: RecordId, rep: RecordId): Promise<Counted | undefined>;
  /** What a manager may know: the own teams and everyone, month by month, newest first. */
  groups(manager: {
    readonly rep?: RecordId;
    readonly teams: readonly string[];
  }): Promise<readonly GroupMonth[]>;
  /** Counts anew each day, until it is told to stop. */
  run(signal: AbortSignal): Promise<void>;
}

export interface Counted {
  readonly actions: ActionsOfRep;
  /** Epoch milliseconds. */
  readonly countedAt: number;
}

export interface GroupMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly groups: readonly (
    | { readonly team?: string; readonly reps: number; readonly answered: Answered }
    | { readonly team?: string; readonly withheld: 'too-few' }
  )[];
}

export interface ActionsOptions {
  readonly log: ActionLog;
  accounts(): AsyncIterable<readonly (readonly [SubjectKey, readonly Fact[]])[]>;
  playbook(): Promise<Playbook | undefined>;
  teamsOf(rep: RecordId): Promise<readonly string[]>;
  readonly months: {
    get(month: string): Promise<unknown>;
    /** Kept once for all: what was told of a month never becomes something else. */
    putOnce(month: string, settled: SettledMonth): Promise<void>;
    list(): Promise<readonly string[]>;
    drop(month: string): Promise<void>;
  };
  readonly clock: { now(): number };
  leads(): Promise<boolean>;
  failed(error: unknown): void;
}

/** The groups that are told of a month, with the teams of the moment when it became final. */
export type SettledMonth = readonly (Group & { readonly answered: Answered })[];

const DAY = 86_400_000;
const MOST_MONTHS = 12;
/** What happened on the last day has so long to arrive, after the buyer's time is over. */
const LATE_DAYS = 1;

/**
 * What reps did towards buyers and what buyers did after it: for each rep, for one critic whom the rep chose, and in groups
 * for managers. It is counted once a day from all accounts; a month is told of groups once the time of its last action is
 * over, and never changes then.
 */
export function createActions(options: ActionsOptions): Actions {
  const { log, teamsOf, months, clock } = options;

  const areTogether = async (one: RecordId, other: RecordId): Promise<boolean> => {
    const teams = await teamsOf(one);
    return one !== other && (await teamsOf(other)).some((team) => teams.includes(team));
  };

  async function count({ contactPolicy, zone }: Playbook): Promise<number> {
    const now = clock.now();
    const book = createActionBook({ contactPolicy }, { windowDays: WINDOW_DAYS, until: now });
    for await (const lot of options.accounts())
      for (const [account, facts] of lot) book.add(account, facts);
    const { byRep } = book.finish();
    const how = { windowDays: WINDOW_DAYS, zone, until: now };
    const counted: Parameters<ActionLog['replace']>[0][number][] = [];
    for (const [rep, own] of byRep) {
      counted.push({ rep, teams: await teamsOf(rep), actions: analyzeActions(own, how) });
      await pause();
    }
    await log.replace(counted, now);
    const teams = new Map(counted.map((one) => [one.rep, one.teams]));
    await settle(byRep, teams, zone);
    return counted.length;
  }

  async function settle(
    byRep: ReadonlyMap<RecordId, readonly RepAction[]>,
    teams: ReadonlyMap<RecordId, readonly string[]>,
    zone: string,
  ): Promise<void> {
    const kept = new Set(await months.list());
    const all = lastMonths(clock.now(), zone);
    for (const name of kept) if (name < (all.at(-1)?.name ?? '')) await months.drop(name);
    for (const { name, from, until } of all) {
      const over = until + (WINDOW_DAYS + LATE_DAYS) * DAY;
      if (kept.has(name) || over > clock.now()) continue;
      const own = new Map<RecordId, readonly RepAction[]>();
      for (const [rep, actions] of byRep) {
        const some = actions.filter(({ at }) => at >= from && at < until);
        if (some.length > 0) own.set(rep, some);
      }
      if (own.size === 0) continue;
      await pause();
      const chosen = chooseGroups(
        new Map([...own.keys()].map((rep) => [rep, teams.get(rep) ?? []])),
      );
      await months.putOnce(
        name,
        chosen.map((group) => {
          const actions = group.reps.flatMap((rep) => own.get(rep) ?? []);
          const answered = countAnswered(actions, { windowDays: WINDOW_DAYS, until: over });
          return { ...group, answered };
        }),
      );
    }
  }

  return {
    own: (rep) => log.find(rep),
    async colleagues(rep) {
      const teams = await teamsOf(rep);
      return (await log.reps())
        .filter((one) => one.rep !== rep && one.teams.some((team) => teams.includes(team)))
        .map((one) => one.rep);
    },
    critic: (rep) => log.critic(rep),
    async share(rep, critic) {
      if (critic === undefined) return log.unshare(rep);
      if (await areTogether(rep, critic)) return log.share(rep, critic, clock.now());
      throw new OpportuneError('opportune/request', 'the critic is no colleague of your team', {
        remedy: 'Choose somebody who is in one team with you',
      });
    },
    async sharing(critic) {
      const told: RecordId[] = [];
      for (const rep of await log.sharing(critic))
        if (await areTogether(rep, critic)) told.push(rep);
      return told;
    },
    async shared(critic, rep) {
      if ((await log.critic(rep)) !== critic || !(await areTogether(rep, critic))) return undefined;
      return log.find(rep);
    },
    async groups({ rep, teams }) {
      const told: GroupMonth[] = [];
      for (const month of [...(await months.list())].sort().reverse().slice(0, MOST_MONTHS)) {
        const settled = (await months.get(month)) as SettledMonth;
        const open = groupsFor(rep, settled) as SettledMonth;
        const tell = (team: string | undefined): GroupMonth['groups'][number] => {
          const name = team !== undefined && { team };
          const group = open.find((one) => one.team === team);
          return group
            ? { ...name, reps: group.reps.length, answered: group.answered }
            : { ...name, withheld: 'too-few' };
        };
        told.push({ month, groups: [...[...new Set(teams)].sort().map(tell), tell(undefined)] });
      }
      return told;
    },
    run: (signal) =>
      runDaily(
        {
          ...options,
          doneAt: () => log.countedAt(),
          work: async (playbook) => (await count(playbook)) > 0,
        },
        signal,
      ),
  };
}

/** Whole months before this one, the newest first. */
function lastMonths(
  now: number,
  zone: string,
): readonly { readonly name: string; readonly from: number; readonly until: number }[] {
  const today = dateOfDay(dayNumber(now, zone));
  const current = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  const nameOf = (month: number): string =>
    `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  const startOf = (month: number): number => startOfDay(dayOfDate(`${nameOf(month)}-01`), zone);
  return Array.from({ length: MOST_MONTHS }, (_, back) => {
    const month = current - 1 - back;
    return { name: nameOf(month), from: startOf(month), until: startOf(month + 1) };
  });
}
