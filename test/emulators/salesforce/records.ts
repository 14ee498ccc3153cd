import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { showValue } from './field-values.js';
import type { Row } from './org.js';

/** Single records: read, made, changed, deleted, upserted; and which were changed or deleted between two moments. */
export function records(call: Call, world: World): Answer | undefined {
  const { org } = world;
  const { method, path } = call;
  const span = /^\/sobjects\/(\w+)\/(updated|deleted)\/?$/.exec(path);
  if (span && method === 'GET') return between(call, world, span[1] ?? '', span[2] === 'deleted');
  const byKey = /^\/sobjects\/(\w+)\/(\w+)\/([^/]+)$/.exec(path);
  if (byKey) {
    const [, object = '', field = '', value = ''] = byKey.map((part) => decodeURIComponent(part));
    if (method === 'GET') {
      const row = org.findByKey(object, field, value);
      if (!row) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
      return ok(show(call, world, object, row));
    }
    if (method !== 'PATCH') return undefined;
    const saved = org.upsert(object, field, value, bodyOf(call), call.user);
    return {
      status: saved.created ? 201 : 200,
      body: { id: saved.id, success: true, errors: [], created: saved.created },
    };
  }
  const one = /^\/sobjects\/(\w+)\/(\w{15}|\w{18})$/.exec(path);
  if (one) {
    const [, object = '', id = ''] = one;
    if (method === 'GET') return ok(show(call, world, object, org.get(object, id)));
    if (method === 'PATCH') org.update(object, id, bodyOf(call));
    else if (method === 'DELETE') org.delete(object, id);
    else return undefined;
    return { status: 204 };
  }
  const object = /^\/sobjects\/(\w+)\/?$/.exec(path)?.[1];
  if (object === undefined || method !== 'POST') return undefined;
  const { id } = org.create(object, bodyOf(call), call.user);
  return {
    status: 201,
    body: { id, success: true, errors: [] },
    headers: { location: `${call.base}/sobjects/${object}/${id}` },
  };
}

function show(call: Call, { org }: World, object: string, row: Row): object {
  const spec = org.spec(object);
  const wanted = call.query.get('fields')?.split(',');
  const shown: { [field: string]: unknown } = {
    attributes: { type: spec.name, url: `${call.base}/sobjects/${spec.name}/${row.Id}` },
  };
  for (const field of spec.fields)
    if ((wanted?.includes(field.name) ?? true) && !call.hidden.has(`${spec.name}.${field.name}`))
      shown[field.name] = showValue(field, row[field.name] ?? null);
  return shown;
}

const DAY_MS = 86_400_000;

function between(call: Call, { org, now }: World, object: string, deleted: boolean): Answer {
  const [start, end] = ['start', 'end'].map((name) => Date.parse(call.query.get(name) ?? ''));
  if (start === undefined || end === undefined || Number.isNaN(start + end) || end <= start)
    throw new ApiError(
      400,
      'INVALID_REPLICATION_DATE',
      'startDate before org replication enabled date, or endDate before startDate',
    );
  if (now() - start > 30 * DAY_MS)
    throw new ApiError(
      400,
      'INVALID_REPLICATION_DATE',
      'startDate cannot be more than 30 days ago',
    );
  const rows = [...org.rows(object).values()].filter(
    ({ SystemModstamp: at, IsDeleted }) =>
      Number(at) >= start && Number(at) < end && (IsDeleted === true) === deleted,
  );
  const latestDateCovered = showMoment(Math.min(end, now()));
  if (!deleted) return ok({ ids: rows.map(({ Id }) => Id), latestDateCovered });
  return ok({
    deletedRecords: rows.map(({ Id, SystemModstamp }) => ({
      id: Id,
      deletedDate: showMoment(Number(SystemModstamp)),
    })),
    earliestDateAvailable: showMoment(now() - 30 * DAY_MS),
    latestDateCovered,
  });
}

export const showMoment = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
