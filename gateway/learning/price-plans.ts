import { COMPANY, type Fact, type Playbook, type Store, type SubjectKey } from 'opportune';
import { runSliced } from '../../src/core/run-sliced.js';
import { dayNumber } from '../../src/core/zone.js';
import { createDayBook } from '../../src/day/day-book.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import { priceDay } from '../../src/day/price-day.js';
import type { LearnedCosts } from '../../src/domain/parameters.js';
import { foldCosts } from '../../src/learn-costs.js';
import { pause } from '../pause.js';

export interface PricePlansOptions {
  readonly store: Pick<Store, 'read' | 'facts'>;
  readonly playbook: Playbook;
  readonly now: number;
}

/** Gathers accounts, plans the next day of their reps, and folds what minutes and touches were worth into what is known of it. */
export async function createPlanPrices({ store, playbook, now }: PricePlansOptions): Promise<{
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): Promise<LearnedCosts | undefined>;
}> {
  const before = (await store.read(COMPANY))?.subject.parameters?.costs;
  const people = new Map([[COMPANY, await store.facts(COMPANY)]]);
  const book = createDayBook(playbook, { people, now, tried: new Set() });
  return {
    add: book.add,
    async finish() {
      const today = await runSliced(
        priceDay(book.finish(), playbook, now, await loadHighsSolver()),
        {
          pause,
        },
      );
      return foldCosts(before, today, dayNumber(now, playbook.zone));
    },
  };
}
