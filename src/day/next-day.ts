import { addWorkdays } from '../core/calendar.js';
import { dayNumber } from '../core/zone.js';
import type { Playbook } from '../domain/playbook.js';
import type { DayBook } from './day-book.js';
import type { DayProblem } from './day-problem.js';
import { freeTime } from './free-time.js';
import { USUAL_HOURS, USUAL_LOAD } from './told-day.js';

/** The next day that is worked, for everybody who has a card, in usual hours and under the usual load. */
export function nextDayOf(
  { cards, touches, reps }: Omit<DayBook, 'accounts'>,
  playbook: Playbook,
  now: number,
): DayProblem {
  const { zone } = playbook;
  const day = addWorkdays(dayNumber(now, zone), 1, playbook);
  return {
    now,
    zone,
    rooms: [...reps.keys()].flatMap((rep) =>
      freeTime({ rep, zone, days: [day], hours: USUAL_HOURS, busy: [] }),
    ),
    candidates: cards,
    contactPolicy: playbook.contactPolicy.limits,
    touches,
    load: USUAL_LOAD,
    floors: [],
    hands: [],
  };
}
