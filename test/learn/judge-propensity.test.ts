import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Playbook } from 'opportune';
import { isTooLittle, type TooLittleData } from '../../src/analyze/too-little-data.js';
import { createRandom } from '../../src/core/random.js';
import { trustSection } from '../../src/insights/trust-section.js';
import { type JudgedPropensity, judgePropensity } from '../../src/judge-propensity.js';
import type { Exposure } from '../../src/learn/exposure.js';

const DAY = 86_400_000;
const NOW = 400 * DAY;
const OPTIONS = { now: NOW, windowMs: 30 * DAY, halfLifeMs: 3650 * DAY };
/** Authors guess 0.5 and 0.2. */
const PLAYBOOK = {
  propensity: 0.2,
  plays: [
    { id: 'call', propensity: 0.5, action: { kind: 'call' } },
    { id: 'write', action: { kind: 'email' } },
  ],
} as unknown as Playbook;

/** One card of each play a day, each coming off with its rate of that day, five days later. */
function cards(seed: string, rateOn: (play: string, day: number) => number): readonly Exposure[] {
  const random = createRandom(seed);
  return Array.from({ length: 300 }, (_, day) =>
    ['call', 'write'].map(
      (play): Exposure => ({
        ...{ play, situation: '', at: day * DAY, followed: true },
        ...(random() < rateOn(play, day) && { answeredAfter: 5 * DAY }),
      }),
    ),
  ).flat();
}

function judged(exposures: readonly Exposure[]): JudgedPropensity {
  const found: JudgedPropensity | TooLittleData = judgePropensity(PLAYBOOK, exposures, OPTIONS);
  assert.ok(!isTooLittle<JudgedPropensity>(found));
  return found;
}

describe('how far to trust it', () => {
  it('holds what authors guess against what came card by card, where its mean is nearer', () => {
    const calibration = (said: number, brier: number): JudgedPropensity['learned'] => {
      const one = { count: 100, said, came: 0.25, brier, uncertainty: 0.1875, groups: [] };
      return one as unknown as JudgedPropensity['learned'];
    };
    const { blocks } = trustSection({
      ...{
        since: 0,
        learned: calibration(0.3, 0.15),
        guessed: calibration(0.26, 0.18),
        chance: 0.2,
      },
    });
    assert.match(
      JSON.stringify(blocks[0]),
      /26 % of the same cards; card by card that is further from/,
    );
  });
});

describe('propensities held against what came', () => {
  it('are within chance in all but a few of 200 worlds that stay as they are, and nearer than guesses', () => {
    let rejected = 0;
    let nearer = 0;
    for (let world = 0; world < 200; world++) {
      const { learned, guessed, chance } = judged(
        cards(`same ${world}`, (play) => (play === 'call' ? 0.25 : 0.1)),
      );
      if (chance < 0.05) rejected++;
      if (learned.brier < guessed.brier) nearer++;
    }
    // Ten of 200 are to be expected.
    assert.ok(rejected <= 20, `${rejected}`);
    assert.equal(nearer, 200);
  });

  it('are not where buyers began to answer twice as seldom', () => {
    const { learned, chance } = judged(cards('changed', (_, day) => (day < 150 ? 0.5 : 0.2)));
    assert.ok(chance < 0.001);
    assert.ok(learned.said > 0.4 && learned.came < 0.3);
  });

  it('are learned from nothing that came after', () => {
    const told = cards('later', () => 0.3);
    const { since, learned } = judged(told);
    const turned = told.map((one) =>
      one.at + 5 * DAY <= since
        ? one
        : { play: one.play, situation: '', at: one.at, followed: true, answeredAfter: 5 * DAY },
    );
    assert.equal(judged(turned).learned.said, learned.said);
    assert.equal(judged(turned).learned.came, 1);
  });

  it('are told of no 48 cards, and not of those that nobody acted on or whose time is not over', () => {
    const few = cards('few', () => 0.3).slice(0, 96);
    const found = judgePropensity(PLAYBOOK, few, OPTIONS);
    assert.ok(isTooLittle<JudgedPropensity>(found));
    assert.equal(found.got, 48);
    const idle = cards('idle', () => 0.3).map((one) => ({ ...one, followed: false }));
    assert.ok(isTooLittle<JudgedPropensity>(judgePropensity(PLAYBOOK, idle, OPTIONS)));
    const young = cards('young', () => 0.3).map((one) => ({ ...one, at: NOW - 29 * DAY }));
    assert.ok(isTooLittle<JudgedPropensity>(judgePropensity(PLAYBOOK, young, OPTIONS)));
  });
});
