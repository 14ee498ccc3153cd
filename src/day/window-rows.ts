import type { Column, ModelRoom, Row } from './day-model.js';
import type { DayCandidate } from './day-problem.js';
import { groupBy, mostRow } from './group-rows.js';
import { minutesOf } from './make-rooms.js';

/** Beyond that, only the moments before and after which something must be are told apart. */
const MOST_PAIRS = 400;

/** When the action may begin and must have ended, in a room. */
export function windowOf(
  { from, until }: Pick<DayCandidate, 'from' | 'until'>,
  room: Pick<ModelRoom, 'from' | 'until'>,
): { readonly from: number; readonly until: number } {
  return {
    from: Math.max(room.from, from ?? room.from),
    until: Math.min(room.until, until ?? room.until),
  };
}

/** Between any two moments of a room, those that must lie between them need no more than the time that is there. */
export function windowRows(
  columns: readonly Column[],
  rooms: readonly ModelRoom[],
  candidates: readonly DayCandidate[],
): readonly Row[] {
  const rows: Row[] = [];
  for (const [place, members] of groupBy(columns, ({ room }) => room)) {
    const room = rooms[place];
    if (!room) continue;
    const windows = members.map((column) => {
      const one = candidates[columns[column]?.candidate ?? 0];
      return { column, minutes: one?.minutes ?? 0, ...windowOf(one ?? {}, room) };
    });
    const starts = new Set(windows.map(({ from }) => from)).add(room.from);
    const ends = new Set(windows.map(({ until }) => until)).add(room.until);
    const isFew = starts.size * ends.size <= MOST_PAIRS;
    for (const from of starts)
      for (const until of ends) {
        const isWhole = from === room.from && until === room.until;
        if (isWhole || until <= from) continue;
        if (!isFew && from !== room.from && until !== room.until) continue;
        const own = windows.filter((one) => one.from >= from && one.until <= until);
        const minutes = new Map(own.map((one) => [one.column, one.minutes]));
        rows.push(
          ...mostRow(
            { kind: 'window', rep: room.rep, day: room.day, from },
            minutesOf({ from, until }),
            [...minutes.keys()],
            (column) => minutes.get(column) ?? 0,
          ),
        );
      }
  }
  return rows;
}
