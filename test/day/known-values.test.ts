import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/day/build-model.js';
import type { DayProblem } from '../../src/day/day-problem.js';
import { findClash } from '../../src/day/find-clash.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import { boundAt, reducedValues } from '../../src/day/prices.js';
import { replanDay } from '../../src/day/replan-day.js';
import { solveDay } from '../../src/day/solve-day.js';

const VALUE = [
  [12, 20, 31],
  [9, 14, 22],
  [15, 18, 19],
  [7, 16, 30],
  [11, 13, 26],
  [10, 21, 24],
];
const COST = [1, 2, 4];
const START = Date.UTC(2026, 10, 30, 9);

/** Six customers, one of three actions for each, and twelve minutes: the check "allocation_lagrangian_budget_only". */
const problem: DayProblem = {
  now: START,
  zone: 'UTC',
  rooms: [{ rep: 'crm:rep:1', day: 20787, from: START, until: START + 12 * 60_000 }],
  candidates: VALUE.flatMap((row, customer) =>
    row.map((value, action) => ({
      id: `${customer}/${action}`,
      play: `play-${action}`,
      rep: 'crm:rep:1',
      record: `crm:account:${customer}`,
      minutes: COST[action] ?? 0,
      value,
      goals: {},
      alike: `customer-${customer}`,
    })),
  ),
  contactPolicy: [],
  touches: new Map(),
  floors: [],
  hands: [],
};

describe('a plan of which every number is known', () => {
  it('is worth 111, with a minute at 5.5 and no plan above 111.5', async () => {
    const plan = solveDay(problem, await loadHighsSolver());
    assert.equal(plan.value, 111);
    assert.ok(plan.bound >= 111 && plan.bound <= 111.5, `${plan.bound}`);
    assert.ok(Math.abs((plan.days[0]?.hourPrice ?? 0) - 5.5 * 60) < 1e-6);
    assert.equal(plan.days[0]?.plannedMinutes, 12);
  });

  it('is bounded, at any price of a minute, by what the price says', () => {
    const model = buildModel(problem);
    const at = (price: number): Float64Array =>
      Float64Array.from(model.rows, ({ limit }) => (limit.kind === 'hours' ? price : 0));
    const known = [
      [0, 152, [2, 2, 2, 2, 2, 2]],
      [2, 132, [2, 2, 1, 2, 2, 1]],
      [4, 117, [2, 1, 0, 2, 2, 1]],
      [4.5, 114.5, [2, 1, 0, 2, 2, 1]],
      [5, 112, [2, 0, 0, 2, 0, 1]],
      [5.5, 111.5, [1, 0, 0, 2, 0, 1]],
      [6, 112, [1, 0, 0, 2, 0, 1]],
      [7, 113, [1, 0, 0, 1, 0, 1]],
      [8, 116, [0, 0, 0, -1, 0, 1]],
      [9, 122, [0, -1, 0, -1, 0, 1]],
      [12, 147, [-1, -1, 0, -1, -1, -1]],
    ] as const;
    for (const [price, bound, choice] of known) {
      assert.ok(Math.abs(boundAt(model, at(price)) - bound) < 1e-9, `${price}`);
      const reduced = reducedValues(model, at(price));
      const chosen = VALUE.map((row, customer) =>
        row.reduce((best, _, action) => {
          const value = reduced[3 * customer + action] ?? 0;
          const least = best < 0 ? 0 : (reduced[3 * customer + best] ?? 0);
          return value > least + 1e-9 ? action : best;
        }, -1),
      );
      assert.deepEqual(chosen, [...choice], `${price}`);
    }
  });

  it('is made anew at once when a customer falls away, and says how much it may miss', async () => {
    const solver = await loadHighsSolver();
    const plan = solveDay(problem, solver);
    const candidates = problem.candidates.filter(({ alike }) => alike !== 'customer-3');
    const quick = replanDay({ ...problem, candidates }, plan);
    const exact = solveDay({ ...problem, candidates }, solver);
    assert.ok(quick.value <= exact.value && exact.value <= quick.bound);
    // Rounding loses no more than the best card of the one customer between two choices.
    assert.ok(quick.value >= exact.value - 31, `${quick.value} of ${exact.value}`);
  });
});

describe('the smallest clash', () => {
  const cost = {
    roof_racks: 500,
    cd_player: 500,
    extra_seat: 800,
    metal_colour: 500,
    luxury: 2600,
  };
  const order = ['roof_racks', 'cd_player', 'extra_seat', 'metal_colour', 'luxury'] as const;
  const goes = (own: readonly (keyof typeof cost)[]): boolean =>
    own.reduce((sum, one) => sum + cost[one], 0) <= 3000;

  it('is Junker’s, of those preferred first and of the reverse order', () => {
    assert.deepEqual([...(findClash(order, goes) ?? [])].sort(), ['luxury', 'roof_racks']);
    const reverse = [...order].reverse();
    assert.deepEqual([...(findClash(reverse, goes) ?? [])].sort(), ['luxury', 'metal_colour']);
  });

  it('is none where all goes together', () => {
    assert.equal(findClash(['roof_racks', 'cd_player'] as const, goes), undefined);
  });
});
