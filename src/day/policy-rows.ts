import { dayNumber } from '../core/zone.js';
import type { Column, ModelRoom, Row } from './day-model.js';
import type { DayProblem } from './day-problem.js';
import { groupBy, mostRow } from './group-rows.js';

/**
 * The contact policy on each day on which a buyer could be touched: what was, and what is planned up to that day, within
 * the days that the limit looks back. What is owed is never kept back by it, and counts.
 */
export function policyRows(
  columns: readonly Column[],
  rooms: readonly ModelRoom[],
  { candidates, contactPolicy, touches, zone }: DayProblem,
): readonly Row[] {
  const one = (): number => 1;
  const days = rooms.map(({ from }) => dayNumber(from, zone));
  const dayOf = (column: number): number => days[columns[column]?.room ?? 0] ?? 0;
  const byCandidate = groupBy(columns, ({ candidate }) => candidate);
  const rows: Row[] = [];
  const byBuyer = groupBy(columns, ({ candidate }) => candidates[candidate]?.touch?.buyer);
  for (const [buyer, members] of byBuyer) {
    const known = touches.get(buyer) ?? [];
    for (const limit of contactPolicy) {
      const covers = (channel: string | undefined): boolean =>
        limit.channel === undefined || limit.channel === channel;
      const own = members.filter((column) =>
        covers(candidates[columns[column]?.candidate ?? 0]?.touch?.channel),
      );
      const isOwed = (column: number): boolean =>
        candidates[columns[column]?.candidate ?? 0]?.owed !== undefined;
      for (const day of new Set(own.filter((column) => !isOwed(column)).map(dayOf))) {
        const first = day - limit.days + 1;
        const used = known.filter(({ at, channel }) => {
          const on = dayNumber(at, zone);
          return covers(channel) && on >= first && on <= day;
        }).length;
        const planned = own.filter((column) => dayOf(column) >= first && dayOf(column) <= day);
        const inWindow = new Set(planned);
        const isCertain = (column: number): boolean =>
          (byCandidate.get(columns[column]?.candidate ?? 0) ?? []).every((other) =>
            inWindow.has(other),
          );
        const certain = new Set(
          planned
            .filter((column) => isOwed(column) && isCertain(column))
            .map((column) => columns[column]?.candidate),
        );
        const of = { kind: 'contact-policy', buyer, day, ...limit } as const;
        const free = Math.max(0, limit.touches - used);
        const others = planned.filter((column) => !isOwed(column));
        rows.push(...mostRow(of, free, others, one));
        const owed = planned.filter(isOwed);
        if (owed.length === 0) continue;
        // What is owed takes its part only where somebody is touched that day who need not be.
        const left = Math.max(0, free - certain.size);
        const today = others.filter((column) => dayOf(column) === day);
        rows.push(...mostRow(of, left, today, one));
        const rest = [...others, ...owed.filter((column) => !isCertain(column))];
        if (rest.length === today.length) continue;
        const most = new Set(rest.map((column) => columns[column]?.candidate)).size;
        const excess = Math.max(0, most - left);
        for (const column of today)
          rows.push(
            ...mostRow(of, left + excess, rest, (other) => (other === column ? 1 + excess : 1)),
          );
      }
    }
  }
  return rows;
}
