import type { FieldMap } from '../field-map/field-map.js';
import type { CrmRecord } from '../field-map/record-facts.js';
import { createRecordPull, type PullContext } from '../field-map/record-pull.js';
import type { ResolvedObject } from '../field-map/resolve-field-map.js';
import type { Step } from '../reading/read-in-turn.js';
import type { Timing } from '../requests/timing.js';
import type { Place } from './position.js';
import { bulkPages, countRows, type Page, queryPages, type RowText } from './read-pages.js';
import { SalesforceRefusal, type Wire } from './wire.js';

/** A mapped object, with what Salesforce keeps of it beyond what is mapped. */
export interface ReadableObject extends ResolvedObject {
  readonly fields: readonly string[];
  readonly hasDeleted: boolean;
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
  let newest = before?.bulk?.newest ?? before?.to ?? 0;
  let total: number | undefined;
  const counted = (rows: number): void => {
    total = rows;
  };
  for await (const page of pagesOf(object, before, context, counted)) {
    for (const row of page.rows) {
      const record = toRecord(row);
      newest = Math.max(newest, record.changedAt);
      yield* own.pull(record);
    }
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
  yield own.tally();
  yield { type: 'place', place: { to: newest, at: context.now } };
}

async function* pagesOf(
  object: ReadableObject,
  before: Place | undefined,
  context: ReadContext,
  counted: (rows: number) => void,
): AsyncGenerator<Page> {
  const { wire, signal, timing, bulkFrom } = context;
  const { fields, hasDeleted } = object;
  const since = before?.to;
  const all = since !== undefined && hasDeleted;
  const where =
    since === undefined ? context.only : whereOf(object, since, before?.at ?? 0, context);
  const from = `FROM ${object.object.name}${where === undefined ? '' : ` WHERE ${where}`}`;
  // Deleted and changed records are in one answer, so that none falls between two.
  const options = { soql: `SELECT ${fields.join(', ')} ${from}`, fields, all, signal };
  if (before?.bulk) {
    try {
      yield* bulkPages(wire, { ...options, from: before.bulk }, timing);
      return;
    } catch (error) {
      // Results are kept for a week: what was read of them comes again.
      if (!(error instanceof SalesforceRefusal && error.status === 404)) throw error;
    }
  }
  const count = await countRows(wire, from, all, signal);
  counted(count);
  if (count >= bulkFrom) yield* bulkPages(wire, options, timing);
  else yield* queryPages(wire, { ...options, soql: `${options.soql} ORDER BY SystemModstamp, Id` });
}

/** Changed since then, or of a time that has come since: nobody changes a meeting for its being held. */
function whereOf(
  { object, columns }: ReadableObject,
  since: number,
  at: number,
  { now }: ReadContext,
): string {
  const tests = [`SystemModstamp >= ${literal(since - OVERLAP_MS)}`];
  for (const field of new Set(object.facts.flatMap((rule) => rule.at ?? []))) {
    const type = columns.get(field)?.type;
    // A day begins at another moment in each zone.
    const [from, to] = type === 'date' ? [at - DAY_MS, now + DAY_MS] : [at - OVERLAP_MS, now];
    const show = (moment: number): string =>
      type === 'date' ? literal(moment).slice(0, 10) : literal(moment);
    tests.push(`(${field} >= ${show(from)} AND ${field} <= ${show(to)})`);
  }
  return tests.join(' OR ');
}

const DAY_MS = 86_400_000;

/** Unquoted UTC, without milliseconds: Salesforce counts in seconds. */
function literal(at: number): string {
  return `${new Date(Math.max(0, at)).toISOString().slice(0, 19)}Z`;
}

function toRecord(row: RowText): CrmRecord {
  const changedAt = Date.parse(row.get('SystemModstamp') ?? '');
  const mergedInto = row.get('MasterRecordId');
  return {
    id: row.get('Id') ?? '',
    changedAt,
    read: (field) => row.get(field),
    gone: row.get('IsDeleted') === 'true',
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}
