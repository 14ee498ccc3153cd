import type { Situation } from '../deliver/situation.js';
import type { DayBook } from './day-book.js';
import { dayCardsOf } from './day-cards.js';

const NONE: ReadonlySet<string> = new Set();

/** What one rep could work on, of accounts as they stand before this rep now. */
export function bookOfLooks(looks: readonly Situation[]): DayBook {
  return {
    cards: looks.flatMap((situation) => dayCardsOf(situation, NONE)),
    touches: new Map(
      looks.flatMap(({ subjects }) =>
        [...subjects].map(([key, { ledger }]) => [
          key,
          ledger.touches.map(({ at, channel }) => ({ at, channel })),
        ]),
      ),
    ),
    accounts: looks.length,
    reps: new Map(),
  };
}
