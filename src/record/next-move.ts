import { asNumber } from '../core/as-number.js';
import { startOfDay } from '../core/zone.js';
import type { RecordState } from '../domain/subject.js';
import { type AttributePlan, bareId, type MovingAttribute } from './attribute-plan.js';
import { readAttribute, type Scene } from './situate.js';

/** Until when a record was found to stay as it is. A record is never changed in place, so what was found stays true. */
interface Found {
  readonly plan: AttributePlan;
  readonly since: number;
  readonly next: number;
}
const found = new WeakMap<RecordState, Found>();

/**
 * The next moment, on a later day, at which some attribute that a trigger reads takes another value by time alone.
 * Never too late; it may be early, when the condition turns out not to depend on the value.
 */
export function findNextMove({ plan, today, records }: Scene): number {
  let next = Number.POSITIVE_INFINITY;
  for (const record of Object.values(records)) next = Math.min(next, findTurn(record, plan, today));
  return startOfDay(next, plan.zone);
}

/** The day number, after `today`, of the next day on which an attribute of the record moves so. */
export function findTurn(record: RecordState, plan: AttributePlan, today: number): number {
  const earlier = found.get(record);
  if (earlier?.plan === plan && earlier.since <= today && today < earlier.next) return earlier.next;
  let next = Number.POSITIVE_INFINITY;
  const scene: Scene = { plan, today, records: {}, inView: { [record.kind]: record } };
  const movings = (!record.deleted && plan.moving.get(record.kind)) || [];
  for (const moving of movings) next = Math.min(next, today + daysUntilTurn(scene, record, moving));
  found.set(record, { plan, since: today, next });
  return next;
}

function daysUntilTurn(
  scene: Scene,
  record: RecordState,
  { attribute: { id, derive }, motion, turns }: MovingAttribute,
): number {
  let soonest = Number.POSITIVE_INFINITY;
  const consider = (days: number): void => {
    if (days > 0 && days < soonest) soonest = days;
  };
  if (motion === 'daily') return 1;
  if (motion === 'window') {
    const { days, seen } = record.derived[bareId(id)] ?? {};
    const leaves = (derive && 'days' in derive ? (derive.days ?? 0) : 0) - scene.today;
    for (const day in days) consider(+day + leaves);
    for (const value in seen) consider((seen[value] ?? 0) + leaves);
    return soonest;
  }
  const value = asNumber(readAttribute(scene, id));
  if (value === undefined) return soonest;
  for (const turn of turns) consider(motion === 'up' ? turn - value : value - turn);
  // A meeting that passes gives way to the next one, whatever the bounds say.
  if (derive?.op === 'days-until') consider(value + 1);
  return soonest;
}
