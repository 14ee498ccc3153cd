import type { ModelRoom } from './day-model.js';
import type { DayProblem } from './day-problem.js';

/** The candidates of a rep's day in the order that a person gave them, by their places. */
export function orderIn(
  { candidates, hands }: DayProblem,
  { rep, day }: Pick<ModelRoom, 'rep' | 'day'>,
): readonly number[] {
  const given = hands.findLast(
    (hand) => hand.kind === 'order' && hand.rep === rep && hand.day === day,
  );
  if (given?.kind !== 'order') return [];
  return given.candidates.flatMap((id) => {
    const place = candidates.findIndex((one) => one.id === id);
    return place < 0 ? [] : [place];
  });
}
