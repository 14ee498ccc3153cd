import type { AccountBook } from './account-book.js';
import { push } from './core/push.js';
import type { Parameters } from './domain/parameters.js';
import type { Playbook } from './domain/playbook.js';
import type { SubjectKey } from './domain/value.js';
import { estimatePropensity, type GuessedPlay } from './learn/estimate-propensity.js';
import type { Counted, CountOptions } from './learn/exposure.js';
import { rateContents } from './learn/rate-contents.js';
import type { Outcomes } from './outcome-book.js';

export interface LearnOptions extends CountOptions {
  readonly situation?: string;
  /** So many accounts of each rep at once may see a card that is nearly as good as the best. */
  readonly explore: number;
}

/** Accounts, and who looks after each. */
export type LearnedFrom = AccountBook & { readonly owners: ReadonlyMap<SubjectKey, string> };

/** How strongly a gap of the priority counts against being drawn: at 10, half as good comes about one time in seven. */
const GAMMA = 10;
const YEAR = 365;

/** Plays as their authors guess them, alike by the kind of action. */
export const guessesOf = ({ plays, propensity }: Playbook): readonly GuessedPlay[] =>
  plays.map((play) => ({
    id: play.id,
    guess: play.propensity ?? propensity,
    group: play.action.kind,
  }));

/** What arbitration goes by from now on; without its version, which is of its bytes. */
export function learnParameters(
  playbook: Playbook,
  { counted, opinions }: Pick<Outcomes, 'opinions'> & { readonly counted: readonly Counted[] },
  book: LearnedFrom,
  options: LearnOptions,
): Omit<Parameters, 'version'> {
  return {
    propensity: estimatePropensity(guessesOf(playbook), counted),
    levels: {},
    ...(opinions.length > 0 && { contents: rateContents(opinions, options) }),
    ...(options.situation !== undefined && { situation: options.situation }),
    ...(options.explore > 0 && {
      explore: { gamma: GAMMA, accounts: leastToLose(book, options.explore) },
    }),
  };
}

/** Of each rep the accounts that bought least within a year, and have no deal open: what fails there can be made good. */
export function leastToLose(
  { accounts, owners, today }: Pick<LearnedFrom, 'accounts' | 'owners' | 'today'>,
  most: number,
): readonly SubjectKey[] {
  const byRep = new Map<string, { readonly account: SubjectKey; readonly bought: number }[]>();
  for (const { account, purchases, pipeline } of accounts) {
    const owner = owners.get(account);
    if (owner === undefined || pipeline.size > 0) continue;
    const bought = purchases
      .filter(({ day }) => day > today - YEAR)
      .reduce((sum, { amountMinor = 0 }) => sum + amountMinor, 0);
    push(byRep, owner, { account, bought });
  }
  return [...byRep.values()]
    .flatMap((own) =>
      own
        .sort((a, b) => a.bought - b.bought || (a.account < b.account ? -1 : 1))
        .slice(0, most)
        .map(({ account }) => account),
    )
    .sort();
}
