import { instantOf } from '../core/wall-time.js';
import type { RecordId } from '../domain/value.js';
import type { Room } from './day-problem.js';

export interface WorkingTime {
  readonly rep: RecordId;
  /** IANA name of the zone that the rep's clock shows. */
  readonly zone: string;
  /** Days since 1970-01-01 that are worked. */
  readonly days: readonly number[];
  /** Of each day, milliseconds after midnight on the rep's clock. */
  readonly hours: readonly { readonly from: number; readonly until: number }[];
  /** What the calendar holds, epoch milliseconds. */
  readonly busy: readonly { readonly from: number; readonly until: number }[];
}

const DAY_MS = 86_400_000;

/** Working hours without what the calendar holds, in order. */
export function freeTime({ rep, zone, days, hours, busy }: WorkingTime): readonly Room[] {
  const taken = [...busy].sort((a, b) => a.from - b.from);
  return days.flatMap((day) =>
    hours.flatMap(({ from, until }): readonly Room[] => {
      const end = instantOf(day * DAY_MS + until, zone);
      let at = instantOf(day * DAY_MS + from, zone);
      const rooms: Room[] = [];
      for (const one of taken) {
        if (one.until <= at || one.from >= end) continue;
        if (one.from > at) rooms.push({ rep, day, from: at, until: one.from });
        at = Math.max(at, one.until);
      }
      if (at < end) rooms.push({ rep, day, from: at, until: end });
      return rooms;
    }),
  );
}
