import { attributesOf } from '../core/condition.js';
import { push } from '../core/push.js';
import type { Condition } from '../domain/condition.js';
import type { Playbook } from '../domain/playbook.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordKind } from '../domain/value.js';

/** What conditions about one kind of record read. */
export interface Reads {
  /** Bare names of attributes, with those that they are derived from, by the kind that has them. */
  readonly names: ReadonlyMap<RecordKind, readonly string[]>;
  /** Kinds of which other records than the one in view play a part. */
  readonly others: ReadonlySet<RecordKind>;
}

export function findReads(
  kind: RecordKind,
  conditions: readonly Condition[],
  { attributes }: Pick<Playbook, 'attributes'>,
): Reads {
  const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  const names = new Set(conditions.flatMap((condition) => [...attributesOf(condition)]));
  const others = new Set<RecordKind>(conditions.flatMap(childrenOf));
  // A derived attribute follows what it is derived from, which may be derived too.
  for (const name of names) {
    const derive = byId.get(name)?.derive;
    if (derive && 'kind' in derive) {
      for (const kind of [derive.kind, ...childrenOf(derive.where)]) others.add(kind);
      for (const read of attributesOf(derive.where)) names.add(read);
    }
    if (derive && 'attribute' in derive) names.add(derive.attribute);
  }
  if (others.has('contact')) names.add('opportunity.contacts');
  const perKind = new Map<RecordKind, string[]>();
  for (const name of names) {
    const dot = name.indexOf('.');
    push(perKind, name.slice(0, dot) as RecordKind, name.slice(dot + 1));
  }
  if (kind !== 'account' && perKind.has('account')) others.add('account');
  return { names: perKind, others };
}

/** The kinds of children that a condition looks at. */
function childrenOf(condition: Condition): readonly RecordKind[] {
  if ('all' in condition) return condition.all.flatMap(childrenOf);
  if ('any' in condition) return condition.any.flatMap(childrenOf);
  if ('not' in condition) return childrenOf(condition.not);
  if ('attribute' in condition) return [];
  return ['has' in condition ? condition.has : condition.hasNo, ...childrenOf(condition.where)];
}

/** The records of an account at a moment, and when time alone moves them on. */
export interface Timed {
  readonly records: Subject['records'];
  /** The day number, in the company's zone. */
  readonly today: number;
  /** The next day number on which an attribute of the record moves with the clock alone. */
  turnOf(record: RecordState): number;
}

/** Whether conditions that read so may come out otherwise for a record now than before. Never wrongly says no. */
export function findMovement(
  before: Timed | undefined,
  { records, today }: Pick<Timed, 'records' | 'today'>,
): (record: RecordState, reads: Reads) => boolean {
  if (!before) return () => true;
  const laterDay = before.today !== today;
  /** Records of which something changed, with how they were; without, where anything may have. */
  const changed: { readonly record: RecordState; readonly earlier: RecordState | undefined }[] = [];
  for (const id in records) {
    const record = records[id] as RecordState;
    const earlier = before.records[id];
    const turned = laterDay && earlier && before.turnOf(earlier) <= today;
    if (turned || !earlier || earlier.deleted !== record.deleted)
      changed.push({ record, earlier: undefined });
    else if (earlier !== record) changed.push({ record, earlier });
  }
  return (looked, { names, others }) => {
    for (const { record, earlier } of changed) {
      if (record !== looked && !others.has(record.kind)) continue;
      if (!earlier) return true;
      for (const name of names.get(record.kind) ?? [])
        if (
          earlier.values[name] !== record.values[name] ||
          earlier.derived[name] !== record.derived[name] ||
          earlier.machines?.[name] !== record.machines?.[name]
        )
          return true;
    }
    return false;
  };
}
