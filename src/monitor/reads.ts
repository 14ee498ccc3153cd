import { attributesOf } from '../core/condition.js';
import { push } from '../core/push.js';
import type { Condition } from '../domain/condition.js';
import type { Playbook } from '../domain/playbook.js';
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
