import { addSpan, type Days } from '../../core/span.js';
import { instantOf } from '../../core/wall-time.js';
import { dayOfDate, startOfDay } from '../../core/zone.js';
import type { Fact } from '../../domain/fact.js';
import type { AheadMoment, Appointment, Watch } from '../../domain/pattern.js';
import type { JsonValue } from '../../domain/value.js';
import { MOST_MOMENTS } from './compile-patterns.js';
import { type Feeding, type Step, toOpener } from './feeding.js';

/**
 * A fact that names a moment, names it anew, or cancels it. A moment that is past when it is told comes at once, unless its
 * card would have expired, or what it was to come before has begun.
 */
export function feedAppointment(
  appointment: Appointment,
  watch: Watch,
  { fact, named, matches, days }: Feeding,
  expiresMs: number,
): Step {
  const at = fact.occurredAt;
  const key = keyOf(fact, appointment);
  const moments = (watch.moments ?? []).filter(({ due, fired }) => !fired || due + expiresMs > at);
  const others = moments.filter((one) => one.key !== key);
  const earlier = moments.find((one) => one.key === key);
  const withdrawn = earlier?.fired ? { revoked: earlier.event.fact } : {};
  if (appointment.cancelledBy && matches(appointment.cancelledBy))
    return { watch: toWatch(others), ...withdrawn };
  if (!named || !matches(appointment.of)) return { watch };
  const time = momentOf(fact.data[appointment.time], days);
  if (time === undefined || (earlier?.fired && earlier.time === time)) return { watch };
  const { before, after } = appointment;
  const due = before ? addSpan(time, before, days, -1) : after ? addSpan(time, after, days) : time;
  const opener = toOpener(fact);
  const moment: AheadMoment = { key, time, due, ...opener };
  if (due > at) return { watch: toWatch([...others, moment]), ...withdrawn };
  if (due + expiresMs <= at || (before && time <= at))
    return { watch: toWatch(others), ...withdrawn };
  return {
    watch: toWatch([...others, { ...moment, due: at, fired: true }]),
    ...withdrawn,
    done: { facts: [opener.event], ...opener },
  };
}

/** In order; when there are too many, those whose card opened go first, then the farthest. */
function toWatch(moments: readonly AheadMoment[]): Watch {
  if (moments.length === 0) return {};
  const inOrder = [...moments].sort((a, b) => a.due - b.due || (a.key < b.key ? -1 : 1));
  let extra = inOrder.length - MOST_MOMENTS;
  const kept = inOrder.filter(({ fired }) => !(fired && extra-- > 0));
  return { moments: kept.slice(0, MOST_MOMENTS) };
}

function keyOf({ id, data, source }: Fact, { key }: Appointment): string {
  const value = key === undefined ? undefined : data[key];
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : (source?.record ?? id);
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** An instant in ISO 8601; a time without a zone is the company's, and a day begins at its midnight. */
function momentOf(value: JsonValue | undefined, { zone }: Days): number | undefined {
  if (typeof value !== 'string') return undefined;
  const day = dayOfDate(value);
  if (!Number.isNaN(day)) return startOfDay(day, zone);
  const [, date = '', clock, offset] = ISO.exec(value) ?? [];
  const suffix = offset?.replace(/(\d{2})(\d{2})$/, '$1:$2') ?? 'Z';
  const at = Date.parse(`${date}T${clock}${suffix.toUpperCase()}`);
  // A machine may take 30 February for 2 March.
  if (Number.isNaN(at) || Number.isNaN(dayOfDate(date))) return undefined;
  return offset === undefined ? instantOf(at, zone) : at;
}
