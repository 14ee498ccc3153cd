/**
 * Policies in five simulated teams, over seeds that nothing was tuned on: `held 0` to `held 49`. What was tuned was tuned on
 * `tune 0` to `tune 11`. OPPORTUNE_WORLDS names some of the worlds.
 */
import {
  comparePolicies,
  type Interval,
  POLICIES,
} from '../gateway/simulating/compare-policies.js';
import { readWorld } from '../gateway/simulating/world.js';

const SEEDS = 50;
const WORLDS = ['stationary', 'drifting', 'delayed', 'confounded', 'fatigue'];

const percent = ({ mean, low, high }: Interval): string =>
  `${(100 * mean).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

console.log(`\nRegret as a share of what the oracle earns, ${SEEDS} seeds, 95 % intervals\n`);
console.log(`| world | ${POLICIES.join(' | ')} | ours is | rules broken |`);
console.log(`| --- | ${POLICIES.map(() => '--- |').join(' ')} --- | ---: |`);
for (const name of process.env.OPPORTUNE_WORLDS?.split(',') ?? WORLDS) {
  const world = readWorld(`examples/worlds/${name}.json`);
  const { standings, ours } = await comparePolicies(world, {
    policies: POLICIES,
    seeds: Array.from({ length: SEEDS }, (_, i) => `held ${i}`),
  });
  const cells = standings.map(({ share }) => percent(share));
  const broken = standings.reduce((sum, one) => sum + one.broken, 0);
  console.log(`| ${world.name} | ${cells.join(' | ')} | ${ours} | ${broken} |`);
}
