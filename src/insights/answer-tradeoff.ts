import { addWorkdays } from '../core/calendar.js';
import { dayNumber } from '../core/zone.js';
import { createDayBook } from '../day/day-book.js';
import type { DayCard } from '../day/day-cards.js';
import type { DayProblem } from '../day/day-problem.js';
import { freeTime } from '../day/free-time.js';
import { findTradeoffs } from '../day/frontier.js';
import { USUAL_HOURS, USUAL_LOAD } from '../day/told-day.js';
import type { Goal } from '../domain/playbook.js';
import { type Answered, type Ground, work } from './ground.js';
import { tradeoffReport } from './tradeoff-report.js';

/** What one goal costs another over all accounts, on the next day that is worked. */
export async function answerTradeoff(ground: Ground): Promise<Answered> {
  const { playbook, now, eachAccount, solver } = ground;
  if (!solver) throw new Error('a trade-off takes a solver');
  const book = createDayBook(playbook, { people: new Map(), now, tried: new Set() });
  await eachAccount(book.add);
  const { cards, touches, accounts, reps } = book.finish();
  const day = addWorkdays(dayNumber(now, playbook.zone), 1, playbook);
  const problem: DayProblem = {
    now,
    zone: playbook.zone,
    rooms: [...reps.keys()].flatMap((rep) =>
      freeTime({ rep, zone: playbook.zone, days: [day], hours: USUAL_HOURS, busy: [] }),
    ),
    candidates: cards,
    contactPolicy: playbook.contactPolicy.limits,
    touches,
    load: USUAL_LOAD,
    floors: [],
    hands: [],
  };
  const goals = tradedGoals(playbook.goals, cards);
  const found = await work(findTradeoffs(problem, goals, await solver()), ground);
  const counts = { accounts, cards: cards.length, reps: reps.size };
  const { today, alone, frontiers } = found;
  return {
    result: { ...counts, today, alone: Object.fromEntries(alone), frontiers },
    report: tradeoffReport(found, goals, { ...counts, currency: playbook.currency }),
    found: frontiers.length > 0,
  };
}

/** Those that some card serves: money first, then by weight. */
function tradedGoals(goals: readonly Goal[], cards: readonly DayCard[]): readonly Goal[] {
  const isMoney = ({ unit }: Goal): number => (unit === 'money' ? 1 : 0);
  return goals
    .filter(({ id, weight }) => weight > 0 && cards.some((card) => (card.goals[id] ?? 0) > 0))
    .sort((a, b) => isMoney(b) - isMoney(a) || b.weight - a.weight);
}
