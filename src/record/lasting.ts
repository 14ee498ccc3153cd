import { judgePair, judgeTest, testsOf, type ValueTest } from '../core/condition.js';
import type { Condition, Test, Truth } from '../domain/condition.js';
import type { JudgeLasting, Lasting } from '../domain/lasting.js';
import type { Accumulator } from '../domain/subject.js';
import type { AttributeValue, RecordKind } from '../domain/value.js';
import { type AttributePlan, motionOf, placeOf, turnsOf } from './attribute-plan.js';
import {
  bringIntoView,
  childrenOf,
  readAttribute,
  readPlace,
  type Scene,
  sceneOf,
} from './situate.js';

type JudgeScene = (scene: Scene) => Lasting;

const NEVER = Number.POSITIVE_INFINITY;
/** What turns later than a `Date` can hold, as by a bound of a million million days, never does. */
const LAST_DAY = 99_999_000;
/** One object each: most of what is judged stays as it is. */
const ALWAYS_TRUE: Lasting = { truth: true, until: NEVER };
const ALWAYS_FALSE: Lasting = { truth: false, until: NEVER };
const ALWAYS_UNKNOWN: Lasting = { truth: undefined, until: NEVER };

function lasting(truth: Truth, until: number): Lasting {
  if (until < LAST_DAY) return { truth, until };
  return truth ? ALWAYS_TRUE : truth === false ? ALWAYS_FALSE : ALWAYS_UNKNOWN;
}

/**
 * A condition as it comes out for the record in view, until the very day on which it becomes true, or is true no longer,
 * if no fact comes. That day follows from the records alone, whenever they are looked at before it. Where attributes that
 * move are compared with one another or added up, it is the next day.
 */
export function compileLasting(condition: Condition, plan: AttributePlan): JudgeLasting {
  const judge = 'all' in condition ? compileAll(condition.all, plan) : compile(condition, plan);
  const daily = testsOf(condition).some((test) => movesDaily(test, plan));
  return (record, on) => {
    const scene = sceneOf(plan, on, record);
    const now = judge(scene);
    if (now.until === NEVER) return now;
    if (daily) return { truth: now.truth, until: on.today + 1 };
    const { records, inView } = scene;
    let { until } = now;
    while (until < NEVER) {
      const then = judge({ plan, today: until, records, inView });
      if ((then.truth === true) !== (now.truth === true)) break;
      until = then.until;
    }
    return lasting(now.truth, until);
  };
}

/** Of what asks for all of several, where it only counts whether it is true: it is not as long as one of them is not. */
function compileAll(conditions: readonly Condition[], plan: AttributePlan): JudgeScene {
  const parts = inOrderOfCost(conditions, plan).map((part) => compile(part, plan));
  return (scene) => {
    let until = NEVER;
    let lackingUntil = Number.NEGATIVE_INFINITY;
    for (const part of parts) {
      const one = part(scene);
      if (one.truth) until = Math.min(until, one.until);
      else if (one.until === NEVER) return ALWAYS_FALSE;
      else lackingUntil = Math.max(lackingUntil, one.until);
    }
    return lackingUntil > Number.NEGATIVE_INFINITY
      ? lasting(false, lackingUntil)
      : lasting(true, until);
  };
}

/** The same, but `until` may be too early. */
function compile(condition: Condition, plan: AttributePlan): JudgeScene {
  if ('all' in condition) {
    const parts = inOrderOfCost(condition.all, plan).map((part) => negate(compile(part, plan)));
    return negate((scene) => someOf(parts, (part) => part(scene)));
  }
  if ('any' in condition) {
    const parts = inOrderOfCost(condition.any, plan).map((part) => compile(part, plan));
    return (scene) => someOf(parts, (part) => part(scene));
  }
  if ('not' in condition) return negate(compile(condition.not, plan));
  if ('has' in condition || 'hasNo' in condition) {
    const kind = 'has' in condition ? condition.has : condition.hasNo;
    const where = compile(condition.where, plan);
    const has: JudgeScene = (scene) =>
      someOf(childrenOf(scene, kind), (child) => where(bringIntoView(scene, child)));
    return 'has' in condition ? has : negate(has);
  }
  return compileTest(condition, plan);
}

/** What stays as it is comes first, for it may settle the rest for ever. */
function inOrderOfCost(parts: readonly Condition[], plan: AttributePlan): readonly Condition[] {
  const costOf = (part: Condition): number =>
    'attribute' in part ? Number(testMoves(part, plan)) : 2;
  return [...parts].sort((a, b) => costOf(a) - costOf(b));
}

function negate(judge: JudgeScene): JudgeScene {
  return (scene) => {
    const { truth, until } = judge(scene);
    return lasting(truth === undefined ? undefined : !truth, until);
  };
}

