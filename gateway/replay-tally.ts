import type { RecordId } from 'opportune';
import { compareOpenings, type Replacement } from '../src/replay.js';
import type { Displacement, Displacements } from '../src/replay-cards.js';
import type { Replayed } from '../src/replay-journey.js';
import { createListing, type Listing } from './replay-list.js';
import type { Spill } from './spill.js';

/** How often each play opened, counted as accounts go by. */
export interface PlayTally {
  readonly openings: number;
  readonly accounts: number;
  readonly reps: number;
  readonly stillOpen: number;
}

export interface OpeningTally {
  /** All of one account. */
  add(openings: readonly Replayed[]): void;
  readonly openings: Listing<Replayed>;
  plays(): ReadonlyMap<string, PlayTally>;
}

export function createOpeningTally(spill: Spill | undefined): OpeningTally {
  const openings = listOpenings('openings', spill);
  const plays = new Map<string, PlayTally & { readonly owners: Set<RecordId> }>();
  return {
    openings,
    add(all) {
      const seen = new Set<string>();
      for (const one of all) {
        openings.add(one);
        const { play, owner, end } = one;
        const held = plays.get(play);
        const owners = held?.owners ?? new Set();
        if (owner !== undefined) owners.add(owner);
        plays.set(play, {
          openings: (held?.openings ?? 0) + 1,
          accounts: (held?.accounts ?? 0) + Number(!seen.has(play)),
          stillOpen: (held?.stillOpen ?? 0) + Number(end === undefined),
          reps: owners.size,
          owners,
        });
        seen.add(play);
      }
    },
    plays: () => plays,
  };
}

export function listOpenings(name: string, spill: Spill | undefined): Listing<Replayed> {
  return createListing<Replayed>({
    name,
    spill,
    momentOf: ({ begin }) => begin,
    compare: compareOpenings,
  });
}

/** Counts by a few words, most frequent first. */
export interface Tally<Row> {
  add(row: Row): void;
  rows(): readonly (Row & { readonly times: number })[];
}

function createTally<Row extends object>(): Tally<Row> {
  const counts = new Map<string, number>();
  return {
    add(row) {
      const key = JSON.stringify(row);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    rows: () =>
      [...counts]
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .map(([key, times]) => ({ ...(JSON.parse(key) as Row), times })),
  };
}

/** A rep would have seen one play where the other playbook shows another, or none. */
export interface Instead {
  readonly owner?: RecordId;
  readonly before?: string;
  readonly after?: string;
}

export function createInsteadTally(): Tally<Instead> & {
  addAll(all: readonly Replacement[]): void;
} {
  const tally = createTally<Instead>();
  return {
    ...tally,
    addAll(all) {
      for (const { owner, before, after } of all)
        tally.add({
          ...(owner !== undefined && { owner }),
          ...(before && { before: before.play }),
          ...(after && { after: after.play }),
        });
    },
  };
}

export interface DisplacedRow extends Displacement {
  readonly before: number;
  readonly after: number;
}

/** How often a play displaces another one under the first playbook, and under the second. */
export interface DisplacementTally {
  add(displaced: Displacements): void;
  rows(): readonly DisplacedRow[];
}

export function createDisplacementTally(): DisplacementTally {
  const tally = createTally<Displacement & { readonly side: 'before' | 'after' }>();
  return {
    add(displaced) {
      for (const side of ['before', 'after'] as const)
        for (const { play, by } of displaced[side].values()) tally.add({ play, by, side });
    },
    rows() {
      const pairs = new Map<string, DisplacedRow>();
      for (const { play, by, side, times } of tally.rows()) {
        const key = `${by}|${play}`;
        pairs.set(key, { before: 0, after: 0, play, by, ...pairs.get(key), [side]: times });
      }
      return [...pairs.values()].sort((a, b) => b.after + b.before - a.after - a.before);
    },
  };
}
