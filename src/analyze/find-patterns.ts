import { OpportuneError } from '../core/errors.js';
import { createRandom } from '../core/random.js';
import { type Sliced, within } from '../core/run-sliced.js';
import { type Comparison, prepareComparison } from './compare.js';
import { type ConfirmOptions, confirm, type Finding } from './confirm.js';
import { type Duplicate, findDuplicates } from './find-duplicates.js';
import { findLeaks, type Leak } from './find-leaks.js';
import { nominate } from './nominate.js';
import { type NoDriver, smallestEffect } from './smallest-effect.js';
import { splitSellers } from './split-sellers.js';
import { findStrata } from './strata.js';
import type { Column, Table } from './table.js';

export interface FindPatternsOptions {
  /** Columns that make work comparable: account size, segment, new or current client, season, territory. */
  readonly adjustFor: readonly string[];
  /** The same seed parts the sellers in the same way and gives the same findings. */
  readonly seed: string | number;
  /**
   * Absent: what makes the outcome higher or lower, comparing deals of the same seller, so that who sells well does not
   * make a pattern look good. Else: what these sellers do more or less often than the others.
   */
  readonly stars?: readonly string[];
  /** The most conditions of one pattern. Default 2. */
  readonly depth?: number;
  /** Default 0.05. */
  readonly alpha?: number;
  /**
   * What alpha bounds: how probable any false finding is (Westfall-Young), or the share of false ones among the findings
   * that may be expected (Benjamini-Hochberg). Default `any-false`.
   */
  readonly control?: ConfirmOptions['control'];
  /** The most patterns that are tested. Default 8. */
  readonly mostCandidates?: number;
}

export interface Patterns {
  /** What was tested, the confirmed ones first. */
  readonly findings: readonly Finding[];
  /** Present when none is confirmed. */
  readonly noDriver?: NoDriver;
  /** Columns that were left out because the outcome made them. */
  readonly leaks: readonly Leak[];
  /** Rows that were left out because they tell a deal again. */
  readonly duplicates: readonly Duplicate[];
  /** Rows and sellers of the two parts. */
  readonly explored: Part;
  readonly heldOut: Part;
}

export interface Part {
  readonly rows: number;
  readonly sellers: number;
}

/** More rows than that are not looked through for candidates: a random part of them suggests the same. */
const MOST_EXPLORED = 20_000;
const FLIPS = 4_096;
/** So many flips are as far out by chance at the level: fewer could not tell on which side of it a p lies. */
const FLIPS_OUT = 20;

/**
 * What goes along with winning, or what stars do differently, on comparable work.
 *
 * Half of the sellers suggest patterns, the other half confirms them: a seller is one observation, so no deal of a
 * seller who suggested a pattern may confirm it. Findings are associations; whether to do the same helps is for an
 * experiment to say.
 *
 * @throws OpportuneError `opportune/bad-table`: columns of different lengths, an outcome that is no number, or a
 * column to adjust for that is not there
 */
