import { createRandom } from '../../src/core/random.js';
import type { World, WorldPlay } from './world.js';

export interface TeamAccount {
  readonly id: string;
  readonly rep: string;
  readonly segment: string;
  readonly satisfaction: number;
  /** Nobody in the team sees it, but for the reps who chose before. */
  readonly readiness: number;
}

/** What is drawn once for a seed, the same for every policy. */
export interface Team {
  readonly accounts: readonly TeamAccount[];
  /** What authors say before anything is known, by play. */
  readonly guesses: ReadonlyMap<string, number>;
  /** How likely the buyer acts, after so many touches within a week. Day 0 is the first of the policy. */
  rate(play: WorldPlay, account: TeamAccount, day: number, touches: number): number;
  /** One number for one thing that may happen, in [0, 1). */
  chance(...what: readonly (string | number)[]): number;
  /** The plays that reps of before liked on ready accounts, from -1 to 1. */
  tilt(play: WorldPlay): number;
}

const REPS = 3;
const toOdds = (rate: number): number => Math.log(rate / (1 - rate));
const toRate = (odds: number): number => 1 / (1 + Math.exp(-odds));

export function createTeam(world: World, seed: string): Team {
  const chance = (...what: readonly (string | number)[]): number =>
    createRandom([seed, ...what].join('/'))();
  const normal = (...what: readonly (string | number)[]): number => {
    const random = createRandom([seed, ...what].join('/'));
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  };
  const { differ, drift = 0, fatigue = 0, history } = world;
  const accounts = Array.from({ length: world.accounts }, (_, i): TeamAccount => {
    let left = chance('segment', i);
    const segments = Object.entries(world.segments);
    const found = segments.find(([, share]) => {
      left -= share;
      return left < 0;
    });
    return {
      id: `t:account:${i}`,
      rep: `t:rep:${i % REPS}`,
      segment: (found ?? segments[0])?.[0] ?? '',
      satisfaction: chance('satisfaction', i),
      readiness: normal('readiness', i),
    };
  });
  const own = new Map<string, number>();
  const inSegment = new Map<string, number>();
  const walks = new Map<string, number[]>();
  const guesses = new Map<string, number>();
  for (const { id, rate } of world.plays) {
    const odds = toOdds(rate) + differ.plays * normal('play', id);
    own.set(id, odds);
    guesses.set(id, toRate(odds + differ.guesses * normal('guess', id)));
    for (const segment of Object.keys(world.segments))
      inSegment.set(`${id}|${segment}`, differ.segments * normal('segment', id, segment));
    let at = 0;
    walks.set(
      id,
      Array.from({ length: world.days }, (_, day) => {
        if (day > 0) at += drift * normal('drift', id, day);
        return at;
      }),
    );
  }
  return {
    accounts,
    guesses,
    chance,
    tilt: ({ id }) => 2 * chance('tilt', id) - 1,
    rate: ({ id }, { segment, readiness }, day, touches) =>
      toRate(
        (own.get(id) ?? 0) +
          (inSegment.get(`${id}|${segment}`) ?? 0) +
          (walks.get(id)?.[Math.max(0, day)] ?? 0) +
          (history ? history.matters * readiness : 0) -
          fatigue * touches,
      ),
  };
}
