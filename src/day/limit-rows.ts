import type { Column, ModelRoom, Must, Row } from './day-model.js';
import type { DayCandidate, DayProblem } from './day-problem.js';
import { groupBy, mostRow } from './group-rows.js';
import { minutesOf } from './make-rooms.js';

export function roomRows(
  columns: readonly Column[],
  rooms: readonly ModelRoom[],
  candidates: readonly DayCandidate[],
): readonly Row[] {
  const byRoom = groupBy(columns, ({ room }) => room);
  const minutes = (column: number): number =>
    candidates[columns[column]?.candidate ?? 0]?.minutes ?? 0;
  return rooms.flatMap(({ rep, day, from, until }, room) =>
    mostRow(
      { kind: 'hours', rep, day, room },
      minutesOf({ from, until }),
      byRoom.get(room) ?? [],
      minutes,
    ),
  );
}

/** The limits of a rep's day, and of a play. */
export function dayRows(
  columns: readonly Column[],
  rooms: readonly ModelRoom[],
  { candidates, load, tried }: DayProblem,
): readonly Row[] {
  const of = (column: number): DayCandidate | undefined =>
    candidates[columns[column]?.candidate ?? 0];
  const one = (): number => 1;
  const byDay = groupBy(columns, ({ room }) => `${rooms[room]?.rep}|${rooms[room]?.day}`);
  const rows: Row[] = [];
  for (const members of byDay.values()) {
    const place = rooms[columns[members[0] ?? 0]?.room ?? 0];
    if (!place) continue;
    const { rep, day } = place;
    if (load?.minutes !== undefined)
      rows.push(
        ...mostRow(
          { kind: 'load-minutes', rep, day },
          load.minutes,
          members,
          (column) => of(column)?.minutes ?? 0,
        ),
      );
    if (load?.items !== undefined)
      rows.push(...mostRow({ kind: 'load-items', rep, day }, load.items, members, one));
    if (tried?.perDay !== undefined) {
      const own = members.filter((column) => of(column)?.tried);
      rows.push(...mostRow({ kind: 'tried', rep, day }, tried.perDay, own, one));
    }
  }
  if (tried?.perPlay !== undefined) {
    const byPlay = groupBy(columns, (_, column) =>
      of(column)?.tried ? of(column)?.play : undefined,
    );
    for (const [play, own] of byPlay)
      rows.push(...mostRow({ kind: 'tried-play', play }, tried.perPlay, own, one));
  }
  return rows;
}

export function mustRows(
  columns: readonly Column[],
  candidates: readonly DayCandidate[],
  musts: readonly Must[],
): readonly Row[] {
  const own = groupBy(columns, ({ candidate }) => candidate);
  return musts.map(({ candidate, why }) => {
    const members = own.get(candidate) ?? [];
    const limit = { kind: 'must', candidate: candidates[candidate]?.id ?? '', why } as const;
    return { limit, bound: 1, columns: members, uses: members.map(() => 1) };
  });
}

export function floorRows(
  columns: readonly Column[],
  { candidates, floors }: DayProblem,
): readonly Row[] {
  return floors.map(({ goal, least, reps }, floor) => {
    const among = reps && new Set(reps);
    const members: number[] = [];
    const uses: number[] = [];
    columns.forEach(({ candidate }, column) => {
      const one = candidates[candidate];
      const amount = one && Object.hasOwn(one.goals, goal) ? (one.goals[goal] ?? 0) : 0;
      if (!one || amount === 0 || (among && !among.has(one.rep))) return;
      members.push(column);
      uses.push(amount);
    });
    return { limit: { kind: 'floor', floor }, bound: least, columns: members, uses };
  });
}
