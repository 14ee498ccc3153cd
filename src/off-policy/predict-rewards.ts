import { createRandom } from '../core/random.js';

/** What a model of rewards learns from. */
export interface Rewarded {
  readonly action: number;
  readonly reward: number;
  /** What was known, from the coarsest on, each part with all before it: `large`, then `large|east`; none: nothing. */
  readonly context: readonly string[];
  readonly unit?: string;
}

/** Of how many rounds it counts what is above. */
const STRENGTH = 20;
const FOLDS = 5;

/**
 * What each action would have brought in each round, predicted from the rounds of other folds alone (cross-fitting), so
 * that no round predicts itself. The mean of an action is drawn towards that of all, and what it is in a context towards
 * what it is with one part less known.
 */
export function predictRewards(
  rounds: readonly Rewarded[],
  actions: number,
): readonly (readonly number[])[] {
  const folds = foldsOf(rounds);
  const predicted: (readonly number[])[] = new Array(rounds.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fitModel(
      rounds.filter((_, i) => folds[i] !== fold),
      actions,
    );
    for (const [i, { context }] of rounds.entries())
      if (folds[i] === fold) predicted[i] = model(context);
  }
  return predicted;
}

/** Everything of one unit lies in one fold. */
function foldsOf(rounds: readonly Rewarded[]): readonly number[] {
  const random = createRandom('folds');
  const ofUnits = new Map<string, number>();
  return rounds.map(({ unit }) => {
    const fold =
      (unit === undefined ? undefined : ofUnits.get(unit)) ?? Math.floor(random() * FOLDS);
    if (unit !== undefined) ofUnits.set(unit, fold);
    return fold;
  });
}

interface Sums {
  readonly count: Float64Array;
  readonly reward: Float64Array;
}

function fitModel(
  rounds: readonly Rewarded[],
  actions: number,
): (context: readonly string[]) => readonly number[] {
  const all = emptySums(actions);
  const inContext = new Map<string, Sums>();
  for (const { action, reward, context } of rounds) {
    count(all, action, reward);
    for (const part of context) {
      const sums = inContext.get(part) ?? emptySums(actions);
      inContext.set(part, sums);
      count(sums, action, reward);
    }
  }
  const total = all.reward.reduce((sum, one) => sum + one, 0);
  const mean = rounds.length === 0 ? 0 : total / rounds.length;
  const known = new Map<string, readonly number[]>();
  return (context) => {
    const key = context.at(-1) ?? '';
    let found = known.get(key);
    if (!found) {
      found = Array.from({ length: actions }, (_, action) =>
        [all, ...context.flatMap((part) => inContext.get(part) ?? [])].reduce(
          (above, sums) =>
            (STRENGTH * above + (sums.reward[action] as number)) /
            (STRENGTH + (sums.count[action] as number)),
          mean,
        ),
      );
      known.set(key, found);
    }
    return found;
  };
}

const emptySums = (actions: number): Sums => ({
  count: new Float64Array(actions),
  reward: new Float64Array(actions),
});

function count(sums: Sums, action: number, reward: number): void {
  (sums.count[action] as number)++;
  (sums.reward[action] as number) += reward;
}
