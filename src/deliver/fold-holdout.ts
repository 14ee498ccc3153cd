import type { Fact } from '../domain/fact.js';
import type { Subject } from '../domain/subject.js';

/** The first arm stays. */
export function foldHoldout(arm: Subject['holdout'], { type, data }: Fact): Subject['holdout'] {
  if (type !== 'holdout-assigned' || arm) return arm;
  return data.arm === 'holdout' ? 'holdout' : 'guided';
}
