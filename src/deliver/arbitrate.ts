import { asNumber } from '../core/as-number.js';
import { defined } from '../core/defined.js';
import type { Situated } from '../domain/condition.js';
import type { ArbitrationView, GoalShare, Propensity } from '../domain/decision.js';
import type { Parameters } from '../domain/parameters.js';
import type { Goal, Play, Playbook, Serves } from '../domain/playbook.js';

/**
 * Priority of a play in a situation: the sum over goals of weight x credit x propensity x value / scale, less the cost
 * of the rep's minutes and of the buyer's attention. Credit is 1 at or below the goal's floor, 0 at or above its
 * target, linear between; an unknown level means credit 1 and no veto. A goal below its floor vetoes what hurts it.
 */
export function weigh(
  play: Play,
  situated: Situated,
  playbook: Playbook,
  parameters: Parameters,
): ArbitrationView {
  const propensity = propensityOf(play, situated, parameters) ?? {
    rate: play.propensity ?? playbook.propensity,
    sampleSize: 0,
  };
  const goals: GoalShare[] = [];
  let vetoedBy: string | undefined;
  for (const goal of playbook.goals) {
    const { id, measure: _, scale, ...rest } = goal;
    const serves = play.serves[id];
    const value = serves && worthOf(serves, situated);
    if (value === undefined) continue;
    const level = levelOf(goal, situated, parameters);
    const credit = creditOf(goal, level);
    if (value < 0 && level !== undefined && goal.floor !== undefined && level < goal.floor)
      vetoedBy ??= id;
    const share = (goal.weight * credit * propensity.rate * value) / scale;
    goals.push(defined({ ...rest, goal: id, share, credit, value, level }));
  }
  const minuteCost = playbook.costs.minute * play.action.minutes;
  const touchCost = play.action.touch ? playbook.costs.touch : 0;
  const priority = goals.reduce((sum, { share }) => sum + share, 0) - minuteCost - touchCost;
  return defined({ priority, goals, minuteCost, touchCost, propensity, vetoedBy });
}

/** In this situation, else at all. */
function propensityOf(
  { id }: Play,
  situated: Situated,
  { situation, propensity }: Parameters,
): Propensity | undefined {
  const value = situation && situated.get(situation);
  return (value && propensity[`${id}|${value}`]) || propensity[id];
}

function worthOf(serves: Serves, situated: Situated): number | undefined {
  if ('value' in serves) return serves.value;
  const amount = asNumber(situated.get(serves.of));
  return amount && serves.share * amount;
}

/** The account's own level, else the company's. */
function levelOf(
  { id, measure = '' }: Goal,
  situated: Situated,
  { levels }: Parameters,
): number | undefined {
  const ofCompany = `company.${measure.slice(measure.indexOf('.') + 1)}`;
  return asNumber(situated.get(measure)) ?? asNumber(situated.get(ofCompany)) ?? levels[id];
}

function creditOf({ floor = 0, target }: Goal, level: number | undefined): number {
  if (level === undefined || target === undefined) return 1;
  if (level >= target) return 0;
  return level <= floor ? 1 : (target - level) / (target - floor);
}
