import { dayNumber, startOfDay } from '../core/zone.js';
import type { RecordState } from '../domain/subject.js';
import { bareId, type MovingAttribute } from './attribute-plan.js';
import { readAttribute, type Scene } from './situate.js';

/**
 * The first midnight after `scene.now` at which time alone may turn a condition over its records; infinity where none will.
 * Never too late; it may be early, when the condition turns out not to depend on the value.
 */
export function findNextMove(scene: Scene): number {
  const today = dayNumber(scene.now, scene.plan.zone);
  let soonest = Number.POSITIVE_INFINITY;
  for (const record of Object.values(scene.records)) {
    if (record.deleted) continue;
    const moving = scene.plan.moving.get(record.kind);
    if (!moving) continue;
    const own = { ...scene, inView: { ...scene.inView, [record.kind]: record } };
    for (const one of moving) {
      const days =
        one.motion === 'window' ? daysUntilLeaving(record, one, today) : daysUntilTurn(own, one);
      if (days < soonest) soonest = days;
    }
  }
  return soonest < Number.POSITIVE_INFINITY
    ? startOfDay(today + soonest, scene.plan.zone)
    : soonest;
}

function daysUntilTurn(scene: Scene, { attribute, motion, turns }: MovingAttribute): number {
  const value = readAttribute(scene, attribute.id);
  if (typeof value !== 'number') return Number.POSITIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  for (const turn of turns) {
    const days = motion === 'up' ? turn - value : value - turn;
    if (days > 0 && days < best) best = days;
  }
  // A meeting that passes gives way to the next one, whatever the bounds say.
  return attribute.derive?.op === 'days-until' ? Math.min(best, value + 1) : best;
}

function daysUntilLeaving(
  record: RecordState,
  { attribute }: MovingAttribute,
  today: number,
): number {
  const derive = attribute.derive;
  const window = derive && 'days' in derive ? (derive.days ?? 0) : 0;
  const held = record.derived[bareId(attribute.id)];
  const days = held?.days ? Object.keys(held.days).map(Number) : Object.values(held?.seen ?? {});
  let best = Number.POSITIVE_INFINITY;
  for (const day of days) {
    const leaves = day + window - today;
    if (leaves > 0 && leaves < best) best = leaves;
  }
  return best;
}
