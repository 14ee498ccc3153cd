import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import { compareWithTeam, leftToLearn } from '../../src/learn/left-to-learn.js';

/** The mean of a ratio that is gamma by its prior (mean `tenure`, worth five successes), by adding up its posterior. */
function meanRatio(successes: number, expected: number, tenure: number): number {
  let [sum, weight] = [0, 0];
  for (let ratio = 0.0005; ratio < 12; ratio += 0.001) {
    const log =
      (5 * tenure - 1) * Math.log(ratio) -
      5 * ratio +
      successes * Math.log(ratio) -
      expected * ratio;
    sum += ratio * Math.exp(log);
    weight += Math.exp(log);
  }
  return sum / weight;
}

describe('what is left to learn', () => {
  it('is all of it on the first day, and nothing once nobody is new, whatever came of it', () => {
    assert.equal(leftToLearn({ successes: 0, expected: 0 }, 0), 1);
    assert.equal(leftToLearn({ successes: 0, expected: 90 }, 1), 0);
    assert.equal(leftToLearn({ successes: 0, expected: 90 }, 7), 0);
    // The first day is tomorrow.
    assert.equal(leftToLearn({ successes: 0, expected: 0 }, -0.01), 1);
  });

  for (const [successes, expected, tenure] of [
    [0, 0, 0.4],
    [3, 10, 0.4],
    [10, 10, 0.4],
    [2, 20, 0.9],
    [7, 30, 0.5],
  ] as const)
    it(`after ${successes} successes where ${expected} were to be expected and ${tenure} of the time is one less the posterior mean`, () => {
      const left = leftToLearn({ successes, expected }, tenure);
      assert.ok(Math.abs(left - Math.max(0, 1 - meanRatio(successes, expected, tenure))) < 1e-3);
    });

  it('goes away sooner for who does as well as the team from the first day, and later for who does half as well', () => {
    const random = createRandom('careers');
    const halfOfIt = (rate: number): number => {
      let days = 0;
      for (let career = 0; career < 200; career++) {
        let [successes, expected, day] = [0, 0, 0];
        while (leftToLearn({ successes, expected }, day / 180) > 0.5) {
          day++;
          expected += 0.2;
          if (random() < rate) successes++;
        }
        days += day / 200;
      }
      return days;
    };
    const [as, half] = [halfOfIt(0.2), halfOfIt(0.1)];
    // By time alone it would be 90 days.
    assert.ok(as < 45, `${as}`);
    assert.ok(half > 60 && half < 180, `${half}`);
  });
});

describe('outcomes beside the team', () => {
  const counted = [
    { play: 'call', situation: '', by: 'r:rep:1', trials: 1, successes: 1 },
    { play: 'call', situation: '', by: 'r:rep:1', trials: 0.5, successes: 0 },
    { play: 'call', situation: '', by: 'r:rep:2', trials: 1, successes: 0 },
    { play: 'gone', situation: '', by: 'r:rep:2', trials: 1, successes: 1 },
    { play: 'call', situation: '', trials: 1, successes: 1 },
  ];
  const found = compareWithTeam(['r:rep:3'], counted, ({ play }) =>
    play === 'call' ? 0.4 : undefined,
  );

  it('count what each rep followed, as far as it is over, and no play of which nothing is known', () => {
    assert.deepEqual(found.get('r:rep:1'), { successes: 1, expected: 1.5 * 0.4 });
    assert.deepEqual(found.get('r:rep:2'), { successes: 0, expected: 0.4 });
  });

  it('are none of who has followed nothing yet', () => {
    assert.deepEqual(found.get('r:rep:3'), { successes: 0, expected: 0 });
  });
});
