import type { DayPlan, PlannedItem } from '../src/day/day-plan.js';
import type { Hand } from '../src/day/day-problem.js';
import { leaveOut, moveBy, pinTo, putInOrder } from '../src/day/set-hands.js';
import type { ToldCard } from '../src/day/told-day.js';
import type { DayState } from './day-state.js';

/** What may be done with one card, each with the changes by hand that there would be then. */
export interface Changes {
  readonly earlier?: readonly Hand[];
  readonly later?: readonly Hand[];
  readonly pin?: readonly Hand[];
  readonly leaveOut?: readonly Hand[];
  /** Of one that is left out. */
  readonly add?: readonly Hand[];
}

/** The card that is unfolded: the one that somebody chose, else the first of the plan. */
export function unfolded({ open, plan }: Pick<DayState, 'open' | 'plan'>): string | undefined {
  const isThere =
    plan?.items.some(({ candidate }) => candidate === open) ||
    plan?.left.some(({ candidate }) => candidate === open);
  return isThere ? open : plan?.items[0]?.candidate;
}

export function changesOf(
  state: Pick<DayState, 'open' | 'plan' | 'choices' | 'told' | 'stretch'>,
  cards: ReadonlyMap<string, ToldCard>,
): Changes | undefined {
  const { plan, choices } = state;
  const candidate = unfolded(state);
  if (candidate === undefined || !plan || !cards.has(candidate)) return undefined;
  const item = plan.items.find((one) => one.candidate === candidate);
  return item ? changesOfItem(item, plan, choices.hands) : { add: addTo(candidate, state) };
}

function changesOfItem(item: PlannedItem, plan: DayPlan, hands: readonly Hand[]): Changes {
  const { candidate, rep, day, from, why } = item;
  const own = plan.items
    .filter((one) => one.day === day && one.rep === rep)
    .map((one) => one.candidate);
  const move = (places: number): readonly Hand[] | undefined => {
    const moved = moveBy(own, candidate, places);
    return moved && putInOrder(hands, { rep, day }, moved, candidate);
  };
  const isOwed = why === 'mandatory' || why === 'requested';
  const [earlier, later] = [move(-1), move(1)];
  return {
    ...(earlier && { earlier }),
    ...(later && { later }),
    ...(why !== 'pinned' && { pin: pinTo(hands, candidate, { at: from }) }),
    ...(!isOwed && { leaveOut: leaveOut(hands, candidate) }),
  };
}

/** It is planned at the time that is best for it. */
function addTo(
  candidate: string,
  { choices, told, stretch }: Pick<DayState, 'choices' | 'told' | 'stretch'>,
): readonly Hand[] {
  const day = stretch === 'second' ? told.days[1] : told.days[0];
  const isDay = stretch !== 'week' && day !== undefined;
  return pinTo(choices.hands, candidate, isDay ? { day } : {});
}
