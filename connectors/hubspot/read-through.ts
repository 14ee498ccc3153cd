import type { Pulled } from '../../src/domain/connector.js';
import { gatheredBy } from '../field-map/field-map.js';
import { pullGroup } from '../field-map/gathered-facts.js';
import type { CrmRecord } from '../field-map/read-record.js';
import { createRecordPull, type RecordPull } from '../field-map/record-pull.js';
import type { Step } from '../reading/read-in-turn.js';
import { theirTime } from '../requests/their-time.js';
import { readAllAssociated, readEachAssociated } from './associations.js';
import type { Place } from './position.js';
import {
  AT_ONCE,
  comeDue,
  OVERLAP_MS,
  type ReadableObject,
  type ReadContext,
  type Through,
} from './read-object.js';
import {
  listPages,
  type Reading,
  type Row,
  readByIds,
  searchPages,
  stampOf,
} from './read-pages.js';

/**
 * Reads an object by the records above it, line items by their deals: what is told of them rests on both, and what a deal
 * holds is known when all of it was read.
 */
export async function* readThrough(
  object: ReadableObject,
  through: Through,
  before: Place | undefined,
  context: ReadContext,
): AsyncGenerator<Step<Place>> {
  const { wire, now, inbox, signal } = context;
  const { name } = object.object;
  const own = createRecordPull(object, undefined, context);
  const above = readingOf(through, signal);
  const since = before?.to;
  const touches = since === undefined ? [] : (inbox?.waiting(name) ?? []);
  let to = since ?? 0;
  if (since === undefined) {
    let began = before?.list?.began;
    const pages = listPages(wire, above, { archived: false, after: before?.list?.after });
    for await (const page of pages) {
      began ??= theirTime(now, page.headers);
      yield* tell(page.rows, 'whole', { object, through, own, context });
      yield own.progress(undefined);
      if (page.after !== undefined)
        yield { type: 'place', place: { at: 0, list: { after: page.after, began } } };
    }
    to = began ?? now;
  } else {
    const from = since - OVERLAP_MS;
    const told = new Set<string>();
    /** Deals to be told besides those that changed themselves, and when what they hold was changed. */
    const linkedAt = new Map<string, number>();
    const { modified } = object;
    const changed = searchPages(wire, ownReading(object, signal), {
      ...{ modified, since: from, filters: [] },
    });
    for await (const rows of changed) {
      for (const row of rows) to = Math.max(to, stampOf(row, modified) || 0);
      const ids = rows.map(({ id }) => id);
      for (const id of await readAllAssociated(wire, name, through.object, ids, signal))
        linkedAt.set(id, 0);
    }
    for (const touch of touches)
      for (const id of touch.above ?? []) linkedAt.set(id, touch.linkedAt ?? 0);
    const touched = touches.map(({ id }) => id);
    for (const id of await readAllAssociated(wire, name, through.object, touched, signal))
      linkedAt.set(id, linkedAt.get(id) ?? 0);
    const how = { object, through, own, context, linkedAt };
    const searches = [
      { modified: through.modified, since: from, filters: [] },
      ...comeDue(object, through.modified, {
        ...{ from, at: before?.at ?? 0, now, begin: through.begin },
      }).map((filters) => ({ modified: through.modified, since: 0, filters })),
    ];
    for (const search of searches)
      for await (const rows of searchPages(wire, above, search)) {
        const fresh = rows.filter(({ id }) => !told.has(id));
        for (const row of fresh) {
          told.add(row.id);
          if (search.since > 0) to = Math.max(to, stampOf(row, through.modified) || 0);
        }
        yield* tell(fresh, 'changes', how);
      }
    const rest = [...linkedAt.keys()].filter((id) => !told.has(id));
    for (let start = 0; start < rest.length; start += AT_ONCE) {
      const { rows } = await readByIds(wire, above, rest.slice(start, start + AT_ONCE));
      yield* tell(rows, 'changes', how);
    }
  }
  yield own.tally();
  yield { type: 'place', place: { to, at: now, gone: to } };
  inbox?.done(name, touches);
}

