import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import { type Call, ok, type World } from './call.js';
import type { Row } from './org.js';
import { parseSoql, type Query } from './soql-parse.js';
import { aggregate, type Hidden, selectRows, showRow } from './soql-run.js';

interface Cursor {
  readonly query: Query;
  readonly rows: readonly Row[];
  readonly pageSize: number;
}

/** `query`, `queryAll`, and the pages that follow. */
export function createQueries(world: World): (call: Call) => Answer | undefined {
  const { org, settings } = world;
  const cursors = new Map<string, Cursor>();
  let count = 0;

  function page(call: Call, id: string, offset: number): Answer {
    const cursor = cursors.get(id);
    if (!cursor || offset < 0 || offset >= cursor.rows.length)
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    const { query, rows, pageSize } = cursor;
    const end = offset + pageSize;
    const done = end >= rows.length;
    return ok({
      totalSize: rows.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `${call.base}/query/${id}-${end}` }),
      records: rows
        .slice(offset, end)
        .map((row) => showRow(org, query, row, call.base, call.hidden)),
    });
  }

  return (call) => {
    const { path, method } = call;
    if (method !== 'GET') return undefined;
    const more = /^\/query\/(01g\w+)-(\d+)$/.exec(path);
    if (more) return page(call, more[1] ?? '', Number(more[2]));
    if (!/^\/query(All)?\/?$/.test(path)) return undefined;
    const soql = call.query.get('q') ?? '';
    const access = /\bFROM\s+UserRecordAccess\b/i.test(soql);
    if (access) return recordAccess(world, soql);
    const query = parseSoql(soql);
    const rows = selectRows(org, query, path.startsWith('/queryAll'), call.hidden);
    const [first] = query.select;
    if (
      query.select.length === 1 &&
      first &&
      'aggregate' in first &&
      first.path === undefined &&
      first.alias === undefined
    )
      return ok({ totalSize: rows.length, done: true, records: [] });
    if (query.select.some((one) => 'aggregate' in one))
      return ok({ totalSize: 1, done: true, records: [aggregate(org, query, rows, call.hidden)] });
    if (rows.length === 0) return ok({ totalSize: 0, done: true, records: [] });
    const id = `01gEm${String(++count).padStart(10, '0')}AAA`;
    // Rows are copied: a cursor shows what was there when the query began.
    cursors.set(id, {
      query,
      rows: rows.map((row) => ({ ...row })),
      pageSize: pageSizeOf(call, settings.pageSize),
    });
    return page(call, id, 0);
  };
}

function pageSizeOf({ headers }: Call, normal: number): number {
  const asked = /batchSize=(\d+)/.exec(headers['sforce-query-options'] ?? '')?.[1];
  return asked === undefined ? normal : Math.min(2_000, Math.max(200, Number(asked)));
}

/** Everybody may read everything that is there. */
function recordAccess({ org }: World, soql: string): Answer {
  const { where, select } = parseSoql(soql.replace(/\bFROM\s+UserRecordAccess\b/i, 'FROM Account'));
  const tests = where?.op === 'and' ? where.tests : [];
  const records = tests.find((test) => test.op === 'in' && test.path === 'RecordId');
  const user = tests.find((test) => test.op === '=' && test.path === 'UserId');
  if (!user || records?.op !== 'in' || select.length === 0)
    throw new ApiError(
      400,
      'MALFORMED_QUERY',
      'UserRecordAccess requires filters on UserId and RecordId',
    );
  const ids = records.values.map((value) => (value.type === 'text' ? value.text : ''));
  const rows = ids.map((id) => ({
    attributes: { type: 'UserRecordAccess' },
    RecordId: id,
    HasReadAccess: org.objects.some(({ name }) => org.find(name, id) !== undefined),
  }));
  return ok({ totalSize: rows.length, done: true, records: rows });
}

/** All rows of a query as a bulk job sees them. */
export function bulkRows(
  { org }: World,
  soql: string,
  all: boolean,
  hidden: Hidden,
): { readonly query: Query; readonly rows: readonly Row[] } {
  const query = parseSoql(soql);
  if (query.select.some((one) => 'aggregate' in one))
    throw new ApiError(400, 'API_ERROR', 'Aggregate Relationships not supported in Bulk Query');
  if (query.orderBy.length > 0 || query.limit !== undefined)
    throw new ApiError(400, 'API_ERROR', 'ORDER BY and LIMIT are not supported in Bulk Query');
  return { query, rows: selectRows(org, query, all, hidden).map((row) => ({ ...row })) };
}
