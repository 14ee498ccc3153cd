import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';
import type { DayProblem } from '../../src/day/day-problem.js';
import { bestIn, expectedOf, findTradeoffs } from '../../src/day/frontier.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import type { LinearSolver } from '../../src/day/linear-program.js';
import { bestByTrying } from './best-by-trying.js';
import { randomProblem } from './random-problem.js';

const SEED = Number(process.env.OPPORTUNE_SEED ?? 1);
const REVENUE = { id: 'revenue', scale: 2 };
const CARE = { id: 'care', scale: 1 };

/** What brings much of one goal brings little of the other, as a rule. */
function twoGoals(seed: number): DayProblem {
  const problem = randomProblem(seed, { windows: false });
  return {
    ...problem,
    floors: [],
    candidates: problem.candidates.map((one, i) => ({
      ...one,
      goals: { revenue: one.goals.revenue ?? 0, care: (7 * i + 3 * seed) % 6 },
    })),
  };
}

describe('the frontier between two goals', () => {
  let solver: LinearSolver;
  before(async () => {
    solver = await loadHighsSolver();
  });

  it('is where trying every choice finds no more of one goal for as much of the other', () => {
    let checked = 0;
    for (let i = 0; i < 25; i++) {
      const problem = twoGoals(SEED * 3000 + i);
      const least = 3 + (i % 4);
      const best = bestByTrying({
        ...problem,
        candidates: problem.candidates.map((one) => ({
          ...one,
          value: (one.goals.revenue ?? 0) / 2 + (one.goals.care ?? 0) / 1000,
        })),
        floors: [{ goal: 'care', label: '', least }],
      });
      const plan = bestIn(problem, solver, { first: REVENUE, others: [CARE], least });
      const what = `seed ${SEED * 3000 + i}`;
      assert.equal(plan.clash === undefined, best !== undefined, what);
      if (best === undefined) continue;
      checked++;
      assert.ok(Math.abs(plan.value - best) < 1e-6, `${what}: ${plan.value}, tried ${best}`);
      assert.ok((expectedOf(problem, plan).care ?? 0) >= least - 1e-6, what);
    }
    assert.ok(checked > 8, `${checked} could be had`);
  });

  it('has no point that another choice betters in one goal for nothing, and today does not lie beyond it', () => {
    const random = createRandom(SEED);
    let between = 0;
    for (let i = 0; i < 10; i++) {
      const problem = fourOfTwelve(random);
      const all = choicesOf(problem);
      const { frontiers, today, alone } = runThrough(
        findTradeoffs(problem, [REVENUE, CARE], solver),
      );
      const { points = [], beside = 0 } = frontiers[0] ?? {};
      for (const point of points) {
        const [revenue = 0, care = 0] = [point.revenue, point.care];
        const better = all.find(
          (one) =>
            one.revenue >= revenue && one.care >= care && one.revenue + one.care > revenue + care,
        );
        assert.equal(better, undefined, `${revenue} and ${care}`);
      }
      between += Math.max(0, points.length - 2);
      const mostOf = (goal: 'revenue' | 'care'): number => Math.max(...all.map((one) => one[goal]));
      assert.equal(points[0]?.revenue, mostOf('revenue'));
      assert.equal(points.at(-1)?.care, mostOf('care'));
      assert.equal(alone.get('care')?.care, mostOf('care'));
      const asMuchCare = all.filter(({ care }) => care >= (today.care ?? 0));
      assert.equal(beside, Math.max(...asMuchCare.map(({ revenue }) => revenue)));
    }
    assert.ok(between > 15, `${between} points lie between the ends`);
  });
});

const MONDAY = Date.UTC(2026, 10, 30);

/** Two hours, and half an hour each. */
function fourOfTwelve(random: () => number): DayProblem {
  const rep = 'crm:rep:a';
  return {
    ...{ now: MONDAY, zone: 'UTC', contactPolicy: [], touches: new Map(), floors: [], hands: [] },
    rooms: [{ rep, day: MONDAY / 86_400_000, from: MONDAY, until: MONDAY + 7_200_000 }],
    candidates: Array.from({ length: 12 }, (_, i) => {
      const revenue = Math.floor(random() * 20);
      const care = Math.floor(random() * 6 + (20 - revenue) / 2);
      const about = { play: 'p', rep, record: 'crm:account:1', minutes: 30 };
      return { id: `card-${i}`, ...about, value: revenue / 2 + care, goals: { revenue, care } };
    }),
  };
}

/** What every four of them bring. */
function choicesOf({
  candidates,
}: DayProblem): readonly { readonly revenue: number; readonly care: number }[] {
  const choose = (from: number, left: number): (readonly number[])[] =>
    left === 0
      ? [[]]
      : candidates.flatMap((_, i) =>
          i < from ? [] : choose(i + 1, left - 1).map((rest) => [i, ...rest]),
        );
  const sum = (chosen: readonly number[], goal: string): number =>
    chosen.reduce((total, i) => total + (candidates[i]?.goals[goal] ?? 0), 0);
  return choose(0, 4).map((chosen) => ({
    revenue: sum(chosen, 'revenue'),
    care: sum(chosen, 'care'),
  }));
}
