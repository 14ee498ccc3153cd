import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { showValue } from './field-values.js';
import type { Saved } from './org.js';

type Handle = (call: Call) => Answer;
interface Result {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly { statusCode: string; message: string; fields: readonly string[] }[];
}

const MOST_RECORDS = 200;
const MOST_PARTS = 25;

/** Several records or requests in one. `handle` answers a request that is part of another. */
export function composite(call: Call, world: World, handle: Handle): Answer | undefined {
  const { path, method } = call;
  if (path === '/composite' && method === 'POST') return inOne(call, handle);
  if (path === '/composite/batch' && method === 'POST') return batch(call, handle);
  const target = /^\/composite\/sobjects(?:\/(\w+))?(?:\/(\w+))?$/.exec(path);
  if (!target) return undefined;
  const [, object, key] = target;
  const { org } = world;
  if (method === 'DELETE') {
    const ids = (call.query.get('ids') ?? '').split(',');
    return collection(ids, call.query.get('allOrNone') === 'true', (id) => {
      const found = org.objects.find(({ keyPrefix }) => id.startsWith(keyPrefix));
      if (!found) throw new ApiError(400, 'MALFORMED_ID', `bad id ${id}`);
      org.delete(found.name, id);
      return { id, created: false };
    });
  }
  const body = bodyOf(call);
  if (object !== undefined && key === undefined && method === 'POST')
    return retrieve(world, call, object);
  const records = Array.isArray(body.records) ? (body.records as Sent[]) : [];
  const save = (record: Sent): Saved => {
    const { attributes, id, Id, ...values } = record;
    const type = object ?? attributes?.type ?? '';
    if (key !== undefined) {
      const { [key]: value, ...rest } = values;
      return org.upsert(type, key, String(value ?? ''), rest, call.user);
    }
    if (method === 'POST') return org.create(type, values, call.user);
    return org.update(type, String(id ?? Id), values);
  };
  return collection(records, body.allOrNone === true, save, key !== undefined);
}

interface Sent {
  readonly attributes?: { readonly type?: string };
  readonly id?: unknown;
  readonly Id?: unknown;
  readonly [field: string]: unknown;
}

function collection<Item>(
  items: readonly Item[],
  allOrNone: boolean,
  work: (item: Item) => Saved,
  tellsCreated = false,
): Answer {
  if (items.length > MOST_RECORDS)
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
    );
  const results = items.map((item): Result => {
    try {
      const { id, created } = work(item);
      return { id, success: true, errors: [], ...(tellsCreated ? { created } : {}) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { errorCode: statusCode, message, fields } = error;
      return { success: false, errors: [{ statusCode, message, fields }] };
    }
  });
  if (!allOrNone || results.every(({ success }) => success)) return ok(results);
  // What was written is not taken back: nothing here asks for all or none with records that cannot be saved.
  throw new ApiError(501, 'NOT_IMPLEMENTED', 'the emulator does not roll back');
}

function retrieve({ org }: World, call: Call, object: string): Answer {
  const { ids, fields } = bodyOf(call) as { ids: readonly string[]; fields: readonly string[] };
  const spec = org.spec(object);
  return ok(
    ids.map((id) => {
      const row = org.find(object, id);
      if (!row) return null;
      const shown: { [field: string]: unknown } = {
        attributes: { type: spec.name, url: `${call.base}/sobjects/${spec.name}/${row.Id}` },
      };
      for (const field of spec.fields)
        if (fields.includes(field.name))
          shown[field.name] = showValue(field, row[field.name] ?? null);
      return shown;
    }),
  );
}

interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId?: string;
  readonly body?: unknown;
  readonly richInput?: unknown;
}

function answerPart(call: Call, { method, url, body }: Part, handle: Handle): Answer {
  const at = new URL(url.startsWith('/') ? url : `/services/data/${url}`, 'http://part');
  return handle({
    ...call,
    method,
    path: at.pathname.slice(call.base.length),
    query: at.searchParams,
    body: body === undefined ? '' : JSON.stringify(body),
  });
}

function partsOf(call: Call, name: string): readonly Part[] {
  const parts = (bodyOf(call)[name] ?? []) as readonly Part[];
  if (parts.length > MOST_PARTS)
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `Number of subrequests exceeds the limit of ${MOST_PARTS}`,
    );
  return parts;
}

function inOne(call: Call, handle: Handle): Answer {
  const results = new Map<string, unknown>();
  const compositeResponse = partsOf(call, 'compositeRequest').map((part) => {
    // `@{ref.id}` stands for what an earlier part answered.
    const text = JSON.stringify(part).replaceAll(/@\{(\w+)\.(\w+)\}/g, (all, reference, field) => {
      const value = (results.get(reference) as { [name: string]: unknown } | undefined)?.[field];
      return value === undefined ? all : String(value);
    });
    const { status, body, headers = {} } = answerPart(call, JSON.parse(text) as Part, handle);
    if (part.referenceId !== undefined) results.set(part.referenceId, body);
    return {
      body: body ?? null,
      httpHeaders: headers,
      httpStatusCode: status,
      referenceId: part.referenceId,
    };
  });
  return ok({ compositeResponse });
}

function batch(call: Call, handle: Handle): Answer {
  const results = partsOf(call, 'batchRequests').map((part) => {
    const { status, body } = answerPart(call, { ...part, body: part.richInput }, handle);
    return { statusCode: status, result: body ?? null };
  });
  return ok({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
}
