import { meanInterval } from '../../src/core/quantiles.js';
import {
  createGreedy,
  createLinUcb,
  createOracle,
  createThompson,
  createUniform,
} from './baselines.js';
import { createOurs } from './ours.js';
import type { Policy } from './policy.js';
import { runTeam } from './run-team.js';
import { createTeam, type Team } from './team.js';
import type { World } from './world.js';

const CREATE: { readonly [name: string]: (world: World, team: Team, seed: string) => Policy } = {
  ours: (world, team) => createOurs(world, team),
  uniform: (_, __, seed) => createUniform(seed),
  greedy: (_, team) => createGreedy(team),
  thompson: (_, team, seed) => createThompson(team, seed),
  linucb: createLinUcb,
};
export const POLICIES: readonly string[] = Object.keys(CREATE);

export interface Interval {
  readonly mean: number;
  /** 95 %, over seeds. */
  readonly low: number;
  readonly high: number;
}

export interface Standing {
  readonly policy: string;
  /** How much less than the oracle the cards earned in truth, in all days. */
  readonly regret: Interval;
  /** The same as a share of what the oracle earned. */
  readonly share: Interval;
  /** How much more regret it has than ours, seed by seed. */
  readonly beyondOurs?: Interval;
  /** Cards shown against contact policy, floor or rest. */
  readonly broken: number;
}

export interface Comparison {
  readonly world: string;
  readonly days: number;
  readonly seeds: number;
  /** What the oracle's cards earned, on average over seeds. */
  readonly oracle: number;
  /** Moments at which a rep looked, on average. */
  readonly moments: number;
  readonly standings: readonly Standing[];
  /** Ours has the lowest regret, or its interval overlaps that of the lowest; absent: it did not take part. */
  readonly ours?: 'lowest' | 'overlaps-the-lowest' | 'higher';
}

export interface CompareOptions {
  readonly policies: readonly string[];
  readonly seeds: readonly string[];
  /** Called after each seed; throws to stop. */
  readonly onSeed?: (done: number) => void;
}

/** Lets policies work in the same teams, and holds each to an oracle that knows the truth and shows what earns most now. */
export async function comparePolicies(
  world: World,
  { policies, seeds, onSeed }: CompareOptions,
): Promise<Comparison> {
  const best: number[] = [];
  const moments: number[] = [];
  const earned = new Map(policies.map((name) => [name, [] as number[]]));
  const broken = new Map(policies.map((name) => [name, 0]));
  for (const [i, seed] of seeds.entries()) {
    const team = createTeam(world, seed);
    const oracle = await runTeam(world, team, createOracle(team));
    best.push(oracle.worth.at(-1) ?? 0);
    moments.push(oracle.moments);
    for (const name of policies) {
      const create = CREATE[name] as (typeof CREATE)[string];
      const run = await runTeam(world, team, create(world, team, seed));
      earned.get(name)?.push(run.worth.at(-1) ?? 0);
      broken.set(name, (broken.get(name) ?? 0) + run.broken);
    }
    onSeed?.(i + 1);
  }
  const regretOf = (name: string): readonly number[] =>
    (earned.get(name) ?? []).map((worth, i) => (best[i] as number) - worth);
  const own = policies.includes('ours') ? regretOf('ours') : undefined;
  const standings = policies.map((policy): Standing => {
    const regret = regretOf(policy);
    return {
      policy,
      regret: intervalOf(regret),
      share: intervalOf(regret.map((one, i) => one / ((best[i] as number) || 1))),
      ...(own &&
        policy !== 'ours' && {
          beyondOurs: intervalOf(regret.map((one, i) => one - (own[i] as number))),
        }),
      broken: broken.get(policy) ?? 0,
    };
  });
  const ours = judgeOurs(standings);
  return {
    world: world.name,
    days: world.days,
    seeds: seeds.length,
    oracle: meanOf(best),
    moments: meanOf(moments),
    standings,
    ...(ours && { ours }),
  };
}

function judgeOurs(standings: readonly Standing[]): Comparison['ours'] {
  const own = standings.find(({ policy }) => policy === 'ours');
  if (!own) return undefined;
  const lowest = standings.reduce((least, one) =>
    one.regret.mean < least.regret.mean ? one : least,
  );
  if (lowest === own) return 'lowest';
  return own.regret.low <= lowest.regret.high ? 'overlaps-the-lowest' : 'higher';
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

/** Of one seed nothing is known but the value. */
function intervalOf(values: readonly number[]): Interval {
  if (values.length < 2)
    return { mean: meanOf(values), low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const {
    mean,
    interval: [low, high],
  } = meanInterval(values);
  return { mean, low, high };
}
