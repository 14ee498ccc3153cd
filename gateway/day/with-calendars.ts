import type { RecordId } from 'opportune';
import { startOfDay } from '../../src/core/zone.js';
import type { Terminal } from '../command.js';
import { count, printable } from '../text.js';
import { openCalendars } from './calendars.js';
import type { PlanLimits } from './read-limits.js';

/** The limits, with what the calendars of these reps hold on these days; what is missing of them is said. */
export async function withCalendars(
  limits: PlanLimits,
  reps: readonly RecordId[],
  days: readonly number[],
  zoneOf: (rep: RecordId) => string,
  terminal: Pick<Terminal, 'problem'>,
): Promise<PlanLimits> {
  if (limits.calendars === undefined || days.length === 0) return limits;
  const calendars = openCalendars(limits.calendars);
  const own = new Map(limits.reps);
  let without = 0;
  for (const rep of reps) {
    const zone = zoneOf(rep);
    const found = await calendars.of(rep, {
      from: startOfDay(days[0] ?? 0, zone),
      until: startOfDay((days.at(-1) ?? 0) + 1, zone),
      zone,
    });
    if (found === undefined) without++;
    else if (found === 'unreadable')
      terminal.problem(
        `the calendar of ${printable(rep)} cannot be read, and holds back nothing\n`,
      );
    else {
      const { away = [], busy = [], ...rest } = limits.reps.get(rep) ?? {};
      own.set(rep, { ...rest, away, busy: [...busy, ...found.busy] });
      if (found.unread > 0)
        terminal.problem(
          `the calendar of ${printable(rep)} has ${count(found.unread)} entries that are not read to the end\n`,
        );
    }
  }
  if (without > 0)
    terminal.problem(`${count(without)} of ${count(reps.length)} reps have no calendar there\n`);
  return { ...limits, reps: own };
}
