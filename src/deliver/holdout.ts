import { hashUnit } from '../core/hash-unit.js';
import { type Fact, noteFact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';

/**
 * The fact that puts an account into an arm, once. The arm is that of its buying group: its
 * ultimate parent, else the account itself; stable, and independent of other draws by its salt.
 */
export function assignHoldout(
  { key, records }: Subject,
  { holdout: { rate, salt } }: Playbook,
  now: number,
): Fact {
  const group = records[key]?.values.ultimateParent?.value || key;
  return noteFact(
    {
      id: `holdout-assigned/${key}`,
      type: 'holdout-assigned',
      subjects: [key],
      about: [key],
      // First in its timeline, so that it never makes a fact of the day a late one.
      occurredAt: 0,
      data: { arm: hashUnit(`holdout/${salt}/${group}`) < rate ? 'holdout' : 'guided' },
    },
    now,
  );
}
