import type { Propensity } from './decision.js';
import type { AttributeValue, SubjectKey } from './value.js';

/** What was learned or delivered from outside one account, with a version that every Decision carries. */
export interface Parameters {
  readonly version: string;
  /** By play, and by `play|value` of the attribute {@link situation}. */
  readonly propensity: { readonly [play: string]: Propensity };
  /** Qualified attribute by whose value the propensity of a play differs; absent: by none. */
  readonly situation?: string;
  /** The company's level of each goal, where an account has none of its own. */
  readonly levels: { readonly [goal: string]: number };
  /** How helpful reps find content, by its id; absent: nobody said anything. It orders content, and values no card. */
  readonly contents?: { readonly [content: string]: Propensity };
  readonly explore?: Explore;
  /** Absent: the playbook does not ask for it, or nothing was planned yet. */
  readonly costs?: LearnedCosts;
}

/**
 * What a minute of a rep and a touch of a buyer would bring elsewhere, by the plans of days (the dual prices of hours, load
 * and contact policy), beyond what the playbook declares; in units of priority, at least 0.
 */
export interface LearnedCosts {
  readonly minute: number;
  readonly touch: number;
  /** Plans of one rep for one day, older ones counting less. */
  readonly plans: number;
  /** Days on which something was planned. */
  readonly days: number;
  /** The last of them: days since 1970-01-01 in the company's zone. */
  readonly day: number;
}

/** What is learned of a play in a situation, else of the play at all. */
export const propensityIn = (
  propensity: Parameters['propensity'],
  play: string,
  situation?: AttributeValue,
): Propensity | undefined => (situation && propensity[`${play}|${situation}`]) || propensity[play];

/** With fewer plans they are kept and not gone by. */
export const FEWEST_PLANS = 10;

/** Those that arbitration goes by. */
export const pricesIn = ({ costs }: Parameters): LearnedCosts | undefined =>
  costs && costs.plans >= FEWEST_PLANS ? costs : undefined;

/** Where the last card may be drawn among those that are nearly as good, to learn what buyers answer to. */
export interface Explore {
  /** How strongly it counts that a card is less good. */
  readonly gamma: number;
  /** Those that lose least when a card was not the best. */
  readonly accounts: readonly SubjectKey[];
}

export const NO_PARAMETERS: Parameters = { version: 'none', propensity: {}, levels: {} };
