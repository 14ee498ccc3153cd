import type { Pulled } from '../../src/domain/connector.js';
import { type FieldMap, gatheredBy } from '../field-map/field-map.js';
import { createRecordPull, type PullContext } from '../field-map/record-pull.js';
import type { ResolvedObject } from '../field-map/resolve-field-map.js';
import type { Step } from '../reading/read-in-turn.js';
import type { Timing } from '../requests/timing.js';
import { createGathering, type Gathering } from './gather-rows.js';
import type { Place } from './position.js';
import { bulkPages, countRows, type Page, queryPages } from './read-pages.js';
import { STAMP, stampOf, toRecord } from './to-record.js';
import { SalesforceRefusal, type Wire } from './wire.js';

/** A mapped object, with what Salesforce keeps of it beyond what is mapped. */
export interface ReadableObject extends ResolvedObject {
  readonly fields: readonly string[];
  readonly hasDeleted: boolean;
  /** Paths to the stamps of records above it that decide what is told of it. */
  readonly stamps: readonly string[];
  /** Holds the key under which we wrote a record. */
  readonly keyField?: string;
}

export interface ReadContext extends PullContext {
  readonly map: FieldMap;
  readonly wire: Wire;
  readonly timing: Timing;
  /** From so many records on they are loaded in bulk. */
  readonly bulkFrom: number;
  /** A condition for those that are read, where not all are. */
  readonly only?: string;
  readonly signal: AbortSignal | undefined;
}

/** What took long to save appears with the stamp of when it began: so far back it is read again. */
const OVERLAP_MS = 5 * 60_000;

/** So long a deleted record can be asked for; the others stay in the recycle bin for two weeks. */
const KEPT_MS: { readonly [object: string]: number } = {
  ObjectTerritory2Association: 12 * 3_600_000,
};
const MARGIN_MS = 3_600_000;

/**
 * Reads what changed in one object since its place; without one, everything. Gives the place from which it goes on after
 * each page of a bulk result and at the end.
 */
export async function* readObject(
  object: ReadableObject,
  before: Place | undefined,
  context: ReadContext,
): AsyncGenerator<Step<Place>> {
  const own = createRecordPull(object, object.keyField, context);
  const into = gatheredBy(object.object);
  const way = wayOf(object, before, context);
  const gathering =
    into === undefined
      ? undefined
      : createGathering(object, into, context, way === 'changes' ? before?.named : []);
  let newest = before?.bulk?.newest ?? before?.to ?? 0;
  let total: number | undefined;
  const counted = (rows: number): void => {
    total = rows;
  };
  for await (const page of pagesOf(object, before, way, context, counted)) {
    for (const row of page.rows) {
      newest = Math.max(newest, stampOf(row, object.stamps));
      yield* own.pull(toRecord(row));
    }
    if (way === 'changes') yield* gathering?.changed(page.rows) ?? [];
    else yield* gathering?.among(page.rows, page.rows.length === total) ?? [];
    yield own.progress(total);
    if (page.next)
      yield {
        type: 'place',
        place: {
          at: before?.at ?? 0,
          ...(before?.to === undefined ? {} : { to: before.to }),
          bulk: { ...page.next, newest },
        },
      };
  }
  if (gathering && way === 'again') yield* endedSince(gathering, before?.named);
  yield own.tally();
  const isKnown = way === 'changes' ? before?.named : !before?.bulk;
  const named = gathering && isKnown ? namedToKeep(object, gathering) : {};
  yield { type: 'place', place: { to: newest, at: context.now, ...named } };
}

/** Of so many it is kept in the position what was named; where there are more, all that could be are asked for. */
const MOST_NAMED = 5_000;

function namedToKeep(
  { object, hasDeleted }: ReadableObject,
  { named }: Gathering,
): { readonly named?: readonly string[] } {
  const isKept = hasDeleted ? object.name in KEPT_MS && named.size <= MOST_NAMED : true;
  return isKept ? { named: [...named] } : {};
}

/** `again`: everything, since what was deleted since then cannot be asked for. */
type Way = 'everything' | 'changes' | 'again';

