import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createAgent } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { DAY, TOLD_PLAYBOOK, tell } from '../../test/told-deals.js';
import { type CommandBench, openCommandBench } from '../command-bench.js';
import { openFileStore } from '../file-store.js';
import { loadPlaybook } from '../playbook-folder.js';

const world = (name: string): string =>
  fileURLToPath(new URL(`../../examples/worlds/${name}.json`, import.meta.url));
const near = (actual: number, expected: number, tolerance = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

/** `ope_tiny_log`, one round a line. */
const TINY = [
  [0, 1, 0.5, [0.1, 0.7, 0.2], [0.3, 0.5, 0.4]],
  [1, 0, 0.25, [0.1, 0.7, 0.2], [0.3, 0.45, 0.4]],
  [1, 1, 0.25, [0.2, 0.6, 0.2], [0.25, 0.6, 0.35]],
  [0, 0, 0.5, [0.2, 0.6, 0.2], [0.25, 0.6, 0.35]],
  [1, 1, 0.4, [0.1, 0.8, 0.1], [0.2, 0.7, 0.3]],
  [2, 1, 0.25, [0.3, 0.3, 0.4], [0.35, 0.4, 0.5]],
  [0, 0, 0.6, [0.2, 0.5, 0.3], [0.3, 0.5, 0.4]],
  [2, 0, 0.3, [0.25, 0.5, 0.25], [0.3, 0.45, 0.4]],
];
const toLines = (rounds: readonly object[]): string =>
  rounds.map((round) => `${JSON.stringify(round)}\n`).join('');
const tiny = TINY.map(([action, reward, propensity, target, predicted]) => ({
  action,
  reward,
  propensity,
  target,
  predicted,
}));

describe('opportune simulate', () => {
  let bench: CommandBench;
  before(async () => {
    bench = await openCommandBench();
  });
  after(() => bench.end());

  async function judge(...args: readonly string[]) {
    const { code, out, err } = await bench.ask('simulate', ...args, '--json');
    assert.equal(err, '');
    return { code, ...JSON.parse(out) };
  }

  it('tells of a log what published values say, and that eight rounds carry nothing', async () => {
    bench.write('tiny.jsonl', toLines(tiny));
    const { code, policies } = await judge(
      ...['--log', 'tiny.jsonl', '--policy', 'given', '--clip', '2', '--shrink', '4'],
    );
    const [{ estimates, weights, doubts, verdict }] = policies;
    const expected = {
      ips: 0.775,
      snips: 0.5867507886,
      dm: 0.46375,
      dr: 0.5520833333,
      sndr: 0.5306269716,
      'switch-dr': 0.5895833333,
      'dr-shrunk': 0.5158388593,
      clipped: 0.725,
    };
    for (const [name, value] of Object.entries(expected)) near(estimates[name].value, value);
    near(estimates.ips.error, 0.3673019389);
    near(weights.effective, 5.275290041);
    assert.equal(code, 1);
    assert.equal(verdict, undefined);
    assert.deepEqual(
      doubts.map(({ is }: { is: string }) => is),
      ['few-effective', 'one-weight', 'few-rewarded', 'few-units'],
    );
  });

  it('concludes where the log can carry it, in words', async () => {
    const random = createRandom('words');
    const rounds = Array.from({ length: 3_000 }, (_, i) => {
      const action = random() < 0.5 ? 'call' : 'email';
      const reward = random() < (action === 'call' ? 0.4 : 0.1) ? 1 : 0;
      return { action, reward, propensity: 0.5, context: 'large', unit: `account ${i % 1_500}` };
    });
    bench.write('clear.jsonl', toLines(rounds));
    bench.write('mostly.json', '{"call":0.9,"email":0.1}');
    const { code, out } = await bench.ask(
      ...['simulate', '--log', 'clear.jsonl', '--policy', 'only=call,mostly.json,only=email'],
    );
    assert.equal(code, 0);
    assert.equal(out.match(/would have earned more than what made the log/g)?.length, 2);
    assert.equal(out.match(/would have earned less than what made the log/g)?.length, 1);
    assert.match(out, /3,000 rounds, 2 actions, 1,500 units/);
  });

  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /the log is empty/],
    ['a propensity of 0', line({ propensity: 0 }), /:1: propensity is 0/],
    ['a propensity above 1', line({ propensity: 1.5 }), /:1: propensity is 1.5/],
    ['a propensity that is none', line({ propensity: null }), /:1: propensity is null/],
    ['no propensity', '{"action":0,"reward":1}\n', /:1: propensity is not there/],
    ['a reward that is no number', line({ reward: 'NaN' }), /:1: reward is "NaN"/],
    ['a reward beyond measure', line({ reward: 1e300 }), /:1: reward is 1e\+300/],
    ['an action that is none', line({ action: -1 }), /:1: action is -1/],
    ['a field that nobody knows', line({ pscore: 1 }), /:1: "pscore" is not known/],
    ['a target that is no distribution', line({ target: [0.5, 0.2] }), /:1: target adds up to 0.7/],
    ['a target below 0', line({ target: [1.5, -0.5] }), /:1: target of 1 is -0.5/],
    [
      'two propensities for one action',
      line({ propensity: 0.5, logged: [0.4, 0.6] }),
      /:1: propensity is 0.5, and logged says 0.4/,
    ],
    ['no JSON', '{"action":\n', /:1: the line is no JSON/],
    ['a list', '[1,2]\n', /:1: the line is \[1,2\]/],
    ['a table without a column', 'a,b\n1,2\n', /:1: there is no column "action" among a, b/],
    [
      'a table with NaN',
      'item_id,click,propensity_score\n1,0,0.5\n1,NaN,0.5\n',
      /:3: reward is "NaN"/,
    ],
    [
      'a table with a short line',
      'item_id,click,propensity_score\n1,0\n',
      /:2: there are 2 fields, and the head has 3/,
    ],
  ];
  function line(change: object): string {
    return toLines([{ action: 0, reward: 1, propensity: 0.5, ...change }]);
  }
  for (const [what, text, message] of hostile)
    it(`refuses a log with ${what}, and says where`, async () => {
      bench.write('hostile.log', text);
      const { code, out, err } = await bench.ask(
        ...['simulate', '--log', 'hostile.log', '--policy', 'uniform'],
      );
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
      assert.equal(err.trim().split('\n').length, 1);
    });

  it('tells of a log with one action that there was nothing to choose', async () => {
    bench.write(
      'one.jsonl',
      toLines(
        Array.from({ length: 200 }, (_, i) => ({ action: 'a', reward: i % 2, propensity: 1 })),
      ),
    );
    const { code, policies } = await judge('--log', 'one.jsonl', '--policy', 'uniform');
    assert.equal(code, 0);
    assert.equal(policies[0].verdict, 'no-difference-shown');
    near(policies[0].estimates.ips.value, 0.5);
  });

  it('refuses a world with the place of what is wrong in it', async () => {
    const right = JSON.parse(readFileSync(world('stationary'), 'utf8'));
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ days: 0 }, /days must be >= 1/],
      [{ follows: [0.5, 2, 0] }, /follows\.1 must be <= 1/],
      [{ plays: [] }, /plays must not have fewer than 1/],
      [{ segments: { small: 0.5 } }, /segments add up to 0\.5/],
      [{ plays: [right.plays[0], right.plays[0]] }, /there are two "call"/],
      [{ more: 1 }, /world\.json: more is not known/],
    ];
    for (const [change, message] of wrong) {
      bench.write('world.json', JSON.stringify({ ...right, ...change }));
      const { code, err } = await bench.ask('simulate', '--world', 'world.json');
      assert.equal(code, 2);
      assert.match(err, message);
    }
    bench.write('world.json', '{');
    assert.match((await bench.ask('simulate', '--world', 'world.json')).err, /it is no JSON/);
    assert.match((await bench.ask('simulate', '--world', 'nowhere.json')).err, /no such file/);
  });

  it('lets policies work in a world, tells their regret, and that no rule was broken', async () => {
    const { out, err } = await bench.ask('simulate', '--world', world('fatigue'), '--seeds', '2');
    assert.equal(err, '');
    for (const name of ['ours', 'uniform', 'greedy', 'thompson', 'linucb'])
      assert.match(out, new RegExp(`^${name} `, 'm'));
    assert.match(out, /were never broken/);
    const again = await judge('--world', world('fatigue'), '--seeds', '2', '--policy', 'uniform');
    assert.equal(again.standings[0].broken, 0);
    assert.ok(again.standings[0].regret.mean > 0);
  });

  it('tells of a store what another choice of the drawn cards would have earned', async () => {
    mkdirSync(bench.path('told'));
    for (const [name, text] of Object.entries(TOLD_PLAYBOOK)) bench.write(`told/${name}`, text);
    assert.ok(loadPlaybook(bench.path('told'), Date.now()));
    const at = Date.now() - 60 * DAY;
    const random = createRandom('store');
    const facts = Array.from({ length: 1_200 }, (_, i) => {
      const account = `t:account:${i}`;
      const play = random() < 0.6 ? 'first' : 'second';
      const opening = `${play}|${account}|opened`;
      const among = ['first', 'second'].map((one) => ({
        play: one,
        record: account,
        probability: one === 'first' ? 0.6 : 0.4,
      }));
      const draw = { probability: play === 'first' ? 0.6 : 0.4, among };
      const answer = { play, record: account, opening, scope: 'rep', executed: true };
      const isAnswered = random() < (play === 'first' ? 0.1 : 0.4);
      return [
        tell('seen', account, at, { opening, draw }, [account]),
        tell('response', account, at + DAY, { ...answer, response: { kind: 'done' } }, [account]),
        ...(isAnswered
          ? [
              tell('replied', account, at + 2 * DAY, {}, [account], {
                by: `t:contact:${i}`,
                grade: 'buyer-verified',
              }),
            ]
          : []),
      ];
    }).flat();
    const store = openFileStore(bench.path('store'));
    const agent = await createAgent({ store, clock: { now: () => Date.now() } });
    const { refused } = await agent.record(facts, { history: true });
    assert.deepEqual(refused, []);
    await store.close();
    const given = ['--log', 'store', '--playbook', 'told', '--success', 'replied'];
    const { code, rounds, policies } = await judge(...given, '--policy', 'given,only=second');
    assert.deepEqual([code, rounds], [0, 1_200]);
    assert.deepEqual(
      policies.map(({ verdict }: { verdict: string }) => verdict),
      ['worse', 'better'],
    );
    near(policies[1].estimates.dr.value, 0.4, 0.06);
    const { err } = await bench.ask('simulate', '--log', 'store', '--policy', 'uniform');
    assert.match(err, /a store needs --playbook and --success/);
  });
});

const DATA = process.env.OPPORTUNE_TEST_DATA;
describe('opportune simulate on the Open Bandit data', {
  skip: DATA === undefined && 'OPPORTUNE_TEST_DATA is not set',
}, () => {
  it('knows all items, and refuses to say what uniform choice would earn', async () => {
    const bench = await openCommandBench();
    const file = join(DATA ?? '', 'open-bandit/bts/men/men.csv');
    const { code, out } = await bench.ask(
      ...['simulate', '--log', file, '--policy', 'uniform', '--json'],
    );
    bench.end();
    const { actions, policies } = JSON.parse(out);
    assert.equal(actions.length, 34);
    assert.equal(code, 1);
    near(policies[0].estimates.ips.value, 0.003008626327);
    near(policies[0].estimates.snips.value, 0.003189423162);
    near(policies[0].weights.effective, 655.7098496, 1e-6);
    near(policies[0].weights.mean, 0.9433136257);
    near(policies[0].weights.largest, 178.2531194, 1e-6);
  });
});
