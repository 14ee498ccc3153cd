import type { Situation } from '../deliver/situation.js';
import type { DayBook } from './day-book.js';
import { type DayCard, dayCardsOf } from './day-cards.js';
import type { DayProblem } from './day-problem.js';

/** What one rep could work on in an account, as it stood before this rep when it was looked at. */
export interface DayLook {
  readonly cards: readonly DayCard[];
  readonly touches: DayProblem['touches'];
}

const NONE: ReadonlySet<string> = new Set();

export function lookOver(situation: Situation): DayLook {
  return {
    cards: dayCardsOf(situation, NONE),
    touches: new Map(
      [...situation.subjects].map(([key, { ledger }]) => [
        key,
        ledger.touches.map(({ at, channel }) => ({ at, channel })),
      ]),
    ),
  };
}

export function bookOfLooks(looks: readonly DayLook[]): DayBook {
  return {
    cards: looks.flatMap(({ cards }) => cards),
    touches: new Map(looks.flatMap(({ touches }) => [...touches])),
    accounts: looks.length,
    reps: new Map(),
  };
}
