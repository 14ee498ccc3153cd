import type { TeamAccount } from './team.js';
import type { WorldPlay } from './world.js';

/** Something happened at an account, and its rep looks at what to do. */
export interface Moment {
  readonly account: TeamAccount;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly day: number;
  /** What rules allow here and now: neither resting nor against the floor, nor a touch too many. */
  readonly allowed: readonly WorldPlay[];
  /** So many touches more are allowed. */
  readonly free: number;
}

/** A card that a rep did. */
export interface Deed {
  readonly account: TeamAccount;
  readonly play: WorldPlay;
  readonly at: number;
  readonly day: number;
}

/** Decides which cards reps see. It learns from what is done and from the answers of buyers, as these come. */
export interface Policy {
  /** At most three plays, the first one first. */
  choose(moment: Moment): readonly WorldPlay[] | Promise<readonly WorldPlay[]>;
  /** False: it may not be done any more. */
  done(deed: Deed): undefined | boolean | Promise<boolean>;
  /** The buyer answered; `credited` is what was done last there before. */
  answered(account: TeamAccount, at: number, credited: Deed): void | Promise<void>;
  /** The day is over. */
  night?(at: number, day: number): void | Promise<void>;
}
