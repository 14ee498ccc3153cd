import type { Propensity } from './decision.js';

/** What was learned or delivered from outside one account, with a version that every Decision carries. */
export interface Parameters {
  readonly version: string;
  /** By play. */
  readonly propensity: { readonly [play: string]: Propensity };
  /** The company's level of each goal, where an account has none of its own. */
  readonly levels: { readonly [goal: string]: number };
}

export const NO_PARAMETERS: Parameters = { version: 'none', propensity: {}, levels: {} };
