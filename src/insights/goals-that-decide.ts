import { push } from '../core/push.js';
import type { DayCard } from '../day/day-cards.js';
import type { Goal } from '../domain/playbook.js';

/** How often a goal makes the card that comes first on an account. */
export interface GoalDecides {
  readonly goal: string;
  /** Cards to which it gives more than any other goal. */
  readonly cards: number;
  /** Of these, those that come first on their account. */
  readonly first: number;
  /** Accounts with a card of it and one of another goal, and on how many of them its card comes first. */
  readonly contested: number;
  readonly won: number;
  /** What it gives a card of it, in units of priority, in the middle: expected, as if nothing was reached of any goal. */
  readonly typical: number;
  /** Present: it wins nearly always or nearly never; at this scale a card of it would give what one of others does. */
  readonly parScale?: number;
}

/** Fewer accounts than these tell nothing of a scale. */
const FEWEST = 30;
const NEARLY = 0.01;

/** The goals that some card serves, in their order. */
export function goalsThatDecide(
  cards: readonly DayCard[],
  goals: readonly Goal[],
): readonly GoalDecides[] {
  const given = (card: DayCard, { id, weight, scale }: Goal): number =>
    (weight * (Object.hasOwn(card.goals, id) ? (card.goals[id] ?? 0) : 0)) / scale;
  const led = cards.flatMap((card) => {
    const [goal] = goals
      .filter((one) => given(card, one) > 0)
      .sort((a, b) => given(card, b) - given(card, a));
    return goal ? [{ card, goal: goal.id, given: given(card, goal) }] : [];
  });
  const byAccount = new Map<string, typeof led>();
  for (const one of led) push(byAccount, one.card.account, one);
  const best = [...byAccount.values()].map((own) => ({
    goals: new Set(own.map(({ goal }) => goal)),
    winner: own.reduce((first, one) => (one.card.value > first.card.value ? one : first)).goal,
  }));
  return goals.flatMap(({ id, scale }): readonly GoalDecides[] => {
    const own = led.filter(({ goal }) => goal === id);
    if (own.length === 0) return [];
    const contested = best.filter((one) => one.goals.has(id) && one.goals.size > 1);
    const won = contested.filter(({ winner }) => winner === id).length;
    const typical = middle(own.map((one) => one.given));
    const others = led.filter(({ goal }) => goal !== id).map((one) => one.given);
    const share = won / contested.length;
    const isFarOff = contested.length >= FEWEST && (share <= NEARLY || share >= 1 - NEARLY);
    return [
      {
        goal: id,
        cards: own.length,
        first: best.filter(({ winner }) => winner === id).length,
        contested: contested.length,
        won,
        typical,
        ...(isFarOff && { parScale: (scale * typical) / middle(others) }),
      },
    ];
  });
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
