import type { Position } from './fact.js';
import type { RecordState, Subject } from './subject.js';
import { kindOf, type RecordId, type RecordKind } from './value.js';

export type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The parts of a record that hold attributes by their bare names. */
type Part = 'values' | 'derived' | 'machines';

/** An attribute of a record that became otherwise; without a part, whether the record is there at all. */
export interface Change {
  readonly id: RecordId;
  readonly kind: RecordKind;
  readonly part?: Part;
  readonly name: string;
  /** What was there. */
  readonly earlier: unknown;
}

/**
 * Records while facts are folded into them: changed in place, each copied before the first change, for others may hold it.
 * A copy of everything for each fact would cost many times what the fact does.
 */
export interface RecordsDraft {
  records: { [id: RecordId]: RecordState };
  /** What nobody else holds: records, and with `forgetful` accumulators too. The list itself is `ownsList`. */
  readonly own: Set<object>;
  ownsList: boolean;
  /** What became otherwise since the moment began, in order. */
  changes: Change[];
  /** Nobody will ask how things were before: accumulators are changed in place as well, and cannot be rewound. */
  readonly forgetful: boolean;
}

export function draftRecords(records: Subject['records'], forgetful: boolean): RecordsDraft {
  return { records, own: new Set(), ownsList: false, changes: [], forgetful };
}

const emptyRecord = (id: RecordId): RecordState => ({
  id,
  kind: kindOf(id),
  values: {},
  derived: {},
});

type OwnRecord = Mutable<RecordState>;

/** The record, there if it was not, and free to be changed. */
function edit(draft: RecordsDraft, id: RecordId): OwnRecord {
  const held = draft.records[id];
  if (held && draft.own.has(held)) return held;
  if (!draft.ownsList) {
    draft.records = { ...draft.records };
    draft.ownsList = true;
  }
  const copy = held
    ? {
        ...held,
        values: { ...held.values },
        derived: { ...held.derived },
        ...(held.machines && { machines: { ...held.machines } }),
      }
    : emptyRecord(id);
  draft.own.add(copy);
  draft.records[id] = copy;
  if (!held) draft.changes.push({ id, kind: copy.kind, name: 'record', earlier: undefined });
  return copy;
}

/** Puts an attribute, or takes it away. What only confirms a value is no change to anybody who reads it. */
export function put(
  draft: RecordsDraft,
  id: RecordId,
  part: Part,
  name: string,
  value: unknown,
  confirms = false,
): void {
  const record = edit(draft, id);
  if (part === 'machines') record.machines ??= {};
  const held = record[part] as { [name: string]: unknown };
  if (!confirms) {
    const earlier = Object.hasOwn(held, name) ? held[name] : undefined;
    draft.changes.push({ id, kind: record.kind, part, name, earlier });
  }
  if (value === undefined) delete held[name];
  else held[name] = value;
}

/** Deletes a record, or with `undefined` has it there again. */
export function putDeleted(draft: RecordsDraft, id: RecordId, deleted: Position | undefined): void {
  const record = edit(draft, id);
  draft.changes.push({ id, kind: record.kind, name: 'deleted', earlier: record.deleted });
  if (deleted) record.deleted = deleted;
  else delete record.deleted;
}

/** What is deleted has no state; written again, it begins anew. */
export function dropMachines(draft: RecordsDraft, id: RecordId): void {
  const record = edit(draft, id);
  for (const name of Object.keys(record.machines ?? {}))
    put(draft, id, 'machines', name, undefined);
  delete record.machines;
}

/** The records as they were when the moment began. */
export function rewind({ records, changes }: RecordsDraft): Subject['records'] {
  const before = { ...records };
  const copied = new Set<RecordId>();
  for (const { id, part, name, earlier } of changes.toReversed()) {
    let record = before[id] as OwnRecord;
    if (!copied.has(id)) {
      const { values, derived, machines } = record;
      record = {
        ...record,
        values: { ...values },
        derived: { ...derived },
        machines: { ...machines },
      };
      before[id] = record;
      copied.add(id);
    }
    if (part) {
      const held = record[part] as { [name: string]: unknown };
      if (earlier === undefined) delete held[name];
      else held[name] = earlier;
    } else if (name === 'deleted') record.deleted = earlier as Position;
    else delete before[id];
  }
  return before;
}
