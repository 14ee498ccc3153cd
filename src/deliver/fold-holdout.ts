import type { Fact } from '../domain/fact.js';
import type { StandingArm } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';

/** The first arm stays. */
export function foldHoldout(arm: Subject['holdout'], { type, data }: Fact): Subject['holdout'] {
  if (type !== 'holdout-assigned' || arm) return arm;
  return data.arm === 'holdout' ? 'holdout' : 'guided';
}

const ARMS: readonly unknown[] = ['full', 'random', 'propensity', 'no-levers'];

/** The first arm stays. */
export function foldArm(held: Subject['arm'], { type, data }: Fact): Subject['arm'] {
  if (type !== 'arm-assigned' || held || !ARMS.includes(data.arm)) return held;
  return data.arm as StandingArm;
}
