import { createRandom } from '../../src/core/random.js';
import { drawBeta } from './draw-beta.js';
import { addReward, addToArm, createArm, scoreArm } from './linucb.js';
import type { Moment, Policy } from './policy.js';
import type { Team, TeamAccount } from './team.js';
import type { World, WorldPlay } from './world.js';

/** Of how many cards the guess of an author counts for those who start with it. */
const GUESS = 4;
const ALPHA = 0.3;
const MOST_CARDS = 3;

/** What rules leave of plays in their order, as cards. */
function deal(moment: Moment, score: (play: WorldPlay) => number): readonly WorldPlay[] {
  const ranked = moment.allowed
    .map((play) => ({ play, score: score(play) }))
    .sort((a, b) => b.score - a.score || (a.play.id < b.play.id ? -1 : 1));
  const shown: WorldPlay[] = [];
  let { free } = moment;
  for (const { play } of ranked) {
    if (shown.length === MOST_CARDS) break;
    if (play.touch && free-- <= 0) continue;
    shown.push(play);
  }
  return shown;
}

const WEEK = 7;

/** Knows the truth, and shows what earns most now. */
export function createOracle(team: Team): Policy {
  const touched = new Map<string, number[]>();
  return {
    choose(moment) {
      const { account, day } = moment;
      const days = touched.get(account.id) ?? [];
      const touches = days.filter((one) => one > day - WEEK && one <= day).length;
      return deal(moment, (play) => play.value * team.rate(play, account, day, touches));
    },
    done({ account, play, day }) {
      if (play.touch) touched.set(account.id, [...(touched.get(account.id) ?? []), day]);
      return undefined;
    },
    answered: () => undefined,
  };
}

/** Shows any. */
export function createUniform(seed: string): Policy {
  const random = createRandom(`uniform/${seed}`);
  return {
    choose: (moment) => deal(moment, () => random()),
    done: () => undefined,
    answered: () => undefined,
  };
}

/** Counts by play, wherever it was done; the guess of its author counts for some. */
function countByPlay({ guesses }: Team): {
  readonly policy: Pick<Policy, 'done' | 'answered'>;
  readonly of: (play: WorldPlay) => { readonly yes: number; readonly no: number };
} {
  const tried = new Map<string, number>();
  const came = new Map<string, number>();
  const one = (counts: Map<string, number>, { id }: WorldPlay): void => {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  return {
    policy: {
      done({ play }) {
        one(tried, play);
        return undefined;
      },
      answered: (_, __, { play }) => one(came, play),
    },
    of({ id }) {
      const guess = guesses.get(id) ?? 0.5;
      const [all, yes] = [tried.get(id) ?? 0, came.get(id) ?? 0];
      return { yes: GUESS * guess + yes, no: GUESS * (1 - guess) + Math.max(0, all - yes) };
    },
  };
}

/** Shows what has done best so far. */
export function createGreedy(team: Team): Policy {
  const { policy, of } = countByPlay(team);
  return {
    ...policy,
    choose: (moment) =>
      deal(moment, (play) => {
        const { yes, no } = of(play);
        return (play.value * yes) / (yes + no);
      }),
  };
}

/** Thompson's sampling by play: shows each as often as it may be the best. */
export function createThompson(team: Team, seed: string): Policy {
  const { policy, of } = countByPlay(team);
  const random = createRandom(`thompson/${seed}`);
  return {
    ...policy,
    choose: (moment) =>
      deal(moment, (play) => {
        const { yes, no } = of(play);
        return play.value * drawBeta(yes, no, random);
      }),
  };
}

/** LinUCB with a linear model for each play in what the team can see of an account. */
export function createLinUcb({ segments, plays }: World, { guesses }: Team): Policy {
  const names = Object.keys(segments);
  const see = ({ segment }: TeamAccount): readonly number[] => [
    1,
    ...names.map((name) => (name === segment ? 1 : 0)),
  ];
  const arms = new Map(
    plays.map(({ id }) => [id, createArm(names.length + 1, GUESS, guesses.get(id))]),
  );
  const armOf = ({ id }: WorldPlay) => arms.get(id) ?? createArm(names.length + 1, GUESS);
  return {
    choose: (moment) =>
      deal(moment, (play) => play.value * scoreArm(armOf(play), see(moment.account), ALPHA)),
    done({ play, account }) {
      arms.set(play.id, addToArm(armOf(play), see(account), 0));
      return undefined;
    },
    answered(account, _, { play }) {
      const { inverse, sum } = armOf(play);
      arms.set(play.id, { inverse, sum: addReward(sum, see(account), 1) });
    },
  };
}
