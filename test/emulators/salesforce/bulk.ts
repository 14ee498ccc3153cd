import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { fromCsv, toCsv } from './csv-text.js';
import { bulkRows } from './queries.js';
import { showMoment } from './records.js';
import { showRow } from './soql-run.js';

interface Job {
  readonly id: string;
  readonly isQuery: boolean;
  readonly operation: string;
  readonly object: string;
  readonly externalIdFieldName?: string;
  readonly createdAt: number;
  state: string;
  rounds: number;
  /** Lines of a query's result, without its header. */
  lines: readonly (readonly string[])[];
  header: readonly string[];
  uploaded?: string;
  processed: number;
  succeeded: (readonly string[])[];
  failed: (readonly string[])[];
  errorMessage?: string;
}

/** Bulk API 2.0: jobs that query, in pages, and jobs that take in CSV. */
export function createBulk(world: World): (call: Call) => Answer | undefined {
  const { org, settings } = world;
  const jobs = new Map<string, Job>();

  function open(isQuery: boolean, body: { readonly [name: string]: unknown }, object: string): Job {
    const count = String(jobs.size + 1).padStart(10, '0');
    const id = `750Em${count}AAA`;
    const job: Job = {
      id,
      isQuery,
      operation: String(body.operation),
      object,
      ...(typeof body.externalIdFieldName === 'string' && {
        externalIdFieldName: body.externalIdFieldName,
      }),
      createdAt: world.now(),
      state: isQuery ? 'UploadComplete' : 'Open',
      rounds: settings.bulkRounds,
      lines: [],
      header: [],
      processed: 0,
      succeeded: [],
      failed: [],
    };
    jobs.set(id, job);
    return job;
  }

  function openQuery(call: Call): Answer {
    const body = bodyOf(call);
    const soql = String(body.query ?? '');
    const { query, rows } = bulkRows(world, soql, body.operation === 'queryAll', call.hidden);
    const job = open(true, body, org.spec(query.from).name);
    const paths = query.select.map((one) => ('aggregate' in one ? '' : one.path));
    job.header = paths;
    job.lines = rows.map((row) => {
      const shown = showRow(org, query, row, call.base, call.hidden);
      return paths.map((path) => textAt(shown, path));
    });
    return ok(info(job));
  }

  function poll(job: Job): Answer {
    if (job.state === 'UploadComplete' || job.state === 'InProgress') {
      job.state = job.rounds-- > 0 ? 'InProgress' : 'JobComplete';
      if (job.state === 'JobComplete' && job.isQuery) job.processed = job.lines.length;
    }
    return ok(info(job));
  }

  function results(call: Call, job: Job): Answer {
    if (job.state !== 'JobComplete')
      throw new ApiError(400, 'API_ERROR', 'Job not in a state that has results');
    const from = Number(call.query.get('locator') ?? 0);
    const most = Number(call.query.get('maxRecords') ?? settings.bulkPageSize);
    const size = Math.max(1, Math.min(most, settings.bulkPageSize));
    const lines = job.lines.slice(from, from + size);
    const next = from + size < job.lines.length ? String(from + size) : 'null';
    return {
      status: 200,
      body: toCsv([job.header, ...lines]),
      headers: {
        'content-type': 'text/csv',
        'sforce-locator': next,
        'sforce-numberofrecords': String(lines.length),
      },
    };
  }

  function takeIn(call: Call, job: Job): void {
    const [header = [], ...lines] = fromCsv(job.uploaded ?? '');
    for (const line of lines) {
      const values: { [field: string]: unknown } = {};
      header.forEach((name, index) => {
        const cell = line[index] ?? '';
        // An empty cell leaves the value as it is.
        if (cell !== '') values[name] = cell === '#N/A' ? null : cell;
      });
      const { Id, ...rest } = values;
      const key = job.externalIdFieldName;
      job.processed++;
      try {
        if (job.operation === 'delete') org.delete(job.object, String(Id));
        const saved =
          job.operation === 'insert'
            ? org.create(job.object, rest, call.user)
            : job.operation === 'update'
              ? org.update(job.object, String(Id), rest)
              : job.operation === 'upsert' && key !== undefined
                ? org.upsert(job.object, key, String(rest[key]), without(rest, key), call.user)
                : { id: String(Id), created: false };
        job.succeeded.push([saved.id, String(saved.created), ...line]);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        job.failed.push([String(Id ?? ''), `${error.errorCode}:${error.message}`, ...line]);
      }
    }
    job.header = header;
  }

  function answerQuery(call: Call): Answer | undefined {
    const [, id, results_] = /^\/jobs\/query(?:\/(\w+))?(\/results)?$/.exec(call.path) ?? [];
    if (id === undefined) return call.method === 'POST' ? openQuery(call) : undefined;
    const job = jobOf(jobs, id);
    if (call.method === 'DELETE') return remove(jobs, job);
    if (call.method === 'PATCH') return change(call, job);
    return results_ === undefined ? poll(job) : results(call, job);
  }

  function answerIngest(call: Call): Answer | undefined {
    const [, id, part] = /^\/jobs\/ingest(?:\/(\w+))?(?:\/(\w+))?$/.exec(call.path) ?? [];
    if (id === undefined) {
      if (call.method !== 'POST') return undefined;
      const body = bodyOf(call);
      return ok(info(open(false, body, org.spec(String(body.object)).name)));
    }
    const job = jobOf(jobs, id);
    if (part === 'batches' && call.method === 'PUT') {
      job.uploaded = call.body;
      return { status: 201 };
    }
    if (part === 'successfulResults')
      return csv(['sf__Id', 'sf__Created', ...job.header], job.succeeded);
    if (part === 'failedResults') return csv(['sf__Id', 'sf__Error', ...job.header], job.failed);
    if (part === 'unprocessedrecords') return csv(job.header, []);
    if (call.method === 'DELETE') return remove(jobs, job);
    if (call.method === 'PATCH') {
      const answer = change(call, job);
      if (job.state === 'UploadComplete') takeIn(call, job);
      return answer;
    }
    return call.method === 'GET' ? poll(job) : undefined;
  }

  function change(call: Call, job: Job): Answer {
    job.state = String(bodyOf(call).state);
    return ok(info(job));
  }

  function info(job: Job): object {
    const { id, operation, object, state, processed, isQuery, failed } = job;
    return {
      id,
      operation,
      object,
      createdById: '005',
      createdDate: showMoment(job.createdAt),
      systemModstamp: showMoment(job.createdAt),
      state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 62,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      jobType: isQuery ? 'V2Query' : 'V2Ingest',
      ...(isQuery ? {} : { numberRecordsFailed: failed.length }),
      ...(job.externalIdFieldName !== undefined && {
        externalIdFieldName: job.externalIdFieldName,
      }),
      ...(!isQuery && { contentUrl: `services/data/v62.0/jobs/ingest/${id}/batches` }),
      numberRecordsProcessed: processed,
      retries: 0,
      totalProcessingTime: 10,
    };
  }

  return (call) => {
    if (call.path.startsWith('/jobs/query')) return answerQuery(call);
    return call.path.startsWith('/jobs/ingest') ? answerIngest(call) : undefined;
  };
}

function csv(header: readonly string[], lines: readonly (readonly string[])[]): Answer {
  return { status: 200, body: toCsv([header, ...lines]), headers: { 'content-type': 'text/csv' } };
}

function jobOf(jobs: ReadonlyMap<string, Job>, id: string): Job {
  const job = jobs.get(id);
  if (!job) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return job;
}

function remove(jobs: Map<string, Job>, { id }: Job): Answer {
  jobs.delete(id);
  return { status: 204 };
}

function without(
  values: { readonly [field: string]: unknown },
  name: string,
): object & { [field: string]: unknown } {
  const { [name]: _, ...rest } = values;
  return rest;
}

/** A cell of a bulk result: `Owner.Name` is read through, and no value is an empty cell. */
function textAt(shown: { readonly [field: string]: unknown }, path: string): string {
  let at: unknown = shown;
  for (const step of path.split('.')) {
    const holder = at as { readonly [field: string]: unknown } | null;
    at =
      holder === null
        ? null
        : Object.entries(holder ?? {}).find(
            ([name]) => name.toLowerCase() === step.toLowerCase(),
          )?.[1];
  }
  return at === null || at === undefined ? '' : String(at);
}
