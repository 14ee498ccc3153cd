import { addBehaviour } from './analyze/add-behaviour.js';
import type { Caution, Finding } from './analyze/confirm.js';
import { findPatterns, type Patterns } from './analyze/find-patterns.js';
import type { Sequence } from './analyze/find-sequences.js';
import { findStars } from './analyze/find-stars.js';
import { rowsThatMeet } from './analyze/meets.js';
import type { Table } from './analyze/table.js';
import { type Sliced, within } from './core/run-sliced.js';
import { median } from './core/statistics.js';
import { type Deal, type Deals, QUARTER } from './deal-table.js';

export interface AnalyzeDealsOptions {
  /** Beside the quarter in which a deal began, where times are told: seasons and trends are no pattern. */
  readonly adjustFor: readonly string[];
  readonly seed: string | number;
  /** What the sellers do who sell most on comparable work, in place of what wins. */
  readonly aboutStars: boolean;
  /** As the deals were gathered: above 0, what was done in these days is looked at too. */
  readonly firstDays: number;
  /** The outcome is an amount, and not won or lost. */
  readonly isMeasure?: boolean;
  /** How probable any false finding may be. Default 0.05. */
  readonly alpha?: number;
}

export interface DealPatterns extends Omit<Patterns, 'findings'> {
  readonly findings: readonly DealFinding[];
  /** Deals looked at, and how many of them were won. */
  readonly rows: number;
  readonly won: number;
  readonly sellers?: number;
  /** When it is about them. */
  readonly stars?: { readonly stars: number; readonly others: number };
  /** By id of its column, what was done after what. */
  readonly sequences: ReadonlyMap<string, Sequence>;
}

export interface DealFinding extends Finding {
  /** Of all deals, the held-out ones and the others, without regard to what is comparable. */
  readonly with: Standing;
  readonly without: Standing;
  /** Deals that speak for it, and deals that speak against it: a few of each, those with a name first. */
  readonly examples: readonly Deal[];
  readonly counterExamples: readonly Deal[];
}

export interface Standing {
  readonly deals: number;
  readonly won: number;
  /** Of a measure: its mean and the middle one. */
  readonly mean?: number;
  readonly median?: number;
}

/** Groups of people smaller than that are not told of: a figure of four is a figure of persons. */
export const FEWEST_PEOPLE = 5;
const EXAMPLES = 3;

/**
 * Patterns of deals, each with deals that speak for it and against it. About stars nothing is looked for, and nothing
 * said, where they or the others are fewer than {@link FEWEST_PEOPLE}.
 */
export function* analyzeDeals(deals: Deals, options: AnalyzeDealsOptions): Sliced<DealPatterns> {
  const { seed, aboutStars, firstDays, alpha, isMeasure = false } = options;
  const hasQuarter = deals.table.columns.some(({ id }) => id === QUARTER);
  const adjustFor = hasQuarter ? [...options.adjustFor, QUARTER] : options.adjustFor;
  const isBehaviour = firstDays > 0 && deals.activities.length > 0;
  const behaviour = isBehaviour
    ? yield* within(addBehaviour(deals.table, deals.timelines, { firstDays }), 0, 0.2)
    : undefined;
  const table = behaviour?.table ?? deals.table;
  const dealOf = (row: number): Deal =>
    deals.deals[behaviour ? (behaviour.rows[row] as number) : row] as Deal;
  const sequences = behaviour?.sequences ?? new Map<string, Sequence>();
  const sellers = table.sellers && new Set(Array.from(table.sellers));
  const summary = {
    sequences,
    rows: table.outcome.length,
    won: Array.from(table.outcome).reduce((sum, one) => sum + one, 0),
    ...(sellers && { sellers: sellers.size }),
  };

  const stars = aboutStars ? starsOf(table, adjustFor) : [];
  const others = (sellers?.size ?? 0) - stars.length;
  const starCounts = { stars: { stars: stars.length, others } };
  if (aboutStars && (stars.length < FEWEST_PEOPLE || others < FEWEST_PEOPLE)) {
    const none = { rows: 0, sellers: 0 };
    const nothing = { findings: [], leaks: [], duplicates: [], explored: none, heldOut: none };
    return { ...summary, ...starCounts, ...nothing };
  }
  const patterns = yield* within(
    findPatterns(table, {
      adjustFor,
      seed,
      ...(aboutStars && { stars }),
      ...(alpha !== undefined && { alpha }),
    }),
    0.2,
    1,
  );
  return {
    ...summary,
    ...(aboutStars && starCounts),
    ...patterns,
    findings: patterns.findings.map((finding) => withDeals(finding, table, { dealOf, isMeasure })),
  };
}

export function starsOf(table: Table, adjustFor: readonly string[]): readonly string[] {
  return findStars(table, { adjustFor })
    .filter(({ isStar }) => isStar)
    .map(({ seller }) => seller);
}

function withDeals(
  finding: Finding,
  { columns, outcome }: Table,
  { dealOf, isMeasure }: { readonly dealOf: (row: number) => Deal; readonly isMeasure: boolean },
): DealFinding {
  const all = Uint32Array.from({ length: outcome.length }, (_, row) => row);
  const has = rowsThatMeet(finding.pattern, new Map(columns.map((one) => [one.id, one])), all);
  const amountOf = (row: number): number => outcome[row] as number;
  const middle = isMeasure ? median(Array.from(outcome)) : 0.5;
  const standing = (having: number): Standing => {
    const rows = Array.from(all).filter((row) => has[row] === having);
    const own = rows.map(amountOf);
    return {
      deals: rows.length,
      won: isMeasure ? rows.length : own.filter((one) => one === 1).length,
      ...(isMeasure &&
        own.length > 0 && {
          mean: own.reduce((sum, one) => sum + one, 0) / own.length,
          median: median(own),
        }),
    };
  };
  const pick = (isHigh: boolean): readonly Deal[] => {
    const rows = all.filter((row) => has[row] === 1 && amountOf(row) > middle === isHigh);
    // From all over the table, which is in order of accounts.
    const step = Math.max(1, Math.floor(rows.length / EXAMPLES));
    return Array.from(rows.filter((_, i) => i % step === 0).slice(0, EXAMPLES), dealOf);
  };
  const isMore = finding.effect > 0;
  const [having, lacking] = [standing(1), standing(0)];
  const { middle: apart } = finding;
  const cautions: readonly (readonly [Caution, boolean])[] = [
    ['rests-on-the-tail', apart !== undefined && !(apart / finding.effect >= TAIL)],
    ['nearly-decides', !isMeasure && nearlyDecides(having, lacking, finding)],
  ];
  return {
    ...finding,
    couldMislead: [
      ...cautions.flatMap(([caution, holds]) => (holds ? [caution] : [])),
      ...finding.couldMislead,
    ],
    with: having,
    without: lacking,
    examples: pick(isMore),
    counterExamples: pick(!isMore),
  };
}

/** The middle ones are apart by less than this share of the averages: a few very large values make the rest. */
const TAIL = 1 / 3;
/** What came out the same way so often, and without it so much less, may have been written because of it. */
const NEARLY = 0.95;
const MUCH_LESS = 0.3;
const FEWEST_DECIDED = 20;

function nearlyDecides(having: Standing, lacking: Standing, { couldMislead }: Finding): boolean {
  if (!couldMislead.includes('time-not-told') || having.deals < FEWEST_DECIDED) return false;
  const rate = having.won / having.deals;
  const other = lacking.deals > 0 ? lacking.won / lacking.deals : rate;
  return Math.max(rate, 1 - rate) >= NEARLY && Math.abs(rate - other) >= MUCH_LESS;
}
