import type { Deed, Moment, Policy } from './policy.js';
import type { Team, TeamAccount } from './team.js';
import type { World, WorldPlay } from './world.js';

export interface Run {
  /** What the cards shown were worth, truly: expected over reps and buyers, a sum over the days so far. */
  readonly worth: readonly number[];
  /** Moments at which reps looked. */
  readonly moments: number;
  readonly done: number;
  readonly answered: number;
  /** Cards shown against contact policy, floor or rest, counted without asking the policy. */
  readonly broken: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Monday. */
const START = Date.UTC(2025, 0, 6);
const WEEK = 7;
const MOST_CARDS = 3;
/** What is done longer ago is not what the buyer answers to. */
const WINDOW = 30 * DAY;

/** Lets a policy work in a team, day after day, and tells what it was truly worth. */
export async function runTeam(world: World, team: Team, policy: Policy): Promise<Run> {
  const deeds = new Map<string, Deed[]>();
  const waiting: { readonly at: number; readonly account: TeamAccount }[] = [];
  const worth: number[] = [];
  let [total, moments, done, answered, broken] = [0, 0, 0, 0, 0];

  /** Days are those of the company's calendar. */
  const doneWithin = (account: TeamAccount, day: number, days: number): readonly Deed[] =>
    (deeds.get(account.id) ?? []).filter((deed) => deed.day > day - days && deed.day <= day);
  const rateOf = (play: WorldPlay, account: TeamAccount, day: number): number => {
    const touches = doneWithin(account, day, WEEK).filter((deed) => deed.play.touch).length;
    return team.rate(play, account, day, touches);
  };
  const freeAt = (account: TeamAccount, day: number): number =>
    world.contact.touches -
    doneWithin(account, day, world.contact.days).filter(({ play }) => play.touch).length;
  const mayShow = (play: WorldPlay, account: TeamAccount, at: number): boolean =>
    !(play.hurts && account.satisfaction < world.floor) &&
    !(deeds.get(account.id) ?? []).some(
      (deed) => deed.play.id === play.id && deed.at + world.rests * DAY > at,
    );

  function act(deed: Deed): void {
    const own = deeds.get(deed.account.id) ?? [];
    deeds.set(deed.account.id, own);
    const rate = rateOf(deed.play, deed.account, deed.day);
    own.push(deed);
    done++;
    const what = [deed.day, deed.account.id, deed.play.id];
    if (team.chance('answers', ...what) >= rate) return;
    const delay = -world.delayDays * DAY * Math.log(1 - team.chance('delay', ...what));
    waiting.push({ at: Math.round(deed.at + MINUTE + delay), account: deed.account });
  }

  async function hearUntil(until: number): Promise<void> {
    waiting.sort((a, b) => a.at - b.at);
    while (waiting[0] && waiting[0].at <= until) {
      const { at, account } = waiting.shift() as (typeof waiting)[number];
      const last = (deeds.get(account.id) ?? []).findLast((deed) => deed.at <= at);
      answered++;
      if (last && last.at + WINDOW >= at) await policy.answered(account, at, last);
    }
  }

  async function look(account: TeamAccount, at: number, day: number): Promise<void> {
    const free = freeAt(account, day);
    const allowed = world.plays.filter(
      (play) => (!play.touch || free > 0) && mayShow(play, account, at),
    );
    const moment: Moment = { account, at, day, allowed, free };
    const shown = await policy.choose(moment);
    moments++;
    const touches = shown.filter(({ touch }) => touch).length;
    broken += Math.max(0, touches - Math.max(0, free)) + Math.max(0, shown.length - MOST_CARDS);
    broken += shown.filter((play) => !mayShow(play, account, at)).length;
    // What each is worth is settled before any of them is done.
    const rates = shown.map((play) => rateOf(play, account, day));
    for (const [place, play] of shown.entries()) {
      const follows = world.follows[place] ?? 0;
      total += follows * (rates[place] as number) * play.value;
      if (team.chance('follows', day, account.id, place) >= follows) continue;
      const deed = { account, play, at: at + (place + 1) * MINUTE, day };
      if ((await policy.done(deed)) !== false) act(deed);
    }
  }

  async function live(day: number, look: (account: TeamAccount, at: number) => Promise<void>) {
    const from = START + day * DAY;
    for (const [i, account] of team.accounts.entries()) {
      if (team.chance('moment', day, account.id) >= world.moments) continue;
      const at = from + 8 * 60 * MINUTE + Math.floor((i * 480) / team.accounts.length) * MINUTE;
      await hearUntil(at);
      await look(account, at);
    }
    await hearUntil(from + DAY - 1);
  }

  for (let day = -(world.history?.days ?? 0); day < 0; day++)
    await live(day, async (account, at) => {
      const play = chooseAsBefore(
        world,
        team,
        account,
        day,
        (one) => mayShow(one, account, at) && (!one.touch || freeAt(account, day) > 0),
      );
      if (!play) return;
      const deed = { account, play, at: at + MINUTE, day };
      await policy.done(deed);
      act(deed);
    });
  if (world.history) await policy.night?.(START - 1, -1);
  [done, answered] = [0, 0];
  for (let day = 0; day < world.days; day++) {
    await live(day, (account, at) => look(account, at, day));
    worth.push(total);
    await policy.night?.(START + (day + 1) * DAY - 1, day);
  }
  return { worth, moments, done, answered, broken };
}

/** A rep of before, who saw how ready an account was. */
function chooseAsBefore(
  { plays, history }: World,
  team: Team,
  account: TeamAccount,
  day: number,
  mayDo: (play: WorldPlay) => boolean,
): WorldPlay | undefined {
  const open = plays.filter(mayDo);
  const weights = open.map((play) =>
    Math.exp((history?.chooses ?? 0) * account.readiness * team.tilt(play)),
  );
  let left =
    team.chance('before', day, account.id) * weights.reduce((sum, weight) => sum + weight, 0);
  return open.find((_, i) => {
    left -= weights[i] as number;
    return left < 0;
  });
}
