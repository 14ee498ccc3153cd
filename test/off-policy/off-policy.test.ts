import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import { estimateValue } from '../../src/off-policy/estimate-value.js';
import { judgeLog } from '../../src/off-policy/judge-log.js';
import { predictRewards } from '../../src/off-policy/predict-rewards.js';
import { type Round, weighLog, weightOf } from '../../src/off-policy/weigh-log.js';

const near = (actual: number | undefined, expected: number, tolerance = 1e-9): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
const OPTIONS = { clip: 2, shrink: 4 };

/** `ope_tiny_log`: formulas by hand, and the estimators of the Open Bandit Pipeline. */
const TINY = {
  action: [0, 1, 1, 0, 1, 2, 0, 2],
  reward: [1, 0, 1, 0, 1, 1, 0, 0],
  propensity: [0.5, 0.25, 0.25, 0.5, 0.4, 0.25, 0.6, 0.3],
  target: [
    [0.1, 0.7, 0.2],
    [0.1, 0.7, 0.2],
    [0.2, 0.6, 0.2],
    [0.2, 0.6, 0.2],
    [0.1, 0.8, 0.1],
    [0.3, 0.3, 0.4],
    [0.2, 0.5, 0.3],
    [0.25, 0.5, 0.25],
  ],
  predicted: [
    [0.3, 0.5, 0.4],
    [0.3, 0.45, 0.4],
    [0.25, 0.6, 0.35],
    [0.25, 0.6, 0.35],
    [0.2, 0.7, 0.3],
    [0.35, 0.4, 0.5],
    [0.3, 0.5, 0.4],
    [0.3, 0.45, 0.4],
  ],
};
const tiny = TINY.action.map(
  (action, i): Round => ({
    action,
    reward: TINY.reward[i] as number,
    propensity: TINY.propensity[i] as number,
    target: TINY.target[i] as number[],
    predicted: TINY.predicted[i] as number[],
  }),
);

describe('what a policy would have earned', () => {
  it('is what published values say for a log of eight rounds', () => {
    const weights = [0.2, 2.8, 2.4, 0.4, 2, 1.6, 0.3333333333, 0.8333333333];
    for (const [i, round] of tiny.entries()) near(weightOf(round), weights[i] as number);
    const found = estimateValue(tiny, OPTIONS);
    near(found.ips?.value, 0.775);
    near(found.ips?.error, 0.3673019389);
    near(found.snips?.value, 0.5867507886);
    near(found.dm?.value, 0.46375);
    near(found.dr?.value, 0.5520833333);
    near(found.sndr?.value, 0.5306269716);
    near(found['switch-dr']?.value, 0.5895833333);
    near(found['dr-shrunk']?.value, 0.5158388593);
    near(found.clipped?.value, 0.725);
    const { effective, mean } = weighLog(tiny);
    near(effective, 5.275290041);
    near(mean, 1.320833333);
  });

  it('is the model alone with no trust in weights, and doubly robust with all of it', () => {
    const alone = estimateValue(tiny, { clip: 0, shrink: 0 });
    near(alone['switch-dr']?.value, alone.dm?.value ?? 0);
    near(alone['dr-shrunk']?.value, alone.dm?.value ?? 0);
    const all = estimateValue(tiny, {
      clip: Number.POSITIVE_INFINITY,
      shrink: Number.POSITIVE_INFINITY,
    });
    near(all['switch-dr']?.value, all.dr?.value ?? 0);
    near(all['dr-shrunk']?.value, all.dr?.value ?? 0);
    near(all.clipped?.value, all.ips?.value ?? 0);
  });

  it('is only weighted where nothing was predicted', () => {
    const found = estimateValue(
      tiny.map(({ predicted: _, ...round }) => round),
      OPTIONS,
    );
    assert.deepEqual(Object.keys(found), ['logged', 'ips', 'clipped', 'snips']);
  });
});

const RATES = [
  [0.1, 0.3, 0.5],
  [0.5, 0.3, 0.1],
];
const LOGGED = [
  [0.6, 0.3, 0.1],
  [0.1, 0.3, 0.6],
];
const TARGET = [
  [0.1, 0.2, 0.7],
  [0.7, 0.2, 0.1],
];

/** A log of a policy in two kinds of accounts, of which the truth is known; the model is fitted to it. */
function makeLog(seed: string, length: number): readonly Round[] {
  const random = createRandom(seed);
  const drawn = Array.from({ length }, (_, i) => {
    const kind = random() < 0.5 ? 0 : 1;
    const logged = LOGGED[kind] as number[];
    let left = random();
    let action = 0;
    while (action < 2 && left >= (logged[action] as number)) left -= logged[action++] as number;
    const reward = random() < ((RATES[kind] as number[])[action] as number) ? 1 : 0;
    return { kind, action, reward, logged, context: [String(kind)], unit: String(i) };
  });
  const predicted = predictRewards(drawn, 3);
  return drawn.map(
    ({ kind, action, reward, logged }, i): Round => ({
      action,
      reward,
      propensity: logged[action] as number,
      logged,
      target: TARGET[kind] as number[],
      predicted: predicted[i] as number[],
    }),
  );
}
const TRUTH = 0.1 * 0.1 + 0.2 * 0.3 + 0.7 * 0.5;

