import { OpportuneError } from '../../src/core/errors.js';
import { createRowScanner } from '../reading/scan-rows.js';
import type { Timing } from '../requests/timing.js';
import { SalesforceRefusal, type Wire } from './wire.js';

/** Values of one record as text, by path; a path without a value may be absent. */
export type RowText = ReadonlyMap<string, string>;

export interface Page {
  readonly rows: readonly RowText[];
  /** Of a bulk result: where the next page is. */
  readonly next?: BulkPlace;
}

/** A place in the result of a bulk job, from which it can be read on for some days. */
export interface BulkPlace {
  readonly job: string;
  readonly locator?: string;
}

export interface ReadOptions {
  readonly soql: string;
  readonly fields: readonly string[];
  /** Deleted and archived records too. */
  readonly all: boolean;
  readonly signal?: AbortSignal | undefined;
}

function incomplete(where: string, met: number, told: number): OpportuneError {
  return new OpportuneError(
    'opportune/crm-unavailable',
    `${met} records came, and Salesforce counts ${told}`,
    { where, remedy: 'Go on from the last position' },
  );
}

/** How many records a query would find. */
export async function countRows(
  wire: Wire,
  from: string,
  all: boolean,
  signal: AbortSignal | undefined,
): Promise<number> {
  const path = all ? '/queryAll' : '/query';
  const { value } = await wire.ask({ path, query: { q: `SELECT COUNT() ${from}` }, signal });
  return Number((value as { totalSize?: unknown }).totalSize);
}

/** Every page of a query. Ends only when Salesforce says that it is done, with as many records as it counted. */
export async function* queryPages(wire: Wire, options: ReadOptions): AsyncGenerator<Page> {
  const { soql, fields, all, signal } = options;
  let path = all ? '/queryAll' : '/query';
  let query: { readonly [name: string]: string } | undefined = { q: soql };
  let met = 0;
  for (;;) {
    const { value } = await wire.ask({ path, ...(query ? { query } : {}), signal });
    const { records, done, nextRecordsUrl, totalSize } = value as {
      readonly records?: readonly { readonly [field: string]: unknown }[];
      readonly done?: unknown;
      readonly nextRecordsUrl?: unknown;
      readonly totalSize?: unknown;
    };
    if (!Array.isArray(records)) throw incomplete(path, 0, Number(totalSize));
    met += records.length;
    yield { rows: records.map((record) => toText(record, fields)) };
    if (done === true) {
      if (met !== totalSize) throw incomplete(path, met, Number(totalSize));
      return;
    }
    if (typeof nextRecordsUrl !== 'string' || !nextRecordsUrl.startsWith('/services/data/'))
      throw incomplete(path, met, Number(totalSize));
    path = nextRecordsUrl;
    query = undefined;
  }
}

function toText(record: { readonly [field: string]: unknown }, fields: readonly string[]): RowText {
  const row = new Map<string, string>();
  for (const field of fields) {
    let value: unknown = record;
    for (const step of field.split('.'))
      value = (value as { readonly [field: string]: unknown } | null | undefined)?.[step];
    if (value !== null && value !== undefined && typeof value !== 'object')
      row.set(field, String(value));
  }
  return row;
}

const FIRST_LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A job that takes longer is stuck. */
const LONGEST_JOB_MS = 6 * 3_600_000;
const PAGE_ROWS = 10_000;

/**
 * Every page of a bulk job, a new one or one that was begun before. jsforce's own paging ends the process at the second
 * page, and its polling deletes a job that takes longer than half a minute.
 */
export async function* bulkPages(
  wire: Wire,
  options: ReadOptions & { readonly from?: BulkPlace },
  timing: Timing,
): AsyncGenerator<Page> {
  const { soql, fields, all, signal, from } = options;
  const job = from?.job ?? (await openJob(wire, soql, all, signal));
  const path = `/jobs/query/${job}`;
  const told = await awaitJob(wire, path, timing, signal);
  let locator = from?.locator;
  let met = 0;
  for (;;) {
    const { text, headers } = await wire.ask({
      path: `${path}/results`,
      query: { maxRecords: String(PAGE_ROWS), ...(locator === undefined ? {} : { locator }) },
      expects: 'csv',
      signal,
    });
    const rows = readCsv(text, fields, path);
    const said = Number(headers.get('sforce-numberofrecords'));
    if (rows.length !== said) throw incomplete(path, rows.length, said);
    met += rows.length;
    const next = headers.get('sforce-locator');
    if (next === null || next === 'null') {
      // What was read before this run is not counted here.
      if (from?.locator === undefined && met !== told) throw incomplete(path, met, told);
      yield { rows };
      break;
    }
    locator = next;
    yield { rows, next: { job, locator } };
  }
  // Results take up the company's storage for a week. That they are left there harms nobody.
  await wire.ask({ method: 'DELETE', path, repeatable: true, signal }).catch((error: unknown) => {
    if (!(error instanceof OpportuneError)) throw error;
  });
}

async function openJob(
  wire: Wire,
  query: string,
  all: boolean,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { value } = await wire.ask({
    method: 'POST',
    path: '/jobs/query',
    body: { query, operation: all ? 'queryAll' : 'query' },
    // A job too many reads for nobody, and ends by itself.
    repeatable: true,
    signal,
  });
  const { id } = value as { readonly id?: unknown };
  if (typeof id !== 'string' || !/^\w{15,18}$/.test(id))
    throw incomplete('/jobs/query', 0, Number.NaN);
  return id;
}

/** Resolves with the number of records when the job is done. */
async function awaitJob(
  wire: Wire,
  path: string,
  { now, wait }: Timing,
  signal: AbortSignal | undefined,
): Promise<number> {
  const began = now();
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
    const { value } = await wire.ask({ path, signal });
    const { state, numberRecordsProcessed, errorMessage } = value as {
      readonly [name: string]: unknown;
    };
    if (state === 'JobComplete') return Number(numberRecordsProcessed);
    if (state === 'Failed' || state === 'Aborted')
      throw new SalesforceRefusal(
        200,
        `job ${state}`,
        String(errorMessage ?? '').slice(0, 300),
        path,
      );
    if (now() - began > LONGEST_JOB_MS)
      throw new OpportuneError('opportune/crm-busy', 'a bulk job does not come to an end', {
        where: path,
        remedy: 'See the jobs in the setup of Salesforce',
      });
    await wait(pause, signal);
  }
}

function readCsv(text: string, fields: readonly string[], where: string): readonly RowText[] {
  const scanner = createRowScanner({ delimiter: ',', quotes: true });
  const scanned = [...scanner.push(text), ...scanner.end()];
  const [first, ...rest] = scanned;
  const header = first && 'fields' in first ? first.fields : [];
  const at = fields.map((field) => header.indexOf(field));
  return rest.map((row) => {
    if (!('fields' in row))
      throw new OpportuneError('opportune/crm-unavailable', `line ${row.line}: ${row.problem}`, {
        where,
        remedy: 'Go on from the last position',
      });
    return new Map(
      fields.flatMap((field, index): [string, string][] => {
        const value = row.fields[at[index] ?? -1];
        return value === undefined || value === '' ? [] : [[field, value]];
      }),
    );
  });
}