export function* findPatterns(table: Table, options: FindPatternsOptions): Sliced<Patterns> {
  const { adjustFor, seed, stars, depth = 2, alpha = 0.05, control = 'any-false' } = options;
  const { mostCandidates = 8 } = options;
  checkTable(table, adjustFor);
  const leaks = yield* within(findLeaks(table), 0, 0.05);
  const duplicates = yield* within(findDuplicates(table), 0.05, 0.1);
  const left = new Set(leaks.map(({ column }) => column));
  const columns = new Map(
    table.columns.filter(({ id }) => !left.has(id)).map((one) => [one.id, knownInTime(one, table)]),
  );
  const again = new Set(duplicates.map(({ row }) => row));
  const rows = Uint32Array.from(table.outcome, (_, row) => row).filter((row) => !again.has(row));

  const isStar = new Set(stars);
  const sellerOf = (row: number): string => table.sellers?.[row] ?? String(row);
  const strata = findStrata(
    adjustFor.flatMap((id) => columns.get(id) ?? []),
    table.outcome.length,
    stars ? undefined : table.sellers,
  );
  const random = createRandom(seed);
  const halves = splitSellers(rows, sellerOf, (seller) => isStar.has(seller), random);
  const partOf = (sellers: ReadonlySet<string>): PartOfRows => {
    const numbers = new Map([...sellers].map((seller, number) => [seller, number]));
    return { rows: rows.filter((row) => numbers.has(sellerOf(row))), numbers };
  };
  const [explored, heldOut] = [partOf(halves[0]), partOf(halves[1])];
  const comparisonOf = ({ rows: part, numbers }: PartOfRows): Comparison =>
    prepareComparison(
      {
        outcome: Float64Array.from(part, (row) =>
          stars === undefined ? (table.outcome[row] as number) : Number(isStar.has(sellerOf(row))),
        ),
        strata: Int32Array.from(part, (row) => strata[row] as number),
        sellers: Int32Array.from(part, (row) => numbers.get(sellerOf(row)) as number),
        differenceOf: stars === undefined ? 'outcome' : 'pattern',
      },
      numbers.size,
    );

  const chosen = { ...explored, rows: sample(explored.rows, MOST_EXPLORED, random) };
  // A candidate more than could be confirmed would only make the others harder to confirm.
  const most = Math.min(mostCandidates, Math.floor(alpha * 2 ** heldOut.numbers.size));
  const candidates = yield* within(
    nominate(
      { columns, rows: chosen.rows, comparison: comparisonOf(chosen) },
      {
        depth,
        most,
        minRows: Math.max(10, Math.ceil(chosen.rows.length / 50)),
        minSellers: table.sellers ? Math.max(3, Math.ceil(explored.numbers.size / 5)) : 10,
      },
    ),
    0.1,
    0.9,
  );
  const held = { columns, rows: heldOut.rows, comparison: comparisonOf(heldOut) };
  const flips = Math.max(FLIPS, Math.ceil(FLIPS_OUT / alpha));
  const levels = { alpha, control, flips, random, sellersTold: table.sellers !== undefined };
  const findings = yield* within(confirm(candidates, held, levels), 0.9, 0.95);
  const tests = candidates.reduce(
    (sum, one) => sum + (one.tests.length > 1 ? one.tests.length + 1 : 1),
    0,
  );
  const noDriver = findings.some(({ confirmed }) => confirmed)
    ? undefined
    : yield* within(smallestEffect(held, { alpha, tests }), 0.95, 1);
  const sizeOf = ({ rows: part, numbers }: PartOfRows): Part => ({
    rows: part.length,
    sellers: numbers.size,
  });
  return {
    findings,
    ...(noDriver && { noDriver }),
    leaks,
    duplicates,
    explored: sizeOf(explored),
    heldOut: sizeOf(heldOut),
  };
}

interface PartOfRows {
  readonly rows: Uint32Array;
  /** Of its sellers, from 0. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Without the values that came to be known after the decision. */
function knownInTime(column: Column, { decidedAt }: Table): Column {
  const { knownAt, values } = column;
  if (knownAt === undefined || decidedAt === undefined) return column;
  return {
    ...column,
    values: Array.from(values, (value, row) =>
      (knownAt[row] as number) > (decidedAt[row] as number) ? undefined : value,
    ),
  };
}

/** So many of the rows at random, in their order. */
function sample(rows: Uint32Array, most: number, random: () => number): Uint32Array {
  if (rows.length <= most) return rows;
  let wanted = most;
  return rows.filter((_, i) => {
    const take = random() < wanted / (rows.length - i);
    if (take) wanted--;
    return take;
  });
}

function checkTable(
  { columns, outcome, sellers, decidedAt }: Table,
  adjustFor: readonly string[],
): void {
  const rows = outcome.length;
  const fail = (what: string, where: string, remedy: string): never => {
    throw new OpportuneError('opportune/bad-table', what, { where, remedy });
  };
  for (const [name, { length }] of [
    ['sellers', sellers ?? outcome],
    ['decidedAt', decidedAt ?? outcome],
  ] as const)
    if (length !== rows) fail(`${length} values for ${rows} rows`, name, 'Give one a row');
  for (const { id, values, knownAt } of columns)
    for (const { length } of [values, knownAt ?? values])
      if (length !== rows)
        fail(`${length} values for ${rows} rows`, `column "${id}"`, 'Give one a row');
  for (let row = 0; row < rows; row++)
    if (!Number.isFinite(outcome[row]))
      fail(
        `${outcome[row]} is no number`,
        `outcome of row ${row}`,
        'Leave out what is not decided',
      );
  for (const id of adjustFor)
    if (!columns.some((one) => one.id === id))
      fail('is not a column of the table', `adjustFor "${id}"`, 'Name one of its columns');
}
