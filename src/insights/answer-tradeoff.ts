import { createDayBook } from '../day/day-book.js';
import type { DayCard } from '../day/day-cards.js';
import { findTradeoffs } from '../day/frontier.js';
import { nextDayOf } from '../day/next-day.js';
import type { Goal } from '../domain/playbook.js';
import { goalsThatDecide } from './goals-that-decide.js';
import { type Answered, type Ground, work } from './ground.js';
import { tradeoffReport } from './tradeoff-report.js';

/** What one goal costs another over all accounts, on the next day that is worked. */
export async function answerTradeoff(ground: Ground): Promise<Answered> {
  const { playbook, now, eachAccount, solver } = ground;
  if (!solver) throw new Error('a trade-off takes a solver');
  const book = createDayBook(playbook, { people: new Map(), now, tried: new Set() });
  await eachAccount(book.add);
  const gathered = book.finish();
  const { cards, accounts, reps } = gathered;
  const problem = nextDayOf(gathered, playbook, now);
  const goals = tradedGoals(playbook.goals, cards);
  const found = await work(findTradeoffs(problem, goals, await solver()), ground);
  const decide = goalsThatDecide(cards, goals);
  const counts = { accounts, cards: cards.length, reps: reps.size };
  const { today, alone, frontiers } = found;
  return {
    result: { ...counts, decide, today, alone: Object.fromEntries(alone), frontiers },
    report: tradeoffReport(found, goals, { ...counts, decide, currency: playbook.currency }),
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
