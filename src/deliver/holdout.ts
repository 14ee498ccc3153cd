import { hashUnit } from '../core/hash-unit.js';
import { type Fact, noteFact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';

/**
 * The fact that puts an account into an arm, once, where some are held out. The arm is that of its buying group: its
 * ultimate parent, else the account itself; stable, and independent of other draws by its salt.
 */
export function assignHoldout(
  { key, records, holdout }: Subject,
  { holdout: { rate, salt } }: Playbook,
  now: number,
): Fact | undefined {
  if (holdout || rate === 0) return undefined;
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

/** The first arm stays. */
export function foldHoldout(arm: Subject['holdout'], { type, data }: Fact): Subject['holdout'] {
  if (type !== 'holdout-assigned' || arm) return arm;
  return data.arm === 'holdout' ? 'holdout' : 'guided';
}
