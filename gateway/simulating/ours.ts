import { createCardsAlone, type Shown } from '../../src/cards-alone.js';
import type { LearnOptions } from '../../src/learn-parameters.js';
import { playbookOf, SITUATION } from './playbook-of.js';
import type { Deed, Policy } from './policy.js';
import type { Team } from './team.js';
import type { World } from './world.js';

const DAY = 86_400_000;

/** As `opportune learn --situation account.segment --explore 5` would be run each night: fixed before the bench drew a seed. */
export const NIGHTLY: Required<Omit<LearnOptions, 'now'>> = {
  windowMs: 30 * DAY,
  halfLifeMs: 180 * DAY,
  explore: 5,
  situation: SITUATION,
};

/** The policy that ships, without a store; a test holds it to the agent on one. */
export function createOurs(world: World, team: Team, nightly: typeof NIGHTLY = NIGHTLY): Policy {
  const cards = createCardsAlone(
    playbookOf(world, team),
    team.accounts.map(({ id, rep: owner, segment, satisfaction }) => ({
      id,
      owner,
      values: { segment, satisfaction },
    })),
    nightly,
  );
  const plays = new Map(world.plays.map((play) => [play.id, play]));
  /** The last time that each play was shown at an account. */
  const last = new Map<string, Shown>();
  const done = new Map<Deed, Shown>();
  return {
    choose({ account, at }) {
      const shown = cards.show(account.id, at);
      for (const one of shown) last.set(`${one.play}|${account.id}`, one);
      return shown.flatMap(({ play }) => plays.get(play) ?? []);
    },
    done(deed) {
      const { account, play, at } = deed;
      const shown = last.get(`${play.id}|${account.id}`);
      done.set(deed, cards.done(account.id, play.id, at, shown));
      return undefined;
    },
    answered(_, at, credited) {
      const shown = done.get(credited);
      if (shown) cards.answered(shown, at);
    },
    night: (at, day) => cards.learn(`night ${day}`, at),
  };
}
