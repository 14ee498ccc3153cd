/**
 * Tries of reps, as a rep sees them who looks every day: how often there is a winner where there is none, how often and how
 * soon one where there is one, and how often harm ends one. Whole tries: dealt out, seen over four weeks, judged from facts.
 */
import { wilsonInterval } from '../src/core/statistics.js';
import { lookDaily, runTry, type TryTruth } from '../test/try-runs.js';

const RUNS = Number(process.argv[3] ?? 1_000);

interface World {
  readonly name: string;
  readonly accounts: number;
  readonly truth: TryTruth;
}

const WORLDS: readonly World[] = [
  ...[0.1, 0.3, 0.5].map((rate) => ({
    name: `no difference, ${rate} act`,
    accounts: 60,
    truth: { usual: rate, new: rate },
  })),
  { name: 'no difference, 0.3 act', accounts: 20, truth: { usual: 0.3, new: 0.3 } },
  ...[0.5, 0.65, 0.8].map((rate) => ({
    name: `0.2 against ${rate}`,
    accounts: 60,
    truth: { usual: 0.2, new: rate },
  })),
  { name: '0.8 against 0.2', accounts: 60, truth: { usual: 0.8, new: 0.2 } },
  {
    name: 'no difference, half of the new ones complain',
    accounts: 60,
    truth: { usual: 0.3, new: 0.3, complains: { usual: 0.02, new: 0.5 } },
  },
];

const percent = (count: number): string => {
  const [low, high] = wilsonInterval(count, RUNS);
  return `${((100 * count) / RUNS).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
};

console.log(`\n${RUNS} tries each, looked at every day; stated rate of false winners 5 %\n`);
console.log(
  '| world | accounts | better | worse | ended by a guardrail | day of the winner, middle |',
);
console.log('| --- | ---: | --- | --- | --- | ---: |');
for (const { name, accounts, truth } of WORLDS) {
  const ended = Array.from({ length: RUNS }, (_, run) =>
    lookDaily(runTry(`bench ${name} ${accounts} ${run}`, accounts, truth)),
  );
  const share = (is: string): string => percent(ended.filter((one) => one.is === is).length);
  const won = ended.filter(({ is }) => is === 'better' || is === 'worse').map(({ day }) => day);
  won.sort((a, b) => a - b);
  const middle = won.length > RUNS / 20 ? String(won[Math.floor(won.length / 2)]) : '';
  console.log(
    `| ${name} | ${accounts} | ${share('better')} | ${share('worse')} | ${share('guardrail')} | ${middle} |`,
  );
}
