import { isWorkday, type WorkCalendar } from '../../src/core/calendar.js';
import { instantOf, wallTime } from '../../src/core/wall-time.js';
import { timeOfDay } from './time-of-day.js';

/** When a rep is not to be disturbed, on the clock where the rep is: from one time of day to another, and on days off. */
export interface QuietHours {
  /** IANA zone of the rep. */
  readonly zone: string;
  /** The company's. */
  readonly calendar: WorkCalendar;
  /** `HH:MM`; the same twice: only days off are quiet. */
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No company is closed for longer. */
const MOST_DAYS = 400;

export function isQuiet(now: number, { zone, calendar, from, to }: QuietHours): boolean {
  const wall = wallTime(now, zone);
  const day = Math.floor(wall / DAY_MS);
  if (!isWorkday(day, calendar)) return true;
  const time = wall - day * DAY_MS;
  const [begins, ends] = [timeOfDay(from), timeOfDay(to)];
  return begins <= ends ? time >= begins && time < ends : time >= begins || time < ends;
}

/** The first moment from `now` on that is not quiet; undefined when there is none within a year. */
export function quietUntil(now: number, quiet: QuietHours): number | undefined {
  if (!isQuiet(now, quiet)) return now;
  const { zone, to } = quiet;
  const ends = timeOfDay(to);
  const wall = wallTime(now, zone);
  const today = Math.floor(wall / DAY_MS);
  // In the hour that a clock goes through twice, the end of the quiet comes twice.
  const again = now + ((ends - (wall - today * DAY_MS) + DAY_MS) % DAY_MS);
  for (let day = today; day <= today + MOST_DAYS; day++) {
    const found = [again, instantOf(day * DAY_MS, zone), instantOf(day * DAY_MS + ends, zone)]
      .filter((at) => at >= now && at <= instantOf((day + 1) * DAY_MS, zone) && !isQuiet(at, quiet))
      .sort((a, b) => a - b)[0];
    if (found !== undefined) return backToEdge(found, now, quiet);
  }
  return undefined;
}

/** Where a clock jumps over the end of the quiet, that end is the jump itself. */
function backToEdge(at: number, now: number, quiet: QuietHours): number {
  let edge = at;
  while (edge - MINUTE_MS >= now && !isQuiet(edge - MINUTE_MS, quiet)) edge -= MINUTE_MS;
  return edge;
}
