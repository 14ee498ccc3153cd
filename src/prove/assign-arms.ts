import { hashUnit } from '../core/hash-unit.js';
import { push } from '../core/push.js';

/** Who is dealt an arm: a buying group, so that people who talk to each other see the same. */
export interface Unit {
  readonly id: string;
  /** Units that are alike; each of these is dealt out evenly. */
  readonly stratum: string;
}

/**
 * The arm of each unit, a number below `arms`. Who has one in `held` keeps it. The others are dealt out in the order of
 * their hash, each to the arm that has fewest in its stratum, ties to the one that has fewest of all, then by hash: the
 * same units with the same salt get the same arms on every machine, whatever order they come in.
 */
export function assignArms(
  units: readonly Unit[],
  {
    arms,
    salt,
    held = new Map(),
  }: { readonly arms: number; readonly salt: string; readonly held?: ReadonlyMap<string, number> },
): ReadonlyMap<string, number> {
  const byStratum = new Map<string, Unit[]>();
  for (const unit of units) push(byStratum, unit.stratum, unit);
  const assigned = new Map<string, number>();
  const ofAll = new Array<number>(arms).fill(0);
  for (const [, own] of [...byStratum].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const inStratum = new Array<number>(arms).fill(0);
    const take = (id: string, arm: number): void => {
      assigned.set(id, arm);
      inStratum[arm] = (inStratum[arm] ?? 0) + 1;
      ofAll[arm] = (ofAll[arm] ?? 0) + 1;
    };
    const open: { readonly id: string; readonly draw: number }[] = [];
    for (const { id } of own) {
      const arm = held.get(id);
      if (arm === undefined) open.push({ id, draw: hashUnit(`arms/${salt}/${id}`) });
      else take(id, arm);
    }
    open.sort((a, b) => a.draw - b.draw || (a.id < b.id ? -1 : 1));
    for (const { id } of open) take(id, emptiestArm([inStratum, ofAll], `${salt}/${id}`));
  }
  return assigned;
}

/** The first list decides, then the next; among arms that are alike in all of them, the hash of the unit. */
function emptiestArm(counts: readonly (readonly number[])[], unit: string): number {
  let left = (counts[0] ?? []).map((_, arm) => arm);
  for (const list of counts) {
    const fewest = Math.min(...left.map((arm) => list[arm] as number));
    left = left.filter((arm) => list[arm] === fewest);
  }
  return left[Math.floor(hashUnit(`tie/${unit}`) * left.length)] as number;
}
