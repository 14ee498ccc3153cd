/**
 * What wins: how often findings are false and how often a planted effect is found, over worlds of which the truth is
 * known, and how long the engine takes on one core. `npm run bench -- patterns 60` makes 60 worlds of each kind instead
 * of 500. With OPPORTUNE_TEST_DATA set, itemsets of chess.dat are timed too. Each timing runs in a process of its own,
 * so that peak memory is that of one thing.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../src/analyze/confirm.js';
import { findPatterns } from '../src/analyze/find-patterns.js';
import { middleDifference } from '../src/analyze/middle-difference.js';
import { runThrough } from '../src/core/run-sliced.js';
import { median, wilsonInterval } from '../src/core/statistics.js';
import { AMOUNT_WORLDS, drawAmounts } from '../test/amounts-of-sellers.js';
import { createPatternWorld, type WorldOptions } from '../test/pattern-world.js';
import { runTiming, TIMINGS } from './patterns-timing.js';
import { STAR_MEASURES, tryStarMeasure } from './star-measures.js';

const CHILD = '--one-timing';
const ADJUST_FOR = ['account.segment', 'account.territory'];

interface Kind {
  readonly title: string;
  readonly world: Omit<WorldOptions, 'seed'>;
  readonly isAboutStars?: boolean;
  /** The table does not say who sold. */
  readonly hidesSellers?: boolean;
}

const KINDS: readonly Kind[] = [
  { title: 'no effect', world: {} },
  { title: 'no effect, 12 sellers with 40 deals', world: { sellers: 12, deals: 40 } },
  {
    title: 'no effect, but size, talent, copies and leaks that look like one',
    world: { isConfounded: true, talentedHave: true, talent: 0.12, copies: 40, hasLeaks: true },
  },
  { title: 'no effect on an amount', world: { isAmount: true } },
  {
    title: 'no effect on days or money, which have a long tail',
    world: { isAmount: true, isSkewed: true },
  },
  {
    title: 'no effect on days or money, but size, talent, copies and leaks that look like one',
    world: {
      ...{ isAmount: true, isSkewed: true, isConfounded: true, talentedHave: true },
      ...{ talent: 0.3, copies: 40, hasLeaks: true },
    },
  },
  { title: 'no effect, sellers alike and not told', world: { talent: 0 }, hidesSellers: true },
  {
    title: 'no effect, sellers who differ in talent and habits, and are not told',
    world: {},
    hidesSellers: true,
  },
  { title: 'stars do as all others', world: { sellers: 100, deals: 25 }, isAboutStars: true },
  {
    title: 'one habit, 0.10 more won, sellers alike and not told',
    world: { talent: 0, effect: { habits: [3], size: 0.1 } },
    hidesSellers: true,
  },
  { title: 'one habit, 0.10 more won', world: { effect: { habits: [3], size: 0.1 } } },
  { title: 'one habit, 0.15 more won', world: { effect: { habits: [3], size: 0.15 } } },
  {
    title: 'two habits, 0.25 more won with both',
    world: { effect: { habits: [3, 4], size: 0.25 } },
  },
  {
    title: 'one habit, 0.15 more won, among all that misleads',
    world: {
      effect: { habits: [3], size: 0.15 },
      isConfounded: true,
      talentedHave: true,
      talent: 0.12,
      copies: 40,
      hasLeaks: true,
    },
  },
  {
    title: 'one habit, an amount higher by 0.3 standard deviations',
    world: { isAmount: true, effect: { habits: [3], size: 0.3 } },
  },
  {
    title: 'one habit, days or money higher by 0.3 standard deviations, with a long tail',
    world: { isAmount: true, isSkewed: true, effect: { habits: [3], size: 0.3 } },
  },
  {
    title: 'one habit, days or money lower by 0.3 standard deviations, among all that misleads',
    world: {
      ...{ isAmount: true, isSkewed: true, isConfounded: true, talentedHave: true },
      ...{ talent: 0.3, copies: 40, hasLeaks: true, effect: { habits: [3], size: -0.3 } },
    },
  },
  {
    title: 'stars with a habit of their own, 150 sellers',
    world: {
      sellers: 150,
      deals: 25,
      talent: 0.15,
      talentedHave: true,
      effect: { habits: [2], size: 0 },
    },
    isAboutStars: true,
  },
];

