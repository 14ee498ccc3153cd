import type { RepAction } from './action-book.js';
import { clusteredShare, type Share } from './analyze/clustered-share.js';
import type { TooLittleData } from './analyze/too-little-data.js';
import { weekdayOf } from './core/calendar.js';
import { push } from './core/push.js';
import { dateOfDay, dayNumber } from './core/zone.js';
import type { Channel } from './domain/playbook.js';

/** How often buyers acted after what was done; a customer is one observation. */
export interface Answered {
  readonly actions: number;
  readonly customers: number;
  /** Actions after which the buyer had all the days to act; only these are in the share. */
  readonly settled: number;
  readonly answered: number;
  /** With its 95 % interval; or how many settled actions and customers it would take. */
  readonly share: Share | TooLittleData;
}

export interface AnsweredOfKind extends Answered {
  readonly channel: Channel;
  /** What buyers did, the most frequent first. */
  readonly acts: readonly { readonly type: string; readonly count: number }[];
  readonly trend: Trend | TooLittleData;
}

/** The share of the last three months, less that of the three before. */
export interface Trend {
  readonly recent: number;
  readonly before: number;
  readonly difference: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
}

export interface ActionsOfRep {
  readonly windowDays: number;
  readonly until: number;
  readonly all: Answered;
  readonly trend: Trend | TooLittleData;
  /** The most frequent kind first. */
  readonly kinds: readonly AnsweredOfKind[];
  /** The last twelve with a settled action, `YYYY-MM`, in order. */
  readonly months: readonly ({ readonly month: string } & Answered)[];
  /** The last twelve in which something was done, by their Monday, the newest first. */
  readonly weeks: readonly WeekOfActions[];
  /** Acts that machines did after actions, such as scanners that open every mail; they count for nothing. */
  readonly machineActs: number;
}

export interface WeekOfActions {
  readonly week: string;
  readonly byChannel: readonly { readonly channel: Channel; readonly actions: number }[];
  readonly answered: number;
  /** In this week the buyer may still act. */
  readonly isOpen: boolean;
}

export interface ActionsOptions {
  readonly windowDays: number;
  readonly zone: string;
  readonly until: number;
}

const DAY = 86_400_000;
/** Fewer settled actions, or with fewer customers, make no share. */
const FEWEST_ACTIONS = 10;
const FEWEST_CUSTOMERS = 5;
const TREND_DAYS = 91;
const SHOWN = 12;

/** What one rep did and what buyers did after it, in order of time. Of no action in it a buyer's act counts twice. */
export function analyzeActions(
  actions: readonly RepAction[],
  { windowDays, zone, until }: ActionsOptions,
): ActionsOfRep {
  const settledUntil = until - windowDays * DAY;
  const isSettled = ({ at }: RepAction): boolean => at <= settledUntil;
  const tell = (some: readonly RepAction[]): Answered => tellAnswered(some, isSettled);
  const byChannel = new Map<Channel, RepAction[]>();
  const byMonth = new Map<string, RepAction[]>();
  const byWeek = new Map<number, RepAction[]>();
  for (const action of actions) {
    const day = dayNumber(action.at, zone);
    push(byChannel, action.channel, action);
    push(byWeek, day + 1 - weekdayOf(day), action);
    if (isSettled(action)) push(byMonth, dateOfDay(day).slice(0, 7), action);
  }
  return {
    windowDays,
    until,
    all: tell(actions),
    trend: trendOf(actions, settledUntil),
    kinds: Array.from(byChannel, ([channel, own]) => ({
      channel,
      ...tell(own),
      acts: countActs(own),
      trend: trendOf(own, settledUntil),
    })).sort((one, other) => other.actions - one.actions),
    months: Array.from(byMonth, ([month, own]) => ({ month, ...tell(own) })).slice(-SHOWN),
    weeks: Array.from(byWeek, ([monday, own]) => ({
      week: dateOfDay(monday),
      byChannel: [...byChannel.keys()].flatMap((channel) => {
        const some = own.filter((one) => one.channel === channel).length;
        return some > 0 ? [{ channel, actions: some }] : [];
      }),
      answered: own.filter(({ answer }) => answer).length,
      isOpen: own.some((one) => !isSettled(one)),
    }))
      .reverse()
      .slice(0, SHOWN),
    machineActs: actions.reduce((sum, { machineActs }) => sum + machineActs, 0),
  };
}

/** All of them as one. */
export function countAnswered(
  actions: readonly RepAction[],
  { windowDays, until }: Pick<ActionsOptions, 'windowDays' | 'until'>,
): Answered {
  const settledUntil = until - windowDays * DAY;
  return tellAnswered(actions, ({ at }) => at <= settledUntil);
}

function tellAnswered(
  actions: readonly RepAction[],
  isSettled: (action: RepAction) => boolean,
): Answered {
  const settled = actions.filter(isSettled);
  return {
    actions: actions.length,
    customers: customersOf(actions),
    settled: settled.length,
    answered: settled.filter(({ answer }) => answer).length,
    share: shareOf(settled),
  };
}

const customersOf = (actions: readonly RepAction[]): number =>
  new Set(actions.map(({ account }) => account)).size;

function shareOf(settled: readonly RepAction[]): Share | TooLittleData {
  if (settled.length < FEWEST_ACTIONS)
    return { needed: `${FEWEST_ACTIONS} actions whose time is over`, got: settled.length };
  const customers = customersOf(settled);
  if (customers < FEWEST_CUSTOMERS)
    return { needed: `actions with ${FEWEST_CUSTOMERS} customers`, got: customers };
  return clusteredShare(
    settled,
    ({ answer }) => answer !== undefined,
    ({ account }) => account,
  );
}

/** The difference of two shares, its interval from those of both (Newcombe 1998, method 10). */
function trendOf(actions: readonly RepAction[], settledUntil: number): Trend | TooLittleData {
  const start = settledUntil - TREND_DAYS * DAY;
  const recent = shareOf(actions.filter(({ at }) => at > start && at <= settledUntil));
  if ('needed' in recent)
    return { needed: `in the last three months ${recent.needed}`, got: recent.got };
  const before = shareOf(actions.filter(({ at }) => at > start - TREND_DAYS * DAY && at <= start));
  if ('needed' in before)
    return { needed: `in the three months before ${before.needed}`, got: before.got };
  const difference = recent.rate - before.rate;
  return {
    recent: recent.rate,
    before: before.rate,
    difference,
    interval: [
      difference - Math.hypot(recent.rate - recent.interval[0], before.interval[1] - before.rate),
      difference + Math.hypot(recent.interval[1] - recent.rate, before.rate - before.interval[0]),
    ],
  };
}

function countActs(actions: readonly RepAction[]): AnsweredOfKind['acts'] {
  const counts = new Map<string, number>();
  for (const { answer } of actions)
    if (answer) counts.set(answer.type, (counts.get(answer.type) ?? 0) + 1);
  return Array.from(counts, ([type, count]) => ({ type, count })).sort(
    (one, other) => other.count - one.count || (one.type < other.type ? -1 : 1),
  );
}
