import type { Situated } from '../domain/condition.js';
import type { Goal, Playbook } from '../domain/playbook.js';

/** The goals as they weigh for this account: in an arm of a trial of goals some weigh otherwise. */
export function goalsAt({ goals, trials = [] }: Playbook, situated: Situated): readonly Goal[] {
  let own = goals;
  for (const { arm, weights } of trials) {
    const value = situated.get(arm);
    const isInArm = weights && typeof value === 'string' && Object.hasOwn(weights, value);
    const otherwise = isInArm ? weights[value] : undefined;
    if (!otherwise) continue;
    own = own.map((goal) => ({ ...goal, weight: otherwise[goal.id] ?? goal.weight }));
  }
  return own;
}
