import { type Sliced, within } from '../core/run-sliced.js';
import {
  closedSequences,
  findSequences,
  happens,
  type Sequence,
  type SequenceLimits,
  type Step,
  type Timeline,
} from './find-sequences.js';
import type { Column, Table } from './table.js';

/** What was done on a deal, in order of time, in epoch milliseconds. */
export interface DealTimeline {
  readonly began: number;
  readonly steps: readonly Step[];
}

export interface BehaviourOptions {
  /**
   * What was done in so many days from the beginning counts, and deals decided sooner are left out: else a deal that
   * lasts longer, because the buyer is willing, would have more of everything (landmark analysis; Anderson, Cain, Gelber,
   * "Analysis of survival by tumor response", 1983).
   */
  readonly firstDays: number;
  /** Sequences that happen in a smaller share of the deals, or lack in one, are left out. Default 0.1. */
  readonly minShare?: number;
  /** Activities of one sequence. Default 3. */
  readonly mostKinds?: number;
  /** In days. */
  readonly limits?: SequenceLimits;
}

export interface Behaviour {
  /** With columns of what was done, of the deals that were still open after the first days. */
  readonly table: Table;
  /** Which rows of the table given those are. */
  readonly rows: Uint32Array;
  /** By id of its column. */
  readonly sequences: ReadonlyMap<string, Sequence>;
}

const DAY = 86_400_000;
/** More timelines than that are not searched for sequences; which ones happen is then looked up in all. */
const MOST_SEARCHED = 5_000;
/** Those that divide the deals most evenly. */
const MOST_SEQUENCES = 60;

/**
 * Adds how often each kind of activity came, on which day it first came, and which activities came after which. What
 * came on one day counts as at once: within a day the order in which things are written down says little.
 *
 * @param timelines one a row; their steps are in order of time
 */
export function* addBehaviour(
  table: Table,
  timelines: readonly DealTimeline[],
  { firstDays, minShare = 0.1, mostKinds = 3, limits = {} }: BehaviourOptions,
): Sliced<Behaviour> {
  const until = (row: number): number => (timelines[row] as DealTimeline).began + firstDays * DAY;
  const rows = Uint32Array.from(timelines, (_, row) => row).filter(
    (row) => table.decidedAt === undefined || (table.decidedAt[row] as number) >= until(row),
  );
  const byDay = Array.from(rows, (row) => daysOf(timelines[row] as DealTimeline, firstDays));
  yield 0.1;
  const knownAt = Float64Array.from(rows, until);
  const add = (id: string, type: Column['type'], values: Column['values']): Column => ({
    id,
    type,
    values,
    knownAt,
  });
  const kinds = [...new Set(byDay.flatMap((days) => days.flatMap((day) => day.kinds)))].sort();
  const counted = kinds.flatMap((kind) => [
    add(
      `activity.${kind}.count`,
      'number',
      byDay.map((days) =>
        days.reduce((sum, day) => sum + day.kinds.filter((one) => one === kind).length, 0),
      ),
    ),
    add(
      `activity.${kind}.firstDay`,
      'number',
      byDay.map((days) => days.find((day) => day.kinds.includes(kind))?.at),
    ),
  ]);
  yield 0.2;

  const step = Math.max(1, Math.ceil(byDay.length / MOST_SEARCHED));
  const searched = byDay.filter((_, i) => i % step === 0);
  const minCount = Math.max(1, Math.ceil(searched.length * minShare));
  const found = yield* within(
    findSequences(searched, { minCount, mostKinds, ...limits }),
    0.2,
    0.9,
  );
  const divides = ({ length }: readonly number[]): number =>
    Math.min(length, searched.length - length);
  const chosen = closedSequences(found)
    .filter(({ sequence, timelines: where }) => sequence.length > 1 && divides(where) >= minCount)
    .sort((one, other) => divides(other.timelines) - divides(one.timelines))
    .slice(0, MOST_SEQUENCES);
  const sequences = new Map(chosen.map(({ sequence }) => [nameOf(sequence), sequence]));
  const happened = [...sequences].map(([id, sequence]) =>
    add(
      id,
      'boolean',
      byDay.map((days) => happens(sequence, days, limits)),
    ),
  );
  return { table: takeRows(table, rows, [...counted, ...happened]), rows, sequences };
}

function daysOf({ began, steps }: DealTimeline, firstDays: number): Timeline {
  const days = new Map<number, string[]>();
  for (const { at, kinds } of steps) {
    const day = Math.floor((at - began) / DAY);
    if (day >= 0 && day < firstDays) days.set(day, [...(days.get(day) ?? []), ...kinds]);
  }
  return [...days].map(([at, kinds]) => ({ at, kinds: kinds.sort() }));
}

function nameOf(sequence: Sequence): string {
  return `activity.${sequence.map((kinds) => kinds.join('+')).join('>')}`;
}

function takeRows(table: Table, rows: Uint32Array, more: readonly Column[]): Table {
  const take = <Value>(values: ArrayLike<Value>): readonly Value[] =>
    Array.from(rows, (row) => values[row] as Value);
  const taken = table.columns.map(({ knownAt, ...column }) => ({
    ...column,
    values: take(column.values),
    ...(knownAt && { knownAt: take(knownAt) }),
  }));
  return {
    columns: [...taken, ...more],
    outcome: take(table.outcome),
    ...(table.sellers && { sellers: take(table.sellers) }),
    ...(table.decidedAt && { decidedAt: take(table.decidedAt) }),
  };
}
