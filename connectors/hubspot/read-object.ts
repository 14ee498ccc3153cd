import type { Pulled } from '../../src/domain/connector.js';
import type { FieldMap } from '../field-map/field-map.js';
import type { CrmRecord } from '../field-map/read-record.js';
import { createRecordPull, type PullContext } from '../field-map/record-pull.js';
import type { ResolvedObject } from '../field-map/resolve-field-map.js';
import type { Step } from '../reading/read-in-turn.js';
import { theirTime } from '../requests/their-time.js';
import { ASSOCIATION, readAssociations } from './associations.js';
import type { HubspotInbox } from './inbox.js';
import { type Owners, userIdOf } from './owners.js';
import type { Place } from './position.js';
import {
  countAll,
  type Filter,
  listPages,
  type Reading,
  type Row,
  readByIds,
  searchPages,
  stampOf,
} from './read-pages.js';
import type { Wire } from './wire.js';

/** Records above those of an object, by which they are read: deals, of which line items are. */
export interface Through {
  readonly object: string;
  /** What paths through it begin with, such as `association/deals.` */
  readonly begin: string;
  readonly properties: readonly string[];
  readonly ownedBy: ReadonlySet<string>;
  readonly modified: string;
  /** The property that counts what it holds. */
  readonly count?: string;
}

/** A mapped object, with what HubSpot keeps of it beyond what is mapped. */
export interface ReadableObject extends ResolvedObject {
  readonly properties: readonly string[];
  /** Objects that its records are led to by associations. */
  readonly toward: readonly string[];
  /** Properties that hold an owner. */
  readonly ownedBy: ReadonlySet<string>;
  /** The property that says when a record was changed: contacts have another one than all others. */
  readonly modified: string;
  readonly through?: Through;
  /** Holds the key under which we wrote a record. */
  readonly keyProperty?: string;
}

