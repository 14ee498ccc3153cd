import { hashUnit } from '../core/hash-unit.js';
import type { Playbook } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';

/** The arm of a buying group: its ultimate parent, else the account itself. Stable, and independent of other draws by its salt. */
export function assignHoldout(account: Subject, { holdout }: Playbook): 'guided' | 'holdout' {
  const parent = account.records[account.key]?.values.ultimateParent?.value;
  const group = typeof parent === 'string' && parent !== '' ? parent : account.key;
  return hashUnit(`holdout/${holdout.salt}/${group}`) < holdout.rate ? 'holdout' : 'guided';
}