/** What belongs to those of these records above that are there. */
export async function* readThroughRecords(
  object: ReadableObject,
  through: Through,
  ids: readonly string[],
  context: ReadContext,
): AsyncGenerator<Step<Place>> {
  const own = createRecordPull(object, undefined, context);
  const above = readingOf(through, context.signal);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const { rows } = await readByIds(context.wire, above, ids.slice(from, from + AT_ONCE));
    yield* tell(rows, 'whole', { object, through, own, context });
  }
  yield own.tally();
}

const readingOf = ({ object, properties }: Through, signal: AbortSignal | undefined): Reading => ({
  object,
  properties,
  signal,
});

const ownReading = ({ object }: ReadableObject, signal: AbortSignal | undefined): Reading => ({
  ...{ object: object.name, properties: [], signal },
});

interface How {
  readonly object: ReadableObject;
  readonly through: Through;
  readonly own: RecordPull;
  readonly context: ReadContext;
  readonly linkedAt?: ReadonlyMap<string, number>;
}

async function* tell(
  rows: readonly Row[],
  way: 'whole' | 'changes',
  how: How,
): AsyncGenerator<Pulled> {
  if (rows.length === 0) return;
  const { object, through, own, context, linkedAt } = how;
  const { wire, signal } = context;
  const { name } = object.object;
  const ids = rows.map(({ id }) => id);
  const held = await readEachAssociated(wire, through.object, name, ids, signal);
  const reading: Reading = { object: name, properties: object.properties, signal };
  const all = await readByIds(wire, reading, [...new Set([...held.values()].flat())]);
  const byId = new Map(all.rows.map((row) => [row.id, row]));
  const empty = ids.filter((id) => !held.has(id));
  const emptied = way === 'whole' ? new Set() : await whoHeldSome(empty, how);
  for (const row of rows) {
    const parts = (held.get(row.id) ?? []).flatMap((id) => byId.get(id) ?? []);
    const records = parts
      .map((part) => toRecord(part, row, how))
      .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
    for (const record of records) yield* own.pull(record);
    if (gatheredBy(object.object) === undefined) continue;
    const stamps = records.map(({ changedAt }) => changedAt);
    const changedAt = Math.max(
      stampOf(row, through.modified),
      linkedAt?.get(row.id) ?? 0,
      ...stamps,
    );
    if (records.length > 0) yield* pullGroup({ id: row.id, records, changedAt }, object, context);
    else if (emptied.has(row.id)) {
      const past = { ...toRecord(row, row, how), gone: true };
      yield* pullGroup({ id: row.id, records, changedAt, past }, object, context);
    }
  }
}

/** Those of these records that hold nothing now and held something before. */
async function whoHeldSome(
  ids: readonly string[],
  { through, context }: How,
): Promise<ReadonlySet<string>> {
  const { count } = through;
  if (count === undefined) return new Set(ids);
  const reading: Reading = { object: through.object, properties: [], signal: context.signal };
  const { rows } = await readByIds(context.wire, reading, ids, { history: [count] });
  const some = rows.filter(({ propertiesWithHistory }) =>
    propertiesWithHistory?.[count]?.some(({ value }) => Number(value) > 0),
  );
  return new Set(some.map(({ id }) => id));
}

function toRecord(row: Row, above: Row, { object, through, context }: How): CrmRecord {
  const own = through.begin.slice(0, -1);
  const read = (
    { properties }: Row,
    field: string,
    ownedBy: ReadonlySet<string>,
  ): string | undefined => {
    const value = properties[field] || undefined;
    return value !== undefined && ownedBy.has(field) ? context.owners.userOf(value) : value;
  };
  return {
    id: row.id,
    changedAt: stampOf(row, object.modified),
    gone: false,
    read: (field) =>
      field === own
        ? above.id
        : field.startsWith(through.begin)
          ? read(above, field.slice(through.begin.length), through.ownedBy)
          : read(row, field, object.ownedBy),
  };
}
