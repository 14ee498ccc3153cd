import { asNumber } from '../core/as-number.js';
import { bareName } from '../core/bare-name.js';
import { judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Situated } from '../domain/condition.js';
import type { ArbitrationView, ByFactor, GoalShare } from '../domain/decision.js';
import { type Parameters, pricesIn, propensityIn } from '../domain/parameters.js';
import type { Goal, Play, Playbook, Serves } from '../domain/playbook.js';
import { goalsAt } from './goals-at.js';

/**
 * Priority of a play in a situation: the sum over goals of weight x credit x propensity x value / scale, less the cost
 * of the rep's minutes and of the buyer's attention. Credit is 1 at or below the goal's floor, 0 at or above its
 * target, linear between; an unknown level means credit 1 and no veto. A goal below its floor vetoes what hurts it.
 * Costs are the playbook's, and beside them what the plans of days have shown them to bring elsewhere: that orders, and
 * `worth` leaves it out.
 *
 * Where the playbook ranks by the product it is propensity x context x value x lever: the value is what the sum over
 * goals would be were the buyer sure to act, and nothing costs anything (the priority of Pega's Customer Decision Hub,
 * user guide 8.5 to 8.7, whose context weighs 1 + the points of all that holds / 100).
 */
export function weigh(
  play: Play,
  situated: Situated,
  playbook: Playbook,
  parameters: Parameters,
): ArbitrationView {
  const { situation } = parameters;
  const propensity = propensityIn(
    parameters.propensity,
    play.id,
    situation && situated.get(situation),
  ) ?? {
    rate: play.propensity ?? playbook.propensity,
    sampleSize: 0,
  };
  const isProduct = playbook.arbitration === 'product';
  const context = isProduct ? contextOf(play, situated) : 1;
  const lever = (isProduct && play.lever) || 1;
  const goals: GoalShare[] = [];
  let vetoedBy: string | undefined;
  let certain = 0;
  for (const goal of goalsAt(playbook, situated)) {
    const { id, measure: _, scale, ...rest } = goal;
    const serves = play.serves[id];
    const value = serves && amountOf(serves, situated);
    if (value === undefined) continue;
    const level = levelOf(goal, situated, parameters);
    const credit = creditOf(goal, level);
    if (value < 0 && level !== undefined && goal.floor !== undefined && level < goal.floor)
      vetoedBy ??= id;
    certain += (goal.weight * credit * value) / scale;
    const share = (goal.weight * credit * propensity.rate * value * context * lever) / scale;
    goals.push(defined({ ...rest, goal: id, share, credit, value, level }));
  }
  const prices = isProduct ? undefined : pricesIn(parameters);
  const { minute, touch } = isProduct ? FREE : playbook.costs;
  const { minutes } = play.action;
  const touches = play.action.touch ? 1 : 0;
  const minuteCost = (minute + (prices?.minute ?? 0)) * minutes;
  const touchCost = (touch + (prices?.touch ?? 0)) * touches;
  const expected = goals.reduce((sum, { share }) => sum + share, 0);
  return defined({
    priority: isProduct
      ? propensity.rate * context * certain * lever
      : expected - minuteCost - touchCost,
    goals,
    minuteCost,
    touchCost,
    priced: prices && { plans: prices.plans, days: prices.days },
    worth: prices && expected - minute * minutes - touch * touches,
    propensity,
    product: isProduct ? { context, value: certain, lever } : undefined,
    vetoedBy,
  });
}

const FREE = { minute: 0, touch: 0 };

const contextOf = ({ context = [] }: Play, situated: Situated): number =>
  1 +
  context.reduce((sum, { when, points }) => (judge(when, situated) ? sum + points : sum), 0) / 100;

/** How far one is ahead of another by each factor; undefined unless both are products above 0. */
export function compareFactors(
  ahead: ArbitrationView,
  other: ArbitrationView,
): ByFactor | undefined {
  const [a, b] = [ahead, other].map(({ priority, propensity, product }) =>
    priority > 0 && product ? { ...product, propensity: propensity.rate } : undefined,
  );
  if (!a || !b) return undefined;
  return {
    propensity: Math.log(a.propensity / b.propensity),
    context: Math.log(a.context / b.context),
    value: Math.log(a.value / b.value),
    lever: Math.log(a.lever / b.lever),
  };
}

function amountOf(serves: Serves, situated: Situated): number | undefined {
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
  const ofCompany = `company.${bareName(measure)}`;
  return asNumber(situated.get(measure)) ?? asNumber(situated.get(ofCompany)) ?? levels[id];
}

function creditOf({ floor = 0, target }: Goal, level: number | undefined): number {
  if (level === undefined || target === undefined) return 1;
  if (level >= target) return 0;
  return level <= floor ? 1 : (target - level) / (target - floor);
}
