import type { Situated } from '../domain/condition.js';
import type { Goal, Playbook } from '../domain/playbook.js';

/** The goals as they weigh for this account: in an arm of a trial of goals some weigh otherwise. */
export function goalsAt({ goals, trials = [] }: Playbook, situated: Situated): readonly Goal[] {
  let own = goals;
  for (const { arm, weights } of trials) {
    const inArm = weights && Object.entries(weights).find(([value]) => situated.get(arm) === value);
    if (!inArm) continue;
    const [, otherwise] = inArm;
    own = own.map((goal) => ({ ...goal, weight: otherwise[goal.id] ?? goal.weight }));
  }
  return own;
}
