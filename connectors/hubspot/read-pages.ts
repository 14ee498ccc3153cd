import { OpportuneError } from '../../src/core/errors.js';
import { afterOf, HubspotRefusal, resultsOf, type Wire } from './wire.js';

/** A record as HubSpot tells it. */
export interface Row {
  readonly id: string;
  readonly properties: { readonly [name: string]: string | null | undefined };
  readonly updatedAt?: string | null;
  readonly archivedAt?: string;
  readonly propertiesWithHistory?: {
    readonly [name: string]:
      | readonly { readonly value?: unknown; readonly timestamp?: unknown }[]
      | undefined;
  };
}

export interface Reading {
  /** Name or type id of the object. */
  readonly object: string;
  readonly properties: readonly string[];
  readonly signal: AbortSignal | undefined;
}

const LIST_PAGE = 100;
const SEARCH_PAGE = 200;
const BATCH = 100;
/** With what they are read by, more than this makes an address too long. */
const LONGEST_QUERY = 6_000;

/** Every record, in the order of ids, so that what changes meanwhile moves nothing. `headers` tell HubSpot's own time. */
export async function* listPages(
  wire: Wire,
  { object, properties, signal }: Reading,
  { archived, after: first }: { readonly archived: boolean; readonly after?: string | undefined },
): AsyncGenerator<{
  readonly rows: readonly Row[];
  readonly after: string | undefined;
  readonly headers: Headers;
}> {
  const path = `/crm/v3/objects/${object}`;
  const joined = properties.join(',');
  const isLong = joined.length > LONGEST_QUERY;
  for (let after = first; ; ) {
    const reply = await wire.ask({
      path,
      query: [
        ['limit', String(LIST_PAGE)],
        ['archived', String(archived)],
        ...(isLong ? [] : [['properties', joined] as const]),
        ...(after === undefined ? [] : [['after', after] as const]),
      ],
      signal,
    });
    const found = resultsOf<Row>(reply, path);
    const ids = found.map(({ id }) => id);
    const rows = isLong
      ? (await readByIds(wire, { object, properties, signal }, ids, { archived })).rows
      : found;
    after = afterOf(reply.value);
    yield { rows, after, headers: reply.headers };
    if (after === undefined) return;
  }
}

/** How many records a search counts, which is what a list does not tell; undefined where it cannot be searched. */
export async function countAll(
  wire: Wire,
  object: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const path = `/crm/v3/objects/${object}/search`;
  const body = { filterGroups: [], properties: [], limit: 1 };
  try {
    const { value } = await wire.ask({ method: 'POST', path, body, repeatable: true, signal });
    const { total } = Object(value) as { readonly total?: unknown };
    return typeof total === 'number' ? total : undefined;
  } catch (error) {
    if (error instanceof HubspotRefusal) return undefined;
    throw error;
  }
}

/** Records by id, and which of the ids there is nothing under. An id that was merged gives the record that stands for it. */
export async function readByIds(
  wire: Wire,
  { object, properties, signal }: Reading,
  ids: readonly string[],
  {
    archived = false,
    history = [],
  }: { readonly archived?: boolean; readonly history?: readonly string[] } = {},
): Promise<{ readonly rows: readonly Row[]; readonly missing: readonly string[] }> {
  const path = `/crm/v3/objects/${object}/batch/read`;
  const rows: Row[] = [];
  const missing: string[] = [];
  // With histories, half as many are allowed.
  const most = history.length > 0 ? BATCH / 2 : BATCH;
  for (let from = 0; from < ids.length; from += most) {
    const inputs = ids.slice(from, from + most).map((id) => ({ id }));
    const reply = await wire.ask({
      method: 'POST',
      path,
      query: archived ? [['archived', 'true']] : [],
      body: { inputs, properties, propertiesWithHistory: history },
      repeatable: true,
      signal,
    });
    rows.push(...resultsOf<Row>(reply, path));
    missing.push(...missingOf(reply.value, path));
  }
  return { rows, missing };
}

/** A batch that worked in part is no refusal to HubSpot: what it says is missing is missing, and the rest is an error. */
export function missingOf(value: unknown, where: string): readonly string[] {
  const { errors } = Object(value) as { readonly errors?: unknown };
  return (Array.isArray(errors) ? errors : []).flatMap((error) => {
    const { category, context } = Object(error) as { readonly [name: string]: unknown };
    const { ids } = Object(context) as { readonly ids?: unknown };
    if (category === 'OBJECT_NOT_FOUND') return Array.isArray(ids) ? ids.map(String) : [];
    throw new OpportuneError(
      'opportune/crm-unavailable',
      `HubSpot answers a part only: ${String(category).slice(0, 80)}`,
      { where, remedy: 'Go on later from the last position' },
    );
  });
}

export interface Filter {
  readonly propertyName: string;
  readonly operator: 'GTE' | 'GT' | 'LT' | 'EQ' | 'BETWEEN';
  readonly value: string;
  readonly highValue?: string;
}

/**
 * What was modified since then, oldest first. Each page is a search of its own that begins at the stamp at which the last
 * one ended: paging on inside one search ends at 10,000 results, and a record that changes meanwhile moves all behind it up
 * by one, so that one of them is on no page.
 */
export async function* searchPages(
  wire: Wire,
  { object, properties, signal }: Reading,
  {
    modified,
    since,
    filters,
  }: { readonly modified: string; readonly since: number; readonly filters: readonly Filter[] },
): AsyncGenerator<readonly Row[]> {
  const path = `/crm/v3/objects/${object}/search`;
  const search = async (more: readonly Filter[], sort: string): Promise<readonly Row[]> =>
    resultsOf<Row>(
      await wire.ask({
        method: 'POST',
        path,
        body: {
          filterGroups: [{ filters: [...filters, ...more] }],
          sorts: [{ propertyName: sort, direction: 'ASCENDING' }],
          properties: [...new Set([...properties, modified])],
          limit: SEARCH_PAGE,
        },
        repeatable: true,
        signal,
      }),
      path,
    );
  const at = (operator: 'GTE' | 'EQ', stamp: number): Filter => ({
    propertyName: modified,
    operator,
    value: String(stamp),
  });
  let from = Math.max(0, since);
  let seen = new Set<string>();
  for (;;) {
    const rows = await search([at('GTE', from)], modified);
    yield rows.filter(({ id }) => !seen.has(id));
    const stamps = rows.map((row) => stampOf(row, modified));
    const last = stamps.at(-1) ?? Number.NaN;
    if (rows.length < SEARCH_PAGE || Number.isNaN(last)) return;
    if (last > from) {
      seen = new Set(rows.filter((_, index) => stamps[index] === last).map(({ id }) => id));
      from = last;
      continue;
    }
    // More of one stamp than a page holds, as after an import: these go by their ids.
    for (let id = '0'; ; ) {
      const same = await search(
        [at('EQ', from), { propertyName: 'hs_object_id', operator: 'GT', value: id }],
        'hs_object_id',
      );
      yield same;
      if (same.length < SEARCH_PAGE) break;
      id = same.at(-1)?.id ?? id;
    }
    from++;
    seen = new Set();
  }
}

/** When HubSpot last changed it, epoch milliseconds. */
export function stampOf({ properties, updatedAt }: Row, modified: string): number {
  return Date.parse(properties[modified] ?? updatedAt ?? '');
}