export interface ReadContext extends PullContext {
  readonly map: FieldMap;
  readonly wire: Wire;
  readonly owners: Owners;
  readonly inbox: HubspotInbox | undefined;
  readonly listGoneEveryMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The index that is searched knows late of what changed, and clocks differ: so far back it is read again. */
export const OVERLAP_MS: number = 5 * 60_000;
const DAY_MS = 86_400_000;
/** Records read by their ids before any of them is told. */
export const AT_ONCE = 500;
export const MERGED = 'hs_merged_object_ids';

/**
 * Reads what changed in one object since its place; without one, everything. Gives the place from which it goes on after
 * each page of the list and at the end.
 */
export async function* readObject(
  object: ReadableObject,
  before: Place | undefined,
  context: ReadContext,
): AsyncGenerator<Step<Place>> {
  const { inbox, now, wire, signal } = context;
  const { name } = object.object;
  const reading: Reading = { object: name, properties: object.properties, signal };
  const own = createRecordPull(object, object.keyProperty, context);
  const tell = function* (records: readonly CrmRecord[]): Generator<Pulled> {
    for (const record of records) yield* own.pull(record);
  };
  const since = before?.to;
  const touches = since === undefined ? [] : (inbox?.waiting(name) ?? []);
  let to = since ?? 0;
  let gone = before?.gone ?? to;
  if (since === undefined) {
    let began = before?.list?.began;
    const { after } = before?.list ?? {};
    const total = after === undefined ? await countAll(wire, name, signal) : undefined;
    for await (const page of listPages(wire, reading, { archived: false, after })) {
      began ??= theirTime(now, page.headers);
      yield* tell(await toRecords(object, page.rows, context));
      yield own.progress(total);
      if (page.after !== undefined)
        yield { type: 'place', place: { at: 0, list: { after: page.after, began } } };
    }
    // What was read first may have changed meanwhile, so it is known up to the beginning.
    to = began ?? now;
    gone = to;
  } else {
    const from = since - OVERLAP_MS;
    const merged = new Set<string>();
    const read = async (rows: readonly Row[]): Promise<readonly CrmRecord[]> => {
      const records = await toRecords(object, rows, context);
      const gone = await readMerged(records, rows, object, from, context);
      for (const { id } of gone) merged.add(id);
      return [...records, ...gone];
    };
    const { modified } = object;
    for await (const rows of searchPages(wire, reading, { modified, since: from, filters: [] })) {
      for (const row of rows) to = Math.max(to, stampOf(row, modified) || 0);
      yield* tell(await read(rows));
    }
    const due = { from, at: before?.at ?? 0, now };
    for (const filters of comeDue(object, modified, due))
      for await (const rows of searchPages(wire, reading, { modified, since: 0, filters }))
        yield* tell(await toRecords(object, rows, context));
    if (touches.length > 0) yield* tell(await readTouched(object, touches, reading, context, read));
    // It has no filter; where webhooks tell of deletions it only finds what they left out.
    if (now - gone >= context.listGoneEveryMs) {
      const after = gone - OVERLAP_MS;
      let first: number | undefined;
      for await (const { rows, headers } of listPages(wire, reading, { archived: true })) {
        first ??= theirTime(now, headers);
        const found = rows.filter(
          ({ id, archivedAt = '' }) => Date.parse(archivedAt) >= after && !merged.has(id),
        );
        yield* tell(found.map((row) => toRecord(object, row, new Map(), context)));
      }
      gone = first ?? gone;
    }
  }
  yield own.tally();
  yield { type: 'place', place: { to, at: now, gone: Math.min(gone, now) } };
  inbox?.done(name, touches);
}

/** The reps: owners come all at once, whenever something is asked. */
export function* readOwnerRecords(
  object: ReadableObject,
  before: Place | undefined,
  context: ReadContext,
): Generator<Step<Place>> {
  const since = before?.to;
  const own = createRecordPull(object, object.keyProperty, context);
  for (const owner of context.owners.all) {
    const { firstName = '', lastName = '', email = '', archived, updatedAt } = owner;
    const changedAt = Date.parse(updatedAt);
    if (since === undefined ? archived : changedAt < since - OVERLAP_MS) continue;
    const name = `${firstName} ${lastName}`.trim() || email;
    const values: { readonly [field: string]: string } = { name, email, firstName, lastName };
    const id = userIdOf(owner);
    yield* own.pull({ id, changedAt, gone: archived, read: (field) => values[field] });
  }
  yield own.tally();
  yield { type: 'place', place: { to: context.now, at: context.now } };
}

/** Of a time that has come since: nobody changes a meeting for its being held. `begin` stands before each property. */
export function comeDue(
  { object, columns }: ReadableObject,
  modified: string,
  {
    from,
    at,
    now,
    begin = '',
  }: {
    readonly from: number;
    readonly at: number;
    readonly now: number;
    readonly begin?: string;
  },
): readonly (readonly Filter[])[] {
  const fields = new Set(object.facts.flatMap((rule) => rule.at ?? []));
  return [...fields]
    .filter((field) => field.startsWith(begin))
    .map((field): readonly Filter[] => {
      const margin = columns.get(field)?.type === 'date' ? DAY_MS : 0;
      return [
        { propertyName: modified, operator: 'LT', value: String(from) },
        {
          propertyName: field.slice(begin.length),
          operator: 'BETWEEN',
          value: String(at - OVERLAP_MS - margin),
          highValue: String(now + margin),
        },
      ];
    });
}

async function readTouched(
  object: ReadableObject,
  touches: ReturnType<HubspotInbox['waiting']>,
  reading: Reading,
  context: ReadContext,
  read: (rows: readonly Row[]) => Promise<readonly CrmRecord[]>,
): Promise<readonly CrmRecord[]> {
  const by = new Map(touches.map((touch) => [touch.id, touch]));
  const { rows, missing } = await readByIds(context.wire, reading, [...by.keys()]);
  const records = (await read(rows)).map((record) => {
    const linkedAt = object.toward.length > 0 ? (by.get(record.id)?.linkedAt ?? 0) : 0;
    // A new association leaves the record's stamp as it was, and what it says now is to count.
    return record.gone ? record : { ...record, changedAt: Math.max(record.changedAt, linkedAt) };
  });
  const archived = await readByIds(context.wire, reading, missing, { archived: true });
  const gone = archived.rows.map((row) => toRecord(object, row, new Map(), context));
  const erased = archived.missing.flatMap((id): CrmRecord[] => {
    const changedAt = by.get(id)?.erasedAt;
    return changedAt === undefined ? [] : [{ id, changedAt, gone: true, read: () => undefined }];
  });
  return [...records, ...gone, ...erased];
}

/** Records that went into one of these since then. The history of a property says when. */
async function readMerged(
  records: readonly CrmRecord[],
  rows: readonly Row[],
  { object }: ReadableObject,
  from: number,
  { wire, signal }: ReadContext,
): Promise<readonly CrmRecord[]> {
  const survivors = rows.filter(({ properties }) => properties[MERGED]).map(({ id }) => id);
  if (survivors.length === 0) return [];
  const reading: Reading = { object: object.name, properties: [MERGED], signal };
  const told = await readByIds(wire, reading, survivors, { history: [MERGED] });
  return told.rows.flatMap((row): readonly CrmRecord[] => {
    const stays = records.find(({ id }) => id === row.id);
    const history = row.propertiesWithHistory?.[MERGED] ?? [];
    return partsOf(row.properties[MERGED]).flatMap((id): CrmRecord[] => {
      const times = history
        .filter(({ value }) => partsOf(value).includes(id))
        .map(({ timestamp }) => Date.parse(String(timestamp)));
      const changedAt = times.length > 0 ? Math.min(...times) : (stays?.changedAt ?? Number.NaN);
      if (!stays || !(changedAt >= from)) return [];
      return [{ id, changedAt, gone: true, mergedInto: row.id, read: stays.read }];
    });
  });
}

const partsOf = (value: unknown): readonly string[] =>
  String(value ?? '')
    .split(';')
    .filter((id) => id !== '');

/** Those of these ids that are there. */
export async function* readRecords(
  object: ReadableObject,
  ids: readonly string[],
  context: ReadContext,
): AsyncGenerator<Step<Place>> {
  const reading = { object: object.object.name, properties: object.properties };
  const own = createRecordPull(object, object.keyProperty, context);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const { signal, wire } = context;
    const { rows } = await readByIds(wire, { ...reading, signal }, ids.slice(from, from + AT_ONCE));
    for (const record of await toRecords(object, rows, context)) yield* own.pull(record);
  }
  yield own.tally();
}

async function toRecords(
  object: ReadableObject,
  rows: readonly Row[],
  context: ReadContext,
): Promise<readonly CrmRecord[]> {
  const links = new Map<string, ReadonlyMap<string, string>>();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    for (const to of object.toward)
      links.set(
        to,
        await readAssociations(context.wire, object.object.name, to, ids, context.signal),
      );
  return rows.map((row) => toRecord(object, row, links, context));
}

function toRecord(
  { ownedBy, modified }: ReadableObject,
  row: Row,
  links: ReadonlyMap<string, ReadonlyMap<string, string>>,
  { owners }: ReadContext,
): CrmRecord {
  const gone = row.archivedAt !== undefined;
  return {
    id: row.id,
    changedAt: gone ? Date.parse(row.archivedAt ?? '') : stampOf(row, modified),
    gone,
    read(field) {
      if (field.startsWith(ASSOCIATION))
        return links.get(field.slice(ASSOCIATION.length))?.get(row.id);
      const value = row.properties[field];
      if (value === undefined || value === null || value === '') return undefined;
      return ownedBy.has(field) ? owners.userOf(value) : value;
    },
  };
}
