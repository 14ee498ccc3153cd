import { COMPANY, type Fact, type Playbook, type Store, type SubjectKey } from 'opportune';
import { createTrialKeeper } from '../../src/keep-trial.js';
import { createLearnBook, toLearnedFact } from '../../src/learn-book.js';
import { withCosts } from '../../src/learn-costs.js';
import { tellNewReps } from '../../src/new-reps.js';
import type { Daily } from '../serve/run-daily.js';
import { createPlanPrices } from './price-plans.js';

export interface NightlyOptions {
  readonly store: Pick<Store, 'get' | 'put' | 'read' | 'facts'>;
  readonly clock: { now(): number };
  accounts(): AsyncIterable<readonly (readonly [SubjectKey, readonly Fact[]])[]>;
  /** Resolves when the facts are durable. */
  take(facts: readonly Fact[]): Promise<unknown>;
}

const DONE_AT = 'learning/at';
/** Facts that are handed over at a time. */
const LOT = 500;

/**
 * What is learned anew each day from what buyers did, and what keeps the playbook's trials going, in one look at all
 * accounts. Both are facts: cards go by them as by any other.
 */
export function createNightly({
  store,
  clock,
  accounts,
  take,
}: NightlyOptions): Pick<Daily, 'doneAt' | 'work'> {
  async function gather(playbook: Playbook): Promise<readonly Fact[]> {
    const now = clock.now();
    const { learning, trials = [] } = playbook;
    const book = learning && createLearnBook(playbook, learning, now);
    const prices = learning?.costs && (await createPlanPrices({ store, playbook, now }));
    const keepers = trials.map((trial) => createTrialKeeper(playbook, trial));
    const books = [...(book ? [book] : []), ...(prices ? [prices] : []), ...keepers];
    for await (const lot of accounts())
      for (const [account, facts] of lot) for (const one of books) one.add(account, facts);
    const found = keepers.flatMap((keeper) => keeper.finish(now));
    if (!book) return found;
    const { parameters: own, reps } = book.finish();
    const parameters = withCosts(own, await prices?.finish());
    const inForce = (await store.read(COMPANY))?.subject.parameters?.version;
    const learned = inForce === parameters.version ? [] : [toLearnedFact(parameters, now, COMPANY)];
    return [...found, ...learned, ...(await tellNewReps(reps, { playbook, store, now }))];
  }

  return {
    async doneAt() {
      const at = await store.get(DONE_AT);
      return typeof at === 'number' ? at : undefined;
    },
    async work(playbook) {
      // Where there is nothing to do nothing is noted either.
      if (!playbook.learning && !playbook.trials) return true;
      // A night's work that ends after midnight is not that of the next day.
      const began = clock.now();
      const facts = await gather(playbook);
      for (let from = 0; from < facts.length; from += LOT)
        await take(facts.slice(from, from + LOT));
      await store.put(DONE_AT, began);
      return true;
    },
  };
}
