import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { DayPlan } from '../../src/day/day-plan.js';
import type { DayProblem } from '../../src/day/day-problem.js';
import { firstPlan } from '../../src/day/first-plan.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import type { LinearSolver } from '../../src/day/linear-program.js';
import { replanDay } from '../../src/day/replan-day.js';
import { solveDay } from '../../src/day/solve-day.js';
import { bestByTrying } from './best-by-trying.js';
import { brokenLimits, missedWishes } from './check-plan.js';
import { randomProblem } from './random-problem.js';

const SEED = Number(process.env.OPPORTUNE_SEED ?? 1);

describe('the best day under all limits', () => {
  let solver: LinearSolver;
  before(async () => {
    solver = await loadHighsSolver();
  });

  it('is near the best without an earlier plan and without a solver, breaks no limit, and says how far it may be', () => {
    let [got, best] = [0, 0];
    for (let i = 0; i < 40; i++) {
      const problem = randomProblem(SEED * 5000 + i, { windows: false });
      const tried = bestByTrying(problem);
      const plan = firstPlan(problem);
      const what = `seed ${SEED * 5000 + i}`;
      assert.deepEqual(brokenLimits(problem, plan.items), [], what);
      if (tried === undefined || missedWishes(problem, plan.items).length > 0) continue;
      assert.ok(plan.value <= tried + 1e-6 && plan.bound >= tried - 1e-6, what);
      got += plan.value;
      best += tried;
    }
    assert.ok(got > 0.9 * best, `${got} of ${best}`);
  });

  it('is worth what trying every choice finds, and clashes where trying finds none', () => {
    let clashes = 0;
    for (let i = 0; i < 40; i++) {
      const problem = randomProblem(SEED * 1000 + i, { windows: false });
      const best = bestByTrying(problem);
      const plan = solveDay(problem, solver);
      const what = `seed ${SEED * 1000 + i}`;
      assert.deepEqual(brokenLimits(problem, plan.items), [], what);
      if (best === undefined) {
        assert.ok(plan.clash, what);
        clashes++;
        continue;
      }
      assert.deepEqual(missedWishes(problem, plan.items), [], what);
      assert.ok(Math.abs(plan.value - best) < 1e-6, `${what}: ${plan.value}, tried ${best}`);
      assert.ok(plan.bound >= best - 1e-6, what);
    }
    assert.ok(clashes > 3 && clashes < 35, `${clashes} clashes`);
  });

  it('keeps every window, and is never worth more than trying finds', () => {
    let missed = 0;
    for (let i = 0; i < 30; i++) {
      const problem = randomProblem(SEED * 2000 + i, { windows: true });
      const best = bestByTrying(problem);
      const plan = solveDay(problem, solver);
      const what = `seed ${SEED * 2000 + i}`;
      assert.deepEqual(brokenLimits(problem, plan.items), [], what);
      if (best === undefined) continue;
      if (missedWishes(problem, plan.items).length > 0) {
        missed++;
        continue;
      }
      assert.ok(plan.value <= best + 1e-6, what);
      assert.ok(plan.bound >= best - 1e-6, what);
      if (plan.value < best - 1e-6) missed++;
    }
    assert.ok(missed <= 3, `${missed} are not the best`);
  });

  it('is made anew in an instant, keeps every limit, and says truly how much it may miss', () => {
    for (let i = 0; i < 30; i++) {
      const problem = randomProblem(SEED * 3000 + i, { windows: i % 2 === 0 });
      const plan = solveDay(problem, solver);
      const later: DayProblem = {
        ...problem,
        candidates: problem.candidates.filter((_, place) => place !== i % 7),
      };
      const quick = replanDay(later, plan);
      const exact = solveDay(later, solver);
      const what = `seed ${SEED * 3000 + i}`;
      assert.deepEqual(brokenLimits(later, quick.items), [], what);
      if (!exact.clash) assert.ok(quick.bound >= exact.value - 1e-6, what);
    }
  });

  it('explains a clash by wishes and limits of which none can be missed', () => {
    let explained = 0;
    for (let i = 0; i < 40; i++) {
      const problem = randomProblem(SEED * 1000 + i, { windows: false });
      if (problem.floors.length > 0 || bestByTrying(problem) !== undefined) continue;
      const { clash } = solveDay(problem, solver) as DayPlan & {
        clash: NonNullable<DayPlan['clash']>;
      };
      const named = clash.wishes.flatMap((one) => (one.kind === 'must' ? [one.candidate] : []));
      const only = (kept: readonly string[]): DayProblem => ({
        ...problem,
        candidates: problem.candidates.map(({ owed, ...rest }) =>
          owed && kept.includes(rest.id) ? { ...rest, owed } : rest,
        ),
        hands: problem.hands.filter((hand) => hand.kind !== 'pin' || kept.includes(hand.candidate)),
      });
      assert.equal(bestByTrying(only(named)), undefined, `seed ${SEED * 1000 + i}: ${named}`);
      for (const one of named)
        assert.notEqual(bestByTrying(only(named.filter((other) => other !== one))), undefined);
      explained++;
    }
    assert.ok(explained > 2, `${explained}`);
  });
});
