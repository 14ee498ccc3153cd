import { OpportuneError } from '../../src/core/errors.js';
import type { Timing } from './timing.js';

/** Requests that the portal has used of its allowance, by all who use it. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
}

export interface BudgetOptions {
  /** Reads what an answer says of the allowance; undefined when it says nothing. */
  readonly readUsage: (headers: Headers) => Usage | undefined;
  /** The share of the allowance that is left to the customer's other integrations, 0 to 1. */
  readonly leave: number;
}

export interface Budget {
  /** Throws `opportune/crm-busy` while there is only left what belongs to others. */
  check(path: string): void;
  note(headers: Headers): void;
  usage(): Usage | undefined;
}

/** Allowances run over a day: after this one request finds out whether there is room again. */
const LOOK_AGAIN_MS = 15 * 60_000;

export function createBudget({ readUsage, leave }: BudgetOptions, { now }: Timing): Budget {
  let usage: Usage | undefined;
  let notedAt = 0;
  return {
    check(path) {
      if (!usage || usage.limit - usage.used > usage.limit * leave) return;
      if (now() - notedAt >= LOOK_AGAIN_MS) {
        // The others wait for what this one finds out.
        notedAt = now();
        return;
      }
      throw new OpportuneError(
        'opportune/crm-busy',
        `${usage.used} of ${usage.limit} requests of the day are used, and the rest is left to other integrations`,
        {
          where: path,
          remedy: 'Go on later from the last position, or leave others a smaller share',
        },
      );
    },
    note(headers) {
      const read = readUsage(headers);
      if (!read) return;
      usage = read;
      notedAt = now();
    },
    usage: () => usage,
  };
}
