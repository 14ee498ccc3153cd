import { hashUnit } from '../core/hash-unit.js';
import { type Fact, noteFact } from '../domain/fact.js';
import type { Playbook, StandingArms } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';

/**
 * The fact that puts an account into an arm, once. The arm is that of its buying group: its
 * ultimate parent, else the account itself; stable, and independent of other draws by its salt.
 */
export function assignHoldout(
  subject: Subject,
  { holdout: { rate, salt } }: Playbook,
  now: number,
): Fact {
  const at = hashUnit(`holdout/${salt}/${groupOf(subject)}`);
  return toFact('holdout-assigned', subject, at < rate ? 'holdout' : 'guided', now);
}

/** The same for how its cards are ranked. */
export function assignArm(
  subject: Subject,
  { salt, random, propensity, noLevers }: StandingArms,
  now: number,
): Fact {
  let left = hashUnit(`arms/${salt}/${groupOf(subject)}`);
  const shares = { random, propensity, 'no-levers': noLevers };
  for (const [arm, share] of Object.entries(shares)) {
    if (left < share) return toFact('arm-assigned', subject, arm, now);
    left -= share;
  }
  return toFact('arm-assigned', subject, 'full', now);
}

/** The buying group of an account: its ultimate parent, else itself. */
export const groupOf = ({ key, records }: Subject): string =>
  String(records[key]?.values.ultimateParent?.value || key);

function toFact(type: string, { key }: Subject, arm: string, now: number): Fact {
  return noteFact(
    {
      id: `${type}/${key}`,
      type,
      subjects: [key],
      about: [key],
      // First in its timeline, so that it never makes a fact of the day a late one.
      occurredAt: 0,
      data: { arm },
    },
    now,
  );
}