function wayOf(
  { object, hasDeleted }: ReadableObject,
  before: Place | undefined,
  { now }: ReadContext,
): Way {
  if (before?.to === undefined) return 'everything';
  if (gatheredBy(object) === undefined) return 'changes';
  const kept = (KEPT_MS[object.name] ?? Number.POSITIVE_INFINITY) - MARGIN_MS;
  return hasDeleted && now - before.at < kept ? 'changes' : 'again';
}

/** Of what was named before, or of all that could have been, what is named no more. */
async function* endedSince(
  { named, ended, all }: Gathering,
  before: readonly string[] | undefined,
): AsyncGenerator<Pulled> {
  const isOut = (id: string): boolean => !named.has(id);
  if (before) yield* ended(before.filter(isOut));
  else for await (const ids of all()) yield* ended(ids.filter(isOut));
}

async function* pagesOf(
  object: ReadableObject,
  before: Place | undefined,
  way: Way,
  context: ReadContext,
  counted: (rows: number) => void,
): AsyncGenerator<Page> {
  const { wire, signal, timing, bulkFrom } = context;
  const { fields, hasDeleted } = object;
  const since = way === 'changes' ? before?.to : undefined;
  const all = since !== undefined && hasDeleted;
  const into = gatheredBy(object.object);
  const select = `SELECT ${fields.join(', ')} FROM ${object.object.name}`;
  const tests = since === undefined ? [] : testsOf(object, since, before?.at ?? 0, context);
  // Deleted and changed records are in one answer, so that none falls between two.
  const options = { fields, all, signal };
  if (tests.length > 0 && object.stamps.length > 0) {
    // Each is found by an index, and all of them in one condition by none.
    for (const [index, test] of tests.entries()) {
      const others = tests.slice(0, index).map((one) => ` AND (NOT ${one})`);
      const soql = `${select} WHERE ${test}${others.join('')} ORDER BY ${STAMP}, Id`;
      yield* queryPages(wire, { ...options, soql });
    }
    return;
  }
  const where = since === undefined ? context.only : tests.join(' OR ');
  const condition = where === undefined ? '' : ` WHERE ${where}`;
  const soql = `${select}${condition}`;
  if (before?.bulk) {
    try {
      yield* bulkPages(wire, { ...options, soql, from: before.bulk }, timing);
      return;
    } catch (error) {
      // Results are kept for a week: what was read of them comes again.
      if (!(error instanceof SalesforceRefusal && error.status === 404)) throw error;
    }
  }
  const count = await countRows(wire, `FROM ${object.object.name}${condition}`, all, signal);
  counted(count);
  // What is to be compared with before is read in one go.
  const inBulk = count >= bulkFrom && (into === undefined || hasDeleted) && way !== 'again';
  if (inBulk) yield* bulkPages(wire, { ...options, soql }, timing);
  else yield* queryPages(wire, { ...options, soql: `${soql} ORDER BY ${STAMP}, Id` });
}

/** Changed since then, or of a time that has come since: nobody changes a meeting for its being held. */
function testsOf(
  { object, columns, stamps }: ReadableObject,
  since: number,
  at: number,
  { now }: ReadContext,
): readonly string[] {
  const tests = [STAMP, ...stamps].map((path) => `${path} >= ${literal(since - OVERLAP_MS)}`);
  for (const field of new Set(object.facts.flatMap((rule) => rule.at ?? []))) {
    const type = columns.get(field)?.type;
    // A day begins at another moment in each zone.
    const [from, to] = type === 'date' ? [at - DAY_MS, now + DAY_MS] : [at - OVERLAP_MS, now];
    const show = (moment: number): string =>
      type === 'date' ? literal(moment).slice(0, 10) : literal(moment);
    tests.push(`(${field} >= ${show(from)} AND ${field} <= ${show(to)})`);
  }
  return tests;
}

const DAY_MS = 86_400_000;

/** Unquoted UTC, without milliseconds: Salesforce counts in seconds. */
function literal(at: number): string {
  return `${new Date(Math.max(0, at)).toISOString().slice(0, 19)}Z`;
}
