/**
 * Plans of a day for 500 and 10,000 accounts with ten cards each: how far they lie from the bound, and what they take.
 * Beside it what cards in order of their priority would bring, and a plan made anew by prices when a card falls away.
 * The main thread's own time tells more than the clock where much else runs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { buildModel } from '../src/day/build-model.js';
import type { DayPlan } from '../src/day/day-plan.js';
import type { DayProblem } from '../src/day/day-problem.js';
import { loadHighsSolver } from '../src/day/highs-solver.js';
import { replanDay } from '../src/day/replan-day.js';
import { solveDay } from '../src/day/solve-day.js';
import { toProgram } from '../src/day/to-program.js';
import { createUsage } from '../src/day/usage.js';
import { createDayWorld } from './day-world.js';

/** Milliseconds of the processor that the main thread has used; of the whole process where the system does not tell. */
function mainThreadMs(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (existsSync(file)) return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

interface Timed<Result> {
  readonly result: Result;
  readonly mainMs: number;
  readonly wallMs: number;
}

function timed<Result>(work: () => Result): Timed<Result> {
  const main = mainThreadMs();
  const wall = performance.now();
  const result = work();
  return { result, mainMs: mainThreadMs() - main, wallMs: performance.now() - wall };
}

/** Cards in the order of their priority, each where it fits. */
function greedyWorth(problem: DayProblem): number {
  const model = buildModel(problem);
  const usage = createUsage(model, toProgram(model));
  const order = [...model.columns.keys()].sort(
    (a, b) => (model.columns[b]?.value ?? 0) - (model.columns[a]?.value ?? 0),
  );
  let worth = 0;
  for (const column of order) {
    if (usage.findFull(column) !== undefined) continue;
    usage.add(column);
    worth += model.columns[column]?.value ?? 0;
  }
  return worth;
}

const gap = ({ value, bound }: DayPlan): string => `${(100 * (1 - value / bound)).toFixed(4)} %`;
const seconds = ({ mainMs, wallMs }: Timed<unknown>): string =>
  `${(mainMs / 1000).toFixed(2)} s of the main thread, ${(wallMs / 1000).toFixed(2)} s by the clock`;

const loading = performance.now();
const solver = await loadHighsSolver();
console.log(`the solver loads in ${Math.round(performance.now() - loading)} ms`);
// The first plan compiles the solver's code as well.
solveDay(createDayWorld({ seed: 0, accounts: 100 }), solver);

const cases = [
  { accounts: 500, reps: 20, hours: 8, bar: 'within 1 % in 3 s' },
  { accounts: 10_000, reps: 20, hours: 24, bar: 'within 0.02 % in 5 s' },
  { accounts: 10_000, reps: 400, hours: 8, bar: 'none: a knapsack for each of many reps' },
];
for (const { bar, ...world } of cases) {
  const free = createDayWorld({ seed: 1, ...world });
  const known = byId(free);
  const plain = timed(() => solveDay(free, solver));
  const reached = (goal: string): number =>
    plain.result.items.reduce((sum, { candidate }) => {
      const found = known.get(candidate);
      return sum + (found?.goals[goal] ?? 0);
    }, 0);
  const floors = ['revenue', 'retention', 'learning'].map((goal) => ({
    goal,
    least: 1.1 * reached(goal),
  }));
  const held = createDayWorld({ seed: 1, ...world, floors });
  const floored = timed(() => solveDay(held, solver));
  console.log(`\n${world.accounts} accounts, ${world.reps} reps of ${world.hours} h; ${bar}`);
  console.log(`  no floors         ${gap(plain.result)} from the bound, ${seconds(plain)}`);
  console.log(
    `  floors at +10 %   ${gap(floored.result)} from the bound${floored.result.clash ? ', of what can be had' : ''}, ${seconds(floored)}`,
  );
  const greedy = greedyWorth(free);
  console.log(
    `  by priority       ${(100 * (1 - greedy / plain.result.bound)).toFixed(2)} % from the bound`,
  );
}

const one = createDayWorld({ seed: 2, accounts: 25 });
const plan = solveDay(one, solver);
const done = plan.items[0]?.candidate;
const later = { ...one, candidates: one.candidates.filter(({ id }) => id !== done) };
const first = timed(() => replanDay(later, plan));
const again = timed(() => replanDay(later, plan));
const exact = solveDay(later, solver);
console.log(`\na rep's day with 250 cards, one of them done: the bar is 200 ms`);
console.log(
  `  made anew         ${first.mainMs.toFixed(1)} ms the first time, ${again.mainMs.toFixed(1)} ms again; ${(100 * (1 - first.result.value / exact.value)).toFixed(2)} % below the solver's, at most ${(100 * (1 - first.result.value / first.result.bound)).toFixed(2)} % by its own bound`,
);
const { rss } = process.memoryUsage();
console.log(
  `\nmost memory       ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, now ${Math.round(rss / 2 ** 20)} MB`,
);

function byId(problem: DayProblem): ReadonlyMap<string, DayProblem['candidates'][number]> {
  return new Map(problem.candidates.map((candidate) => [candidate.id, candidate]));
}