describe('intervals', () => {
  it('hold the truth about as often as they say, whichever estimator', () => {
    const held = new Map<string, number>();
    const logs = 100;
    for (let i = 0; i < logs; i++) {
      const found = estimateValue(makeLog(`log ${i}`, 300), { clip: 50, shrink: 1e4 });
      for (const [name, { low, high }] of Object.entries(found))
        if (low <= TRUTH && TRUTH <= high) held.set(name, (held.get(name) ?? 0) + 1);
    }
    for (const name of ['ips', 'snips', 'dr', 'sndr', 'switch-dr', 'dr-shrunk', 'clipped'])
      assert.ok((held.get(name) ?? 0) >= 0.9 * logs, `${name}: ${held.get(name)} of ${logs}`);
    assert.ok((held.get('logged') ?? 0) < 0.1 * logs, 'what the log earned is something else');
  });

  it('of rounds that depend on each other are as wide as those of so many units', () => {
    const log = makeLog('units', 300);
    const tenfold = log.flatMap((round, i) =>
      Array.from({ length: 10 }, () => ({ ...round, unit: String(i) })),
    );
    const [once, again] = [log, tenfold].map((one) => estimateValue(one, OPTIONS));
    near(again?.snips?.error, once?.snips?.error ?? 0, 1e-9);
    near(again?.snips?.low, once?.snips?.low ?? 0, 0.01);
  });
});

describe('a log', () => {
  it('that a policy like the one in question made carries a conclusion', () => {
    assert.deepEqual(judgeLog(weighLog(makeLog('fine', 2_000))), []);
  });

  const doubtsOf = (rounds: readonly Round[]): readonly string[] =>
    judgeLog(weighLog(rounds)).map(({ is }) => is);

  it('carries none about what it never does', () => {
    const never = makeLog('never', 2_000).filter(({ action }) => action !== 2);
    assert.ok(doubtsOf(never.map(({ logged: _, ...one }) => one)).includes('never-tried'));
  });

  it('carries none where nothing was drawn: every probability is 1', () => {
    const fixed = makeLog('fixed', 2_000).map(({ logged: _, ...one }) => ({
      ...one,
      propensity: 1,
    }));
    assert.deepEqual(doubtsOf(fixed), ['mean-weight']);
  });

  it('carries none where the probabilities are not those by which it was made', () => {
    const wrong = makeLog('wrong', 2_000).map((one) => ({ ...one, propensity: 0.5 }));
    assert.ok(doubtsOf(wrong).includes('mean-weight'));
  });

  it('carries none where one round decides, or where hardly anything was rewarded', () => {
    const log = makeLog('one', 2_000);
    const one = log.map((round, i) => (i === 7 ? { ...round, propensity: 1e-5 } : round));
    assert.ok(doubtsOf(one).includes('one-weight') && doubtsOf(one).includes('few-effective'));
    const none = log.map((round, i) => ({ ...round, reward: i < 5 ? 1 : 0 }));
    assert.deepEqual(doubtsOf(none), ['few-rewarded']);
  });
});

const DATA = process.env.OPPORTUNE_TEST_DATA;
describe('the Open Bandit data', {
  skip: DATA === undefined && 'OPPORTUNE_TEST_DATA is not set',
}, () => {
  const read = (policy: string): readonly Round[] =>
    readFileSync(join(DATA ?? '', `open-bandit/${policy}/men/men.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [, , item, , click, propensity] = line.split(',').map(Number);
        return {
          action: item as number,
          reward: click as number,
          propensity: propensity as number,
          target: new Array(34).fill(1 / 34),
        };
      });

  it('give the published values, and more doubt than a conclusion', () => {
    const rounds = read('bts');
    const { ips, snips, logged } = estimateValue(rounds, OPTIONS);
    near(logged?.value, 0.0069);
    near(ips?.value, 0.003008626327);
    near(snips?.value, 0.003189423162);
    const weights = weighLog(rounds);
    near(weights.mean, 0.9433136257);
    near(weights.largest, 178.2531194, 1e-6);
    near(weights.effective, 655.7098496, 1e-6);
    assert.equal(weights.rewarded, 69);
    assert.deepEqual(
      judgeLog(weights).map(({ is }) => is),
      ['few-rewarded'],
      'in 656 rounds about two clicks are to be expected: the truth, 0.0046, is half as much again',
    );
  });

  it('of a policy itself carry what it earned', () => {
    const rounds = read('random');
    near(estimateValue(rounds, OPTIONS).ips?.value, 0.0046);
    assert.deepEqual(judgeLog(weighLog(rounds)), []);
  });
});
