import type { Pulled } from '../../src/domain/connector.js';
import type { RecordKind } from '../../src/domain/value.js';
import { groupOf, pullGroup } from '../field-map/gathered-facts.js';
import type { CrmRecord } from '../field-map/read-record.js';
import type { ReadableObject, ReadContext } from './read-object.js';
import { queryPages, type RowText } from './read-pages.js';
import { stampOf, toRecord } from './to-record.js';

/** Ids in one condition: the address of a query has to stay short. */
const IDS_AT_ONCE = 100;

const OBJECTS: { readonly [kind in RecordKind]?: string } = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  rep: 'User',
  product: 'Product2',
};

/** Tells what records say together that name the same one, from the pages in which they come. */
export interface Gathering {
  /** Of a page of everything; `isAll`: it is the only one. A result in bulk comes in no order. */
  among(rows: readonly RowText[], isAll: boolean): AsyncGenerator<Pulled>;
  /** Of a page of some of them, such as those that changed. */
  changed(rows: readonly RowText[]): AsyncGenerator<Pulled>;
  /** That none names these any more, of which nothing tells when it ended: it is known from now on. */
  ended(ids: readonly string[]): AsyncGenerator<Pulled>;
  /** Every record that could be named, by page. */
  all(): AsyncGenerator<readonly string[]>;
  /** What is named, as far as was met. */
  readonly named: ReadonlySet<string>;
}

const idOf = (row: RowText): string => row.get('Id') ?? '';

/** `before`: what was named until now. */
export function createGathering(
  object: ReadableObject,
  into: string,
  context: ReadContext,
  before: readonly string[] = [],
): Gathering {
  const { wire, signal } = context;
  const { fields, stamps } = object;
  const kind = object.object.facts.find((rule) => rule.into !== undefined)?.record ?? 'account';
  const target = OBJECTS[kind] ?? '';
  const named = new Set(before);

  const group = (rows: readonly RowText[]): ReadonlyMap<string, readonly RowText[]> => {
    const groups = new Map<string, RowText[]>();
    for (const row of rows) {
      const id = groupOf(toRecord(row), object, context);
      // It goes into a query.
      if (id === undefined || !/^\w{15,18}$/.test(id)) continue;
      const held = groups.get(id) ?? [];
      groups.set(id, held);
      held.push(row);
    }
    return groups;
  };
  const select = async (soql: string, read: readonly string[]): Promise<readonly RowText[]> => {
    const found: RowText[] = [];
    for await (const { rows } of queryPages(wire, { soql, fields: read, all: false, signal }))
      found.push(...rows);
    return found;
  };
  /** All that name these, as they are now. */
  const whole = async (
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RowText[]>> => {
    if (ids.length === 0) return new Map();
    const where = `${into} IN (${ids.map((id) => `'${id}'`).join(', ')})`;
    const from = `SELECT ${fields.join(', ')} FROM ${object.object.name}`;
    return group(await select(`${from} WHERE ${where} ORDER BY ${into}, Id`, fields));
  };
  const stillThere = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
    if (ids.length === 0) return new Set();
    const where = `Id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
    const rows = await select(`SELECT Id FROM ${target} WHERE ${where} ORDER BY Id`, ['Id']);
    return new Set(rows.map(idOf));
  };
  const tell = (
    id: string,
    rows: readonly RowText[],
    past: readonly RowText[] = [],
  ): readonly Pulled[] => {
    if (rows.length > 0) named.add(id);
    else named.delete(id);
    const changedAt = Math.max(...[...rows, ...past].map((row) => stampOf(row, stamps)));
    const records = rows.map(toRecord).sort((a: CrmRecord, b: CrmRecord) => (a.id < b.id ? -1 : 1));
    const [gone] = past.map(toRecord);
    return pullGroup({ id, records, changedAt, ...(gone && { past: gone }) }, object, context);
  };

  return {
    named,
    async *among(rows, isAll) {
      const groups = group(rows);
      const ids = [...groups.keys()];
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const some = ids.slice(from, from + IDS_AT_ONCE);
        const complete = isAll ? groups : await whole(some);
        for (const id of some) {
          const all = complete.get(id) ?? [];
          // Others of them are on other pages, and each group is told once.
          const first = all.map(idOf).sort()[0];
          if (groups.get(id)?.some((row) => idOf(row) === first)) yield* tell(id, all);
        }
      }
    },
    async *changed(rows) {
      const groups = group(rows);
      const ids = [...groups.keys()];
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const some = ids.slice(from, from + IDS_AT_ONCE);
        const complete = await whole(some);
        // What is gone itself is told by itself, and nothing more is said of it.
        const there = await stillThere(some.filter((id) => !complete.has(id)));
        for (const id of some) {
          const gone = (groups.get(id) ?? []).filter((row) => row.get('IsDeleted') === 'true');
          const left = complete.get(id) ?? [];
          if (left.length > 0 || there.has(id)) yield* tell(id, left, gone);
        }
      }
    },
    async *ended(ids) {
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const there = await stillThere(ids.slice(from, from + IDS_AT_ONCE));
        for (const id of there) {
          const past: CrmRecord = {
            id,
            changedAt: context.now,
            gone: true,
            read: (field) => (field === into ? id : undefined),
          };
          yield* pullGroup({ id, records: [], changedAt: context.now, past }, object, context);
        }
      }
    },
    async *all() {
      const soql = `SELECT Id FROM ${target} ORDER BY Id`;
      for await (const { rows } of queryPages(wire, { soql, fields: ['Id'], all: false, signal }))
        yield rows.map(idOf);
    },
  };
}
