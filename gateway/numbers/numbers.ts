import type { Fact, RecordId } from 'opportune';
import { weekdayOf } from '../../src/core/calendar.js';
import { dateOfDay, dayNumber, startOfDay } from '../../src/core/zone.js';
import { chooseGroups, type Group, groupsFor } from './choose-groups.js';
import { addUp, createCount, NOTHING, type Numbers } from './count-answers.js';

/** One week, from a Monday to the next in the company's zone. */
export interface OwnWeek {
  /** `YYYY-MM-DD`, the Monday. */
  readonly week: string;
  /** False while it may still change. */
  readonly final: boolean;
  readonly numbers: Numbers;
}

export interface GroupWeek {
  readonly week: string;
  readonly groups: readonly (
    | { readonly team?: string; readonly reps: number; readonly numbers: Numbers }
    | { readonly team?: string; readonly withheld: 'too-few' }
  )[];
}

export interface NumbersOf {
  /** This rep's own, newest first. */
  own(rep: RecordId, weeks: number): Promise<readonly OwnWeek[]>;
  /** What a manager may know: the own teams and everyone, week by week, newest first; weeks that are final alone. */
  groups(
    manager: { readonly rep?: RecordId; readonly teams: readonly string[] },
    weeks: number,
  ): Promise<readonly GroupWeek[]>;
  /** Makes weeks final that are over; false where there are none. */
  settle(): Promise<boolean>;
}

export interface NumbersOptions {
  /** Facts `seen` and `response` that happened from one moment to before another. */
  answers(from: number, until: number): AsyncIterable<Fact>;
  teamsOf(rep: RecordId): Promise<readonly string[]>;
  zone(): Promise<string>;
  readonly weeks: {
    get(week: string): Promise<unknown>;
    /** Kept once for all: what was told of a week never becomes something else. */
    putOnce(week: string, settled: SettledWeek): Promise<void>;
    list(): Promise<readonly string[]>;
    drop(week: string): Promise<void>;
  };
  readonly clock: { now(): number };
}

/** A week as it was when it became final: who was in which team then, and what each had done. */
export interface SettledWeek {
  readonly reps: { readonly [rep: RecordId]: Numbers };
  readonly groups: readonly Group[];
}

export const MOST_WEEKS = 26;
/** Answers that were given without a line have so long to arrive. */
const LATE_DAYS = 1;
const RUNNING_MS = 60_000;

interface Week {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  /** When it becomes final. */
  readonly finalAt: number;
}

/**
 * What reps did, for themselves, and in groups for managers. A week becomes final once, with the teams of that moment, and is
 * told as it was then: neither an answer that comes late nor a rep who changes teams shows as a difference between two looks.
 */
export function createNumbers(options: NumbersOptions): NumbersOf {
  const { answers, teamsOf, zone, weeks, clock } = options;
  const running = new Map<string, { readonly at: number; readonly counted: Promise<Counted> }>();

  async function latest(count: number): Promise<readonly Week[]> {
    const where = await zone();
    const today = dayNumber(clock.now(), where);
    const monday = today + 1 - weekdayOf(today);
    return Array.from({ length: count }, (_, i): Week => {
      const day = monday - 7 * i;
      return {
        name: dateOfDay(day),
        from: startOfDay(day, where),
        until: startOfDay(day + 7, where),
        finalAt: startOfDay(day + 7 + LATE_DAYS, where),
      };
    });
  }

  async function count({ from, until }: Week): Promise<Counted> {
    const counting = createCount();
    for await (const fact of answers(from, until)) counting.add(fact);
    return counting.byRep();
  }

  /** Of a week that may still change: all reps who look within a minute share one count. */
  function countNow(week: Week): Promise<Counted> {
    const known = running.get(week.name);
    if (known && Math.abs(clock.now() - known.at) < RUNNING_MS) return known.counted;
    for (const [name, { at }] of running) if (clock.now() - at >= RUNNING_MS) running.delete(name);
    const counted = count(week);
    running.set(week.name, { at: clock.now(), counted });
    counted.catch(() => running.delete(week.name));
    return counted;
  }

  const settled = async ({ name }: Week): Promise<SettledWeek | undefined> =>
    (await weeks.get(name)) as SettledWeek | undefined;

  return {
    async own(rep, count) {
      const told: OwnWeek[] = [];
      for (const week of await latest(count)) {
        const final = await settled(week);
        const numbers = final ? final.reps[rep] : (await countNow(week)).get(rep);
        told.push({ week: week.name, final: final !== undefined, numbers: numbers ?? NOTHING });
      }
      return told;
    },
    async groups({ rep, teams }, count) {
      const told: GroupWeek[] = [];
      for (const week of await latest(count)) {
        const final = await settled(week);
        if (!final) continue;
        const open = groupsFor(rep, final.groups);
        const groups = [...new Set(teams)].sort().map((team) => tell(final, open, team));
        told.push({ week: week.name, groups: [...groups, tell(final, open, undefined)] });
      }
      return told;
    },
    async settle() {
      const kept = new Set(await weeks.list());
      const all = await latest(MOST_WEEKS);
      const oldest = all.at(-1)?.name ?? '';
      for (const name of kept) if (name < oldest) await weeks.drop(name);
      const due = all.filter(({ name, finalAt }) => finalAt <= clock.now() && !kept.has(name));
      for (const week of due.reverse()) {
        const counted = await count(week);
        // Of a week in which nobody did anything nothing is told, so that nothing has to stay.
        if (counted.size === 0) continue;
        const teams = new Map<RecordId, readonly string[]>();
        for (const one of counted.keys()) teams.set(one, await teamsOf(one));
        await weeks.putOnce(week.name, {
          reps: Object.fromEntries(counted),
          groups: chooseGroups(teams),
        });
        return true;
      }
      return false;
    },
  };
}

type Counted = ReadonlyMap<RecordId, Numbers>;

function tell(
  { reps: numbers }: SettledWeek,
  open: readonly Group[],
  team: string | undefined,
): GroupWeek['groups'][number] {
  const name = team !== undefined && { team };
  const group = open.find((one) => one.team === team);
  if (!group) return { ...name, withheld: 'too-few' };
  const sum = addUp(group.reps.map((rep) => numbers[rep] ?? NOTHING));
  return { ...name, reps: group.reps.length, numbers: sum };
}