/** True as long as one of them is. */
function someOf<Item>(items: readonly Item[], judgeOne: (item: Item) => Lasting): Lasting {
  let truth: Truth = false;
  let until = NEVER;
  let trueUntil = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const one = judgeOne(item);
    if (one.truth) {
      if (one.until === NEVER) return ALWAYS_TRUE;
      if (one.until > trueUntil) trueUntil = one.until;
    } else if (one.truth === undefined) truth = undefined;
    if (one.until < until) until = one.until;
  }
  return trueUntil > Number.NEGATIVE_INFINITY ? lasting(true, trueUntil) : lasting(truth, until);
}

function compileTest(test: Test, plan: AttributePlan): JudgeScene {
  const { attribute } = test;
  if ('inAttribute' in test) {
    const moves = testMoves(test, plan);
    const { inAttribute } = test;
    return (scene) =>
      lasting(
        judgePair(readAttribute(scene, attribute), readAttribute(scene, inAttribute)),
        moves ? scene.today + 1 : NEVER,
      );
  }
  const place = placeOf(plan, attribute);
  const { kind, bare, derive } = place;
  const motion = motionOf(derive);
  const read = (scene: Scene): AttributeValue | undefined => readPlace(scene, place);
  if (derive && 'kind' in derive) {
    const where = compile(derive.where, plan);
    const daily = movesDaily(test, plan);
    return (scene) => {
      let until = daily ? scene.today + 1 : NEVER;
      for (const child of childrenOf(scene, derive.kind))
        until = Math.min(until, where(bringIntoView(scene, child)).until);
      return lasting(judgeTest(test, read(scene)), until);
    };
  }
  if (motion === 'window') {
    const window = derive && 'days' in derive ? (derive.days ?? NEVER) : NEVER;
    return (scene) => {
      const value = read(scene);
      const truth = judgeTest(test, value);
      if (typeof value !== 'number') return lasting(truth, NEVER);
      const { days, seen } = scene.inView[kind as RecordKind]?.derived[bare] ?? {};
      return lasting(
        truth,
        findTurn(test, truth, value, days ?? countDays(seen), window, scene.today),
      );
    };
  }
  if (!motion) return (scene) => lasting(judgeTest(test, read(scene)), NEVER);
  const turns = turnsOf(test, motion);
  const sign = motion === 'up' ? 1 : -1;
  return (scene) => {
    const value = read(scene);
    const truth = judgeTest(test, value);
    if (typeof value !== 'number') return lasting(truth, NEVER);
    // A meeting that passes gives way to the next one, whatever the bounds say.
    let days = derive?.op === 'days-until' ? value + 1 : NEVER;
    for (const turn of turns) {
      const ahead = (turn - value) * sign;
      if (ahead > 0 && ahead < days) days = ahead;
    }
    return lasting(truth, scene.today + days);
  };
}

/** How many values were seen last on each day. */
function countDays(seen: Accumulator['seen']): { readonly [day: number]: number } {
  const counts: { [day: number]: number } = {};
  for (const value in seen) {
    const day = seen[value] as number;
    counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

/** The day on which a test of what counts within a window turns as one day after another leaves it. */
function findTurn(
  test: ValueTest,
  truth: Truth,
  value: number,
  days: { readonly [day: number]: number },
  window: number,
  today: number,
): number {
  let left = value;
  // Keys that are whole numbers come in ascending order.
  for (const day in days) {
    const leaves = +day + window;
    if (leaves <= today) continue;
    const amount = days[day] as number;
    left -= amount;
    // What is no whole number may differ in its last digit when it is added up again.
    if (judgeTest(test, left) !== truth || !Number.isInteger(amount)) return leaves;
  }
  return NEVER;
}

const testMoves = (test: Test, plan: AttributePlan): boolean =>
  moves(test.attribute, plan) || ('inAttribute' in test && moves(test.inAttribute, plan));

/** Whether an attribute moves with the clock. */
function moves(attribute: string, plan: AttributePlan): boolean {
  const derive = plan.byId.get(attribute)?.derive;
  if (!derive) return false;
  if (motionOf(derive)) return true;
  if (!('kind' in derive)) return false;
  return (
    (derive.op === 'sum-records' && moves(derive.attribute, plan)) ||
    testsOf(derive.where).some((test) => testMoves(test, plan))
  );
}

/** Whether any day may turn it. */
function movesDaily(test: Test, plan: AttributePlan): boolean {
  if ('inAttribute' in test) return testMoves(test, plan);
  const derive = plan.byId.get(test.attribute)?.derive;
  if (!derive || !('kind' in derive)) return false;
  return (
    (derive.op === 'sum-records' && moves(derive.attribute, plan)) ||
    testsOf(derive.where).some((one) => movesDaily(one, plan))
  );
}
