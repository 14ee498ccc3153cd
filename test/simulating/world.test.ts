import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createLinUcb,
  createOracle,
  createThompson,
  createUniform,
} from '../../gateway/simulating/baselines.js';
import { drawBeta } from '../../gateway/simulating/draw-beta.js';
import { addToArm, createArm, scoreArm } from '../../gateway/simulating/linucb.js';
import { createOurs, NIGHTLY } from '../../gateway/simulating/ours.js';
import type { Policy } from '../../gateway/simulating/policy.js';
import { runTeam } from '../../gateway/simulating/run-team.js';
import { createTeam } from '../../gateway/simulating/team.js';
import { readWorld, type World } from '../../gateway/simulating/world.js';
import { createRandom } from '../../src/core/random.js';
import { createAgentPolicy } from './agent-policy.js';

const near = (actual: number | undefined, expected: number, tolerance = 1e-9): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
const stationary = readWorld('examples/worlds/stationary.json');
const small: World = { ...stationary, accounts: 20, days: 12 };

describe('LinUCB', () => {
  /** `linucb_mabwiser`: its own tests. */
  const history = [
    [0, 1, 2, 3, 5],
    [1, 1, 1, 1, 1],
    [0, 0, 1, 0, 0],
    [0, 2, 2, 3, 5],
    [1, 3, 1, 1, 1],
    [0, 0, 0, 0, 0],
    [0, 1, 4, 3, 5],
    [0, 1, 2, 4, 5],
    [1, 2, 1, 1, 3],
    [0, 2, 1, 0, 0],
  ];
  const cases = [
    {
      alpha: 0,
      decisions: [1, 1, 1, 2, 2, 2, 3, 3, 3, 1],
      rewards: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
      expected: [
        [-0.01837837838, 0, 0.9966292135],
        [0.1405405405, 0, 0.4325842697],
      ],
    },
    {
      alpha: 1,
      decisions: [1, 1, 1, 2, 2, 3, 3, 3, 3, 3],
      rewards: [0, 0, 1, 0, 0, 0, 0, 1, 1, 1],
      expected: [
        [0.9790312459, 1.161770624, 1.424705623],
        [0.8896475809, 0.9233640431, 1.457085577],
      ],
    },
  ];
  for (const { alpha, decisions, rewards, expected } of cases)
    it(`scores as published with alpha ${alpha}`, () => {
      for (const [i, known] of [history[0], history[1]].entries())
        for (const arm of [1, 2, 3]) {
          let own = createArm(5, 1);
          for (const [at, decision] of decisions.entries())
            if (decision === arm)
              own = addToArm(own, history[at] as number[], rewards[at] as number);
          near(scoreArm(own, known as number[], alpha), expected[i]?.[arm - 1] as number);
        }
    });

  it('takes one more in as Sherman and Morrison have it', () => {
    const before = {
      inverse: [
        [0.5, 0],
        [0, 1],
      ],
      sum: [1, 1],
    };
    const { inverse, sum } = addToArm(before, [1, 0], 1);
    near(inverse[0]?.[0], 1 / 3);
    near(inverse[1]?.[1], 1);
    assert.deepEqual(sum, [2, 1]);
  });
});

describe('a number that is beta distributed', () => {
  it('has the published mean and deviation of what Thompson draws', () => {
    const random = createRandom('beta');
    const drawn = Array.from({ length: 20_000 }, () =>
      drawBeta(0.02 * 1_500, 0.98 * 1_500, random),
    );
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    const deviation = Math.sqrt(
      drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length,
    );
    near(mean, 0.02, 1e-4);
    near(deviation, 0.00361358013, 1e-4);
    drawn.sort((a, b) => a - b);
    near(drawn[1_000], 0.01444142508, 2e-4);
    near(drawn[19_000], 0.02628528237, 3e-4);
  });

  it('may have parameters below 1', () => {
    const random = createRandom('low');
    const drawn = Array.from({ length: 20_000 }, () => drawBeta(0.3, 0.7, random));
    near(drawn.reduce((sum, one) => sum + one, 0) / drawn.length, 0.3, 0.01);
  });
});

describe('a simulated team', () => {
  it('earns the same again, and something else with another seed', async () => {
    const worth = async (seed: string): Promise<readonly number[]> => {
      const team = createTeam(small, seed);
      return (await runTeam(small, team, createOurs(small, team))).worth;
    };
    assert.deepEqual(await worth('a'), await worth('a'));
    assert.notDeepEqual(await worth('a'), await worth('b'));
  });

  it('is worth most to who knows the truth', async () => {
    for (const seed of ['a', 'b', 'c']) {
      const team = createTeam(stationary, seed);
      const earn = async (policy: Policy): Promise<number> =>
        (await runTeam(stationary, team, policy)).worth.at(-1) ?? 0;
      const oracle = await earn(createOracle(team));
      for (const policy of [
        createUniform(seed),
        createThompson(team, seed),
        createLinUcb(stationary, team),
        createOurs(stationary, team),
      ])
        assert.ok((await earn(policy)) < oracle);
    }
  });

  it('counts what breaks rules, whatever the policy says of itself', async () => {
    const team = createTeam(small, 'rules');
    const all: Policy = {
      choose: () => small.plays.slice(0, 4),
      done: () => undefined,
      answered: () => undefined,
    };
    const { moments, broken } = await runTeam(small, team, all);
    assert.ok(broken > moments, 'a fourth card each time, and touches, rests and floors besides');
    assert.equal((await runTeam(small, team, createOurs(small, team))).broken, 0);
  });

  it('gets from the policy without a store what the agent on a store gives it', async () => {
    // Nothing is drawn here: the two call their openings otherwise, and would draw otherwise.
    const nightly = { ...NIGHTLY, explore: 0 };
    const world: World = { ...small, accounts: 15, days: 10 };
    const team = createTeam(world, 'agent');
    const [alone, stored] = [
      await runTeam(world, team, createOurs(world, team, nightly)),
      await runTeam(world, team, await createAgentPolicy(world, team, nightly)),
    ];
    assert.equal(stored.broken, 0);
    assert.equal(stored.moments, alone.moments);
    near((stored.worth.at(-1) ?? 0) / (alone.worth.at(-1) ?? 1), 1, 0.02);
  });
});
