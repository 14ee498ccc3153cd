/**
 * Small trials, looked at every day: how often there is a winner where there is none, and how often and how soon one
 * where there is one. One account a day becomes known.
 */
import { createRandom } from '../src/core/random.js';
import { wilsonInterval } from '../src/core/statistics.js';
import { assignArms } from '../src/prove/assign-arms.js';
import { compareArms, type Measured } from '../src/prove/compare-arms.js';
import { judgeEstimate, type Verdict } from '../src/prove/verdict.js';

const ALPHA = 0.05;
const RUNS = 2_000;

interface World {
  readonly name: string;
  readonly accounts: number;
  readonly matters: number;
  /** The outcome of one account, and what was known before. */
  draw(random: () => number, arm: number, stratum: string): Pick<Measured, 'outcome' | 'before'>;
  /** How much more the second arm has in truth. */
  effect(stratum: string): number;
}

type Lived = Pick<World, 'draw' | 'effect'>;
const tiltOf = (stratum: string): number => (stratum === 'large' ? 1.2 : 0.8);

/** Large accounts say yes more often; the mean over both strata is what is named. */
const yesNo = (control: number, treated = control): Lived => ({
  draw: (random, arm, stratum) => ({
    outcome: random() < tiltOf(stratum) * (arm === 0 ? control : treated) ? 1 : 0,
  }),
  effect: (stratum) => tiltOf(stratum) * (treated - control),
});

/** Half of the accounts buy for amounts of which few are very large; what they bought before tells half of it. */
const money: Lived = {
  draw(random) {
    const size = Math.exp(1.2 * normal(random));
    const buys = random() < 0.5;
    return { before: size, outcome: buys ? size * Math.exp(0.5 * normal(random)) : 0 };
  },
  effect: () => 0,
};

const WORLDS: readonly World[] = [
  ...[0.05, 0.2, 0.5, 0.8].map((rate) => ({
    name: `no difference, ${rate} yes`,
    accounts: 60,
    matters: 0.15,
    ...yesNo(rate),
  })),
  { name: 'no difference, skewed money', accounts: 60, matters: 0.3, ...money },
  { name: 'no difference, 0.2 yes', accounts: 400, matters: 0.15, ...yesNo(0.2) },
  { name: 'no difference, skewed money', accounts: 400, matters: 0.3, ...money },
  ...[0.35, 0.5, 0.65, 0.8].map((rate) => ({
    name: `0.2 against ${rate} yes`,
    accounts: 60,
    matters: 0.15,
    ...yesNo(0.2, rate),
  })),
  ...[0.35, 0.5].map((rate) => ({
    name: `0.2 against ${rate} yes`,
    accounts: 400,
    matters: 0.15,
    ...yesNo(0.2, rate),
  })),
];

interface Ended {
  readonly is: Verdict['is'];
  readonly after: number;
  /** The interval held the truth at every look, also after the verdict. */
  readonly held: boolean;
}

/** What an estimate over these accounts would be without chance: strata weigh by what both arms can tell. */
function truthOf(known: readonly Measured[], effect: World['effect']): number {
  let [sum, weights] = [0, 0];
  for (const stratum of ['large', 'small']) {
    const [c, t] = [0, 1].map(
      (arm) => known.filter((one) => one.arm === arm && one.stratum === stratum).length,
    ) as [number, number];
    const weight = c * t === 0 ? 0 : (c * t) / (c + t);
    sum += weight * effect(stratum);
    weights += weight;
  }
  return sum / weights;
}

function runTrial({ accounts, matters, draw, effect }: World, run: number): Ended {
  const random = createRandom(`trial ${run}`);
  const ids = Array.from({ length: accounts }, (_, i) => ({
    id: `t:account:${run}-${i}`,
    stratum: i % 3 === 0 ? 'large' : 'small',
  }));
  const arms = assignArms(ids, { arms: 2, salt: `run ${run}` });
  const known: Measured[] = [];
  let first: Omit<Ended, 'held'> | undefined;
  let held = true;
  for (const { id, stratum } of ids) {
    const arm = arms.get(id) ?? 0;
    known.push({ arm, stratum, ...draw(random, arm, stratum) });
    const options = { alpha: ALPHA, planned: accounts };
    const estimate = compareArms(known, 1, options);
    const { is } = judgeEstimate(estimate, { ...options, matters });
    if (estimate) {
      const truth = truthOf(known, effect);
      held &&= estimate.interval[0] <= truth && truth <= estimate.interval[1];
    }
    if (is !== 'not-enough-yet') first ??= { is, after: known.length };
  }
  return { ...(first ?? { is: 'not-enough-yet', after: accounts }), held };
}

const percent = (count: number): string => {
  const [low, high] = wilsonInterval(count, RUNS);
  return `${((100 * count) / RUNS).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
};

console.log(
  `\n${RUNS} trials each, looked at after every account; stated rate of false winners ${100 * ALPHA} %\n`,
);
console.log(
  '| world | accounts | better | worse | no difference that matters | accounts until a winner, middle | interval holds the truth at every look |',
);
console.log('| --- | ---: | --- | --- | --- | ---: | --- |');
for (const world of WORLDS) {
  const ended = Array.from({ length: RUNS }, (_, run) => runTrial(world, run));
  const share = (is: Verdict['is']): string => percent(ended.filter((one) => one.is === is).length);
  const times = ended.filter(({ is }) => is === 'better').map(({ after }) => after);
  times.sort((a, b) => a - b);
  const middle = times.length > RUNS / 20 ? String(times[Math.floor(times.length / 2)]) : '';
  console.log(
    `| ${world.name} | ${world.accounts} | ${share('better')} | ${share('worse')} | ${share('no-difference-that-matters')} | ${middle} | ${percent(ended.filter(({ held }) => held).length)} |`,
  );
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
