import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseGroups, type Group, groupsFor, LEAST } from './choose-groups.js';

const rep = (n: number): string => `crm:rep:${n}`;

/** Rank over the rationals, by Gauss, of rows of a few whole numbers. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column++) {
    const found = left.findIndex((row, i) => i >= rank && Math.abs(row[column] ?? 0) > 1e-9);
    if (found < 0) continue;
    [left[rank], left[found]] = [left[found] as number[], left[rank] as number[]];
    const pivot = left[rank] as number[];
    for (const [i, row] of left.entries())
      if (i !== rank) {
        const times = (row[column] ?? 0) / (pivot[column] ?? 1);
        for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - times * (pivot[j] ?? 0);
      }
    rank++;
  }
  return rank;
}

function* subsets(all: readonly number[], size: number): Generator<readonly number[]> {
  if (size === 0) yield [];
  else
    for (const [i, first] of all.entries())
      for (const rest of subsets(all.slice(i + 1), size - 1)) yield [first, ...rest];
}

/**
 * Whoever knows some totals and the own numbers combines them in any way: fewer than five other reps who are all that is
 * left in one of the combinations, or undefined where there is none.
 */
function attack(
  groups: readonly Group[],
  count: number,
  asker: number | undefined,
): readonly number[] | undefined {
  const all = Array.from({ length: count }, (_, n) => n);
  const rows = groups.map(({ reps }) => all.map((n) => (reps.includes(rep(n)) ? 1 : 0)));
  const others = all.filter((n) => n !== asker);
  const restOf = (known: readonly number[]): number =>
    rankOf(rows.map((row) => row.filter((_, n) => n !== asker && !known.includes(n))));
  const whole = restOf([]);
  for (let size = 1; size < LEAST; size++)
    for (const few of subsets(others, size)) if (restOf(few) < whole) return few;
  return undefined;
}

const worlds = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 16,
});
const toTeams = (world: readonly (readonly string[])[]): Map<string, readonly string[]> =>
  new Map(world.map((teams, n) => [rep(n), teams]));

describe('groups of reps', () => {
  it('leave nothing about fewer than five reps, however whoever sees all of them adds and subtracts', () => {
    let shown = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const groups = chooseGroups(toTeams(world));
        shown += groups.length;
        assert.equal(attack(groups, world.length, undefined), undefined);
      }),
      { numRuns: 300, seed: 20261130 },
    );
    assert.ok(shown > 150, `${shown} groups: the rest would prove nothing`);
  });

  it('leave nothing about fewer than five others to one of the reps, who takes out the own numbers', () => {
    fc.assert(
      fc.property(worlds, fc.nat(15), (world, n) => {
        const asker = n % world.length;
        const groups = groupsFor(rep(asker), chooseGroups(toTeams(world)));
        assert.equal(attack(groups, world.length, asker), undefined);
      }),
      { numRuns: 300, seed: 20261130 },
    );
  });

  it('would be found out by this attack: six, five of them, and the one who is left', () => {
    const reps = [0, 1, 2, 3, 4, 5].map(rep);
    assert.deepEqual(attack([{ reps }, { reps: reps.slice(1) }], 6, undefined), [0]);
    assert.deepEqual(attack([{ reps: reps.slice(1) }], 6, 1), [2, 3, 4, 5]);
    const rings = [
      [0, 1, 2, 3, 4],
      [3, 4, 5, 6, 7],
      [0, 1, 2, 5, 6, 7],
    ];
    // None is within another; half of the sum less the third is two reps.
    const groups = rings.map((ring) => ({ reps: ring.map(rep) }));
    assert.deepEqual(attack(groups, 8, undefined), [3, 4]);
  });

  const teams = (sizes: { readonly [team: string]: number }): Map<string, readonly string[]> => {
    const world = Object.entries(sizes).flatMap(([team, size]) => Array(size).fill([team]));
    return toTeams(world);
  };
  const told = (sizes: { readonly [team: string]: number }): readonly string[] =>
    chooseGroups(teams(sizes)).map(({ team = 'everyone', reps }) => `${team} ${reps.length}`);

  it('are teams of five and more, and everyone when the rest is none or five', () => {
    assert.deepEqual(told({ north: 6, south: 5 }), ['north 6', 'south 5', 'everyone 11']);
    assert.deepEqual(told({ north: 6, south: 4 }), ['north 6']);
    assert.deepEqual(told({ north: 6, south: 4, west: 1 }), ['north 6', 'everyone 11']);
    assert.deepEqual(told({ north: 3, south: 3 }), ['everyone 6']);
    assert.deepEqual(told({ north: 4 }), []);
  });

  it('of five are not for one of the five', () => {
    const groups = chooseGroups(teams({ north: 5, south: 6 }));
    assert.deepEqual(
      groupsFor(rep(0), groups).map(({ team }) => team),
      ['south'],
    );
    assert.equal(groupsFor(rep(5), groups).length, 3);
    assert.equal(groupsFor(undefined, groups).length, 3);
  });
});
