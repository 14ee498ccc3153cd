import type { Column, ModelRoom, Row } from './day-model.js';
import type { DayProblem } from './day-problem.js';
import { groupBy, mostRow } from './group-rows.js';

/** Of two in an order, the later is in no room before that of the earlier. */
export function orderRows(
  columns: readonly Column[],
  rooms: readonly ModelRoom[],
  { candidates, hands }: DayProblem,
): readonly Row[] {
  const rows: Row[] = [];
  if (!hands.some(({ kind }) => kind === 'order')) return rows;
  const byCandidate = groupBy(columns, ({ candidate }) => candidates[candidate]?.id);
  for (const hand of hands) {
    if (hand.kind !== 'order') continue;
    const own = hand.candidates.map((id) =>
      (byCandidate.get(id) ?? []).filter((column) => {
        const room = rooms[columns[column]?.room ?? 0];
        return room?.rep === hand.rep && room.day === hand.day;
      }),
    );
    const from = (column: number): number => rooms[columns[column]?.room ?? 0]?.from ?? 0;
    const pairs = own.flatMap((later, place) =>
      own.slice(0, place).map((earlier, before) => ({ later, earlier, before })),
    );
    for (const { later, earlier, before } of pairs) {
      const after = hand.candidates[before] ?? '';
      for (const moment of new Set(later.map(from)))
        rows.push(
          ...mostRow(
            { kind: 'order', rep: hand.rep, day: hand.day, after },
            1,
            [
              ...later.filter((column) => from(column) <= moment),
              ...earlier.filter((column) => from(column) > moment),
            ],
            () => 1,
          ),
        );
    }
  }
  return rows;
}
