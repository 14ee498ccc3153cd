import { judge } from '../core/condition.js';
import { dayNumber } from '../core/zone.js';
import type { Situated } from '../domain/condition.js';
import type { SubjectOnDay } from '../domain/lasting.js';
import type { MachineHeld } from '../domain/machine.js';
import type { Derivation } from '../domain/playbook.js';
import type { Evidence, Known, RecordState } from '../domain/subject.js';
import type { AttributeValue, JsonObject, RecordId, RecordKind } from '../domain/value.js';
import { type AttributePlan, type Place, placeOf } from './attribute-plan.js';
import { dayOfText, type Records } from './fold.js';

/** Everything one look at a record may read, at one moment. */
export interface Scene {
  readonly plan: AttributePlan;
  /** The day number of now, in the company's zone. */
  readonly today: number;
  /** The records of the account. */
  readonly records: Records;
  /** The record in view of each kind: the account, and perhaps an opportunity, a contact, the asker, a product. */
  readonly inView: { readonly [kind in RecordKind]?: RecordState | undefined };
  /** Fields of the fact that a play waits for, as `event.x`. */
  readonly event?: JsonObject;
}

/** A record of a subject in view, and the fields of a fact. */
export function sceneOf(
  plan: AttributePlan,
  { key, records, today }: SubjectOnDay,
  record: RecordState,
  event?: JsonObject,
): Scene {
  const inView = viewOf(records[key], record);
  return event ? { plan, today, records, inView, event } : { plan, today, records, inView };
}

/** Spelled out, for it is done for every condition that is judged. */
function viewOf(account: RecordState | undefined, record: RecordState): Scene['inView'] {
  switch (record.kind) {
    case 'account':
      return { account: record };
    case 'contact':
      return { account, contact: record };
    case 'opportunity':
      return { account, opportunity: record };
    default:
      return { account, [record.kind]: record };
  }
}

/** The scene with a record in view of its kind. */
export function bringIntoView(scene: Scene, record: RecordState): Scene {
  const { plan, today, records, event } = scene;
  const inView = { ...scene.inView, [record.kind]: record };
  return event ? { plan, today, records, inView, event } : { plan, today, records, inView };
}

/** The scene as a condition reads it. */
export function situate(scene: Scene): Situated {
  return {
    get: (attribute) => readAttribute(scene, attribute),
    children: (kind) =>
      childrenOf(scene, kind).map((record) => situate(bringIntoView(scene, record))),
  };
}

/** Live records of a kind inside the account: the opportunity's own contacts where it names some. */
export function childrenOf(scene: Scene, kind: RecordKind): readonly RecordState[] {
  const named = kind === 'contact' ? scene.inView.opportunity?.values.contacts?.value : undefined;
  const wanted = Array.isArray(named) && named.length > 0 ? new Set<RecordId>(named) : undefined;
  return Object.values(scene.records).filter(
    (record) => record.kind === kind && !record.deleted && (!wanted || wanted.has(record.id)),
  );
}

export function readAttribute(scene: Scene, attribute: string): AttributeValue | undefined {
  return readPlace(scene, placeOf(scene.plan, attribute));
}

export function readPlace(scene: Scene, place: Place): AttributeValue | undefined {
  if (place.kind === 'event') {
    const value = scene.event?.[place.bare];
    return typeof value === 'object'
      ? Array.isArray(value)
        ? (value as readonly string[])
        : undefined
      : value;
  }
  const record = scene.inView[place.kind as RecordKind];
  if (!record || record.deleted) return undefined;
  if (place.machine) return record.machines?.[place.bare]?.state;
  return place.derive
    ? readDerived(scene, record, place.bare, place.derive)
    : record.values[place.bare]?.value;
}

function readDerived(
  scene: Scene,
  record: RecordState,
  bare: string,
  derive: Derivation,
): AttributeValue | undefined {
  const { today } = scene;
  const { zone } = scene.plan;
  const held = record.derived[bare];
  switch (derive.op) {
    case 'days-since':
      return held?.last && today - dayNumber(held.last.occurredAt, zone);
    case 'days-until': {
      const ahead = (held?.ahead ?? []).map(({ value }) => dayOfText(String(value), zone) - today);
      return ahead.find((days) => days >= 0);
    }
    case 'first':
      return held?.first?.value;
    case 'last':
      return held?.last?.value;
    case 'count':
    case 'sum': {
      if (derive.days === undefined) return held?.total ?? 0;
      let sum = 0;
      const days = held?.days;
      for (const day in days) if (isWithin(+day, derive.days, today)) sum += days[+day] as number;
      return sum;
    }
    case 'distinct':
      return Object.values(held?.seen ?? {}).filter((day) => isWithin(day, derive.days, today))
        .length;
    case 'days-since-date':
    case 'days-until-date': {
      const value = readAttribute(ownScene(scene, record), derive.attribute);
      const day = typeof value === 'string' ? dayOfText(value, zone) : Number.NaN;
      if (Number.isNaN(day)) return undefined;
      return derive.op === 'days-since-date' ? today - day : day - today;
    }
    case 'days-since-change': {
      const known = record.values[placeOf(scene.plan, derive.attribute).bare];
      return known && today - dayNumber(known.since, zone);
    }
    case 'count-records':
    case 'sum-records': {
      let total = 0;
      const own = ownScene(scene, record);
      for (const child of childrenOf(own, derive.kind)) {
        const childScene = bringIntoView(own, child);
        if (judge(derive.where, situate(childScene)) !== true) continue;
        const value =
          derive.op === 'count-records' ? 1 : readAttribute(childScene, derive.attribute);
        if (typeof value === 'number') total += value;
      }
      return total;
    }
  }
}

/** The account's own figures are about the whole account, whichever of its opportunities is in view. */
const ownScene = (scene: Scene, record: RecordState): Scene =>
  record.kind === 'account' ? { ...scene, inView: { account: record } } : scene;

/** A window is whole days, today included. */
const isWithin = (day: number, window: number | undefined, today: number): boolean =>
  day <= today && (window === undefined || day > today - window);

/** A machine's state is known since it was entered. */
function toKnown(held: MachineHeld | undefined): Known | undefined {
  const since = held?.since.at(-1);
  return held && since !== undefined
    ? { value: held.state, at: { occurredAt: since, id: '' }, grade: 'observed', since }
    : undefined;
}

/** How an attribute of the scene is known: the fact that set it, or the last one that moved it. */
export function evidenceFor(scene: Scene, attribute: string): Evidence | Known | undefined {
  const { kind, bare, derive, machine } = placeOf(scene.plan, attribute);
  const record = scene.inView[kind as RecordKind];
  if (!record) return undefined;
  if (machine) return toKnown(record.machines?.[bare]);
  if (!derive) return record.values[bare];
  if ('facts' in derive) {
    const held = record.derived[bare];
    return derive.op === 'first' ? held?.first : held?.last;
  }
  return 'attribute' in derive && derive.op !== 'sum-records'
    ? evidenceFor(scene, derive.attribute)
    : undefined;
}