const [, , ...rest] = process.argv;
if (rest[0] === CHILD) await runTiming(String(rest[1]));
else {
  const runs = Number(rest[1] ?? 500);
  console.log(
    `\n${runs} worlds of each kind: 40 sellers with 60 deals unless said, 12 habits, 5 other attributes, up to 2 conditions.\n` +
      'Level 0.05 for any false finding. False: a confirmed pattern with a condition that has no effect.',
  );
  // `npm run bench -- patterns 60 amount`: the worlds whose title has the word, and no timings.
  const word = rest[2];
  for (const kind of KINDS)
    if (word === undefined || kind.title.includes(word)) reportKind(kind, runs);
  for (const kind of STAR_MEASURES)
    if (word === undefined || kind.title.includes(word)) reportStarMeasure(kind, runs);
  for (const kind of AMOUNT_WORLDS)
    if (word === undefined || 'in the middle'.includes(word)) reportMiddle(kind, runs);
  for (const name of word === undefined ? TIMINGS : []) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), CHILD, name],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    console.log(stdout.trimEnd());
  }
}

function reportKind({ title, world, isAboutStars, hidesSellers }: Kind, runs: number): void {
  const planted = new Set(world.effect?.habits.map((habit) => `habit.${habit}`));
  const isPlanted = ({ pattern }: Finding): boolean =>
    pattern.length === planted.size && pattern.every(({ attribute }) => planted.has(attribute));
  const isFalse = ({ pattern }: Finding): boolean =>
    pattern.some(({ attribute }) => !planted.has(attribute));
  let [falseRuns, falseFindings, findings, hits, held] = [0, 0, 0, 0, 0];
  const smallest: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { table, talented } = createPatternWorld({ ...world, seed: `${title} ${run}` });
    const { sellers: _, ...untold } = table;
    const found = runThrough(
      findPatterns(hidesSellers ? untold : table, {
        adjustFor: isAboutStars ? ['account.segment'] : ADJUST_FOR,
        seed: run,
        ...(isAboutStars && { stars: talented }),
      }),
    );
    const confirmed = found.findings.filter((one) => one.confirmed);
    findings += confirmed.length;
    falseFindings += confirmed.filter(isFalse).length;
    if (confirmed.some(isFalse)) falseRuns++;
    const hit = confirmed.find(isPlanted);
    if (hit) {
      hits++;
      const size = Math.abs(world.effect?.size ?? 0);
      const [low, high] = hit.interval.map(Math.abs).sort((a, b) => a - b) as [number, number];
      if (low <= size && size <= high) held++;
    }
    if (found.noDriver?.smallestEffect !== undefined) smallest.push(found.noDriver.smallestEffect);
  }
  console.log(`\n${title}`);
  console.log(`  runs with a false finding      ${share(falseRuns, runs)}`);
  if (findings > 0)
    console.log(`  of the findings, false         ${share(falseFindings, findings)}`);
  if (planted.size > 0) console.log(`  the planted effect found       ${share(hits, runs)}`);
  if (hits > 0 && world.effect?.size)
    console.log(`  its interval holds the truth   ${share(held, hits)}`);
  smallest.sort((a, b) => a - b);
  if (smallest.length > 0)
    console.log(
      `  smallest effect named          ${smallest[smallest.length >> 1]?.toFixed(3)} (median)`,
    );
}

/** What stars have more or less of: one test, so that a false one is any that is said where there is nothing. */
function reportStarMeasure(kind: (typeof STAR_MEASURES)[number], runs: number): void {
  const tried = Array.from({ length: runs }, (_, run) => tryStarMeasure(kind, run));
  const asked = tried.flatMap((one) => one ?? []);
  console.log(`\n${kind.title}`);
  console.log(`  runs with five stars or more   ${share(asked.length, runs)}`);
  const [said, right] = [
    asked.filter(({ isSaid }) => isSaid),
    asked.filter(({ isRight }) => isRight),
  ];
  if (kind.effect === 0)
    console.log(`  of these, with a difference    ${share(said.length, asked.length)}`);
  else console.log(`  of these, the difference found ${share(right.length, asked.length)}`);
}

/** How often the interval of the difference in the middle of pairs holds what was planted. */
function reportMiddle({ title, world }: (typeof AMOUNT_WORLDS)[number], runs: number): void {
  const told = Array.from({ length: runs }, (_, run) => {
    const amounts = drawAmounts({ ...world, seed: `${title} ${run}` });
    return middleDifference(amounts.has, amounts)?.interval ?? [];
  }).flatMap(([low, high]) => (low === undefined || high === undefined ? [] : [{ low, high }]));
  const held = told.filter(({ low, high }) => low <= 1 && 1 <= high);
  const widths = told.map(({ low, high }) => high - low);
  console.log(`\nin the middle of pairs, 1 more: ${title}`);
  console.log(`  runs with an interval          ${share(told.length, runs)}`);
  console.log(`  it holds the truth             ${share(held.length, told.length)}`);
  console.log(`  how wide it is                 ${median(widths).toFixed(2)} (median)`);
}

function share(count: number, of: number): string {
  const [low, high] = wilsonInterval(count, of);
  const percent = (one: number): string => (100 * one).toFixed(1);
  return `${percent(count / of)} % (${percent(low)} to ${percent(high)})`;
}
