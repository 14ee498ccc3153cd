import { asNumber } from '../core/as-number.js';
import { dayNumber, startOfDay } from '../core/zone.js';
import type { RecordState } from '../domain/subject.js';
import { bareId, type MovingAttribute } from './attribute-plan.js';
import { readAttribute, type Scene } from './situate.js';

/**
 * The first midnight after `scene.now` at which time alone may turn a condition over its records; infinity where none will.
 * Never too late; it may be early, when the condition turns out not to depend on the value.
 */
export function findNextMove(scene: Scene): number {
  const { plan, now, records, inView } = scene;
  const today = dayNumber(now, plan.zone);
  const inDays = Object.values(records).flatMap((record) =>
    (record.deleted ? [] : (plan.moving.get(record.kind) ?? [])).flatMap((moving) =>
      moving.motion === 'window'
        ? daysUntilLeaving(record, moving, today)
        : daysUntilTurns({ ...scene, inView: { ...inView, [record.kind]: record } }, moving),
    ),
  );
  return startOfDay(today + Math.min(...inDays.filter((days) => days > 0)), plan.zone);
}

function daysUntilTurns(
  scene: Scene,
  { attribute, motion, turns }: MovingAttribute,
): readonly number[] {
  const value = asNumber(readAttribute(scene, attribute.id));
  if (value === undefined) return [];
  const days = turns.map((turn) => (motion === 'up' ? turn - value : value - turn));
  // A meeting that passes gives way to the next one, whatever the bounds say.
  return attribute.derive?.op === 'days-until' ? [...days, value + 1] : days;
}

function daysUntilLeaving(
  { derived }: RecordState,
  { attribute: { id, derive } }: MovingAttribute,
  today: number,
): readonly number[] {
  const { days = {}, seen = {} } = derived[bareId(id)] ?? {};
  const window = derive && 'days' in derive ? (derive.days ?? 0) : 0;
  return [...Object.keys(days), ...Object.values(seen)].map((day) => +day + window - today);
}
