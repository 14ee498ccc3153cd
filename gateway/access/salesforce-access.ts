import { salesforceId } from '@opportune/connector-salesforce';
import type { RecordId } from 'opportune';
import { type Fetch, type Fetched, fetchJson } from '../fetch-json.js';
import { type AccessSource, type Answer, bareId, connectionOf } from './access-source.js';

export interface SalesforceAccessOptions {
  /** As record ids begin. */
  readonly connection: string;
  /** `https://acme.my.salesforce.com`; a token is sent nowhere else. */
  readonly instance: string;
  /** Attributes with the field that each comes from: `account.industry` from `Account.Industry`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly fetch: Fetch;
  /** An access token of that rep; with `refresh` a new one, the last having been refused. Undefined: there is none. */
  readonly tokenFor: (
    rep: RecordId,
    options: { readonly refresh: boolean },
  ) => Promise<string | undefined>;
  /** For one request; 5 s. */
  readonly timeoutMs?: number;
}

const API = '/services/data/v62.0';
/** More ids than this UserRecordAccess does not take. */
const MOST_IDS = 200;
/** A describe of a large object has some 2 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Asks Salesforce as the rep: sharing by `UserRecordAccess`, field-level security by what `describe` shows this rep. */
export function salesforceAccess(options: SalesforceAccessOptions): AccessSource {
  const { connection, instance, attributes, fetch, tokenFor, timeoutMs = 5_000 } = options;
  const objects = [...new Set([...attributes.values()].map(objectOf))];

  async function get(rep: RecordId, path: string): Promise<Answer<unknown> | 'not-there'> {
    for (const refresh of [false, true]) {
      const token = await tokenFor(rep, { refresh });
      if (token === undefined) return { status: 'refused' };
      const got = await fetchJson(instance + path, {
        fetch,
        headers: { authorization: `Bearer ${token}` },
        timeoutMs,
        mostBytes: MOST_BYTES,
      });
      // An access token ends within hours: a new one is asked for, once.
      if (got.status !== 401) return toAnswer(got);
    }
    return { status: 'refused' };
  }

  async function findVisible(
    asker: RecordId,
    records: readonly RecordId[],
  ): Promise<Answer<ReadonlySet<RecordId>>> {
    const user = connectionOf(asker) === connection ? salesforceId(bareId(asker)) : undefined;
    if (user === undefined) return { status: 'refused' };
    const byId = new Map<string, RecordId>();
    for (const record of records) {
      const id = connectionOf(record) === connection ? salesforceId(bareId(record)) : undefined;
      // Written otherwise it would be another record to us, and the same to Salesforce.
      if (id !== undefined && id === bareId(record)) byId.set(id, record);
    }
    if (byId.size === 0) return { status: 'known', value: new Set() };
    const query =
      `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '${user}'` +
      ` AND RecordId IN (${[...byId.keys()].map((id) => `'${id}'`).join(',')})`;
    const answer = await get(asker, `${API}/query?q=${encodeURIComponent(query)}`);
    if (answer === 'not-there') return { status: 'unavailable' };
    if (answer.status !== 'known') return answer;
    const visible = readRows(answer.value);
    if (!visible) return { status: 'unavailable' };
    const seen = visible.flatMap((id) => byId.get(salesforceId(id) ?? '') ?? []);
    return { status: 'known', value: new Set(seen) };
  }

  /** Fields of an object that this rep may read; none of an object that is not there for this rep. */
  async function readFields(asker: RecordId, object: string): Promise<Answer<ReadonlySet<string>>> {
    const answer = await get(asker, `${API}/sobjects/${object}/describe`);
    if (answer === 'not-there') return { status: 'known', value: new Set() };
    if (answer.status !== 'known') return answer;
    const { fields } = answer.value as { readonly fields?: unknown };
    if (!Array.isArray(fields)) return { status: 'unavailable' };
    const names = fields.flatMap((field) =>
      typeof field?.name === 'string' ? [`${object}.${field.name}`] : [],
    );
    return { status: 'known', value: new Set(names) };
  }

  async function findHidden(asker: RecordId): Promise<Answer<ReadonlySet<string>>> {
    if (connectionOf(asker) !== connection) return { status: 'refused' };
    const readable = new Set<string>();
    for (const answer of await Promise.all(objects.map((object) => readFields(asker, object)))) {
      if (answer.status !== 'known') return answer;
      for (const name of answer.value) readable.add(name);
    }
    const hidden = [...attributes].filter(([, field]) => !readable.has(field));
    return { status: 'known', value: new Set(hidden.map(([attribute]) => attribute)) };
  }

  return { attributes: new Set(attributes.keys()), most: MOST_IDS, findVisible, findHidden };
}

const objectOf = (field: string): string => field.slice(0, field.indexOf('.'));

function toAnswer(got: Fetched): Answer<unknown> | 'not-there' {
  if (got.ok)
    return typeof got.value === 'object' && got.value !== null
      ? { status: 'known', value: got.value }
      : { status: 'unavailable' };
  if (got.because !== 'refused') return { status: 'unavailable' };
  if (got.status === 404) return 'not-there';
  // Salesforce says with 403 also that the day's requests are used up.
  if (got.status === 403 && !hasErrorCode(got.value, 'REQUEST_LIMIT_EXCEEDED'))
    return { status: 'refused' };
  const { retryAfterMs } = got;
  return { status: 'unavailable', ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function hasErrorCode(body: unknown, code: string): boolean {
  return Array.isArray(body) && body.some((one) => one?.errorCode === code);
}

/** Ids with read access; undefined when the answer is not whole, for a missing row would pass for a "no". */
function readRows(value: unknown): readonly string[] | undefined {
  const { records, done, totalSize } = value as {
    readonly records?: unknown;
    readonly done?: unknown;
    readonly totalSize?: unknown;
  };
  if (!Array.isArray(records) || done !== true || totalSize !== records.length) return undefined;
  return records.flatMap((row) =>
    row?.HasReadAccess === true && typeof row.RecordId === 'string' ? [row.RecordId] : [],
  );
}
