import { salesforceId } from '@opportune/connector-salesforce';
import type { Clock, RecordId, Store, Subject } from 'opportune';
import { followMerges } from '../follow-merges.js';
import type { Rights } from '../identity/identity.js';
import type { Connection } from '../identity/settings.js';
import { shortHash } from '../short-hash.js';
import { type AccessSource, type Answer, bareId } from './access-source.js';

/** What a server of the CRM is asked about its user before there is a token for a panel, by the CRM's own names. */
export interface AskedOfHost {
  readonly records: readonly string[];
  /** `Account.Industry` */
  readonly fields: readonly string[];
}

/**
 * Rights that a CRM's own server tells with each token, where nobody hands over a token with which the CRM could be
 * asked as the rep. They lie in the panel's token, so that every process that is shown it knows them, and count as long.
 */
export interface HostRights {
  /** Whether rights have to be told for this connection; else its rules decide. */
  isAsked(connection: string): boolean;
  /**
   * The record in view, its account as it is known here with the contacts and opportunities in it, and accounts that this
   * rep looked at within a day: an answer that comes late is to one of them.
   */
  asks(connection: string, rep: RecordId, record: string): Promise<AskedOfHost>;
  toRights(connection: string, answer: AskedOfHost): Rights;
  /** A token was shown. True: it tells more, or other, than what was told before. */
  take(rep: RecordId, rights: Rights, until: number): boolean;
  /** The source, with what was told where it cannot ask as this rep. */
  behind(source: AccessSource, connection: string): AccessSource;
}

const MOST_RECORDS = 20;
/** Of the account in view. Each takes 28 bytes of a token that is sent with every request, whose header proxies end at 8 kB. */
const MOST_INSIDE = 100;
const MOST_REPS = 5_000;
const RECENT_MS = 86_400_000;
/** A record that stays in view is not noted anew all the time. */
const NOTED_MS = 3_600_000;

interface Told {
  /** Until when, in epoch milliseconds. */
  readonly records: Map<string, number>;
  fields: { readonly readable: ReadonlySet<string>; readonly until: number };
}

interface Recent {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function createHostRights(
  connections: readonly Connection[],
  { store, clock }: { readonly store: Pick<Store, 'get' | 'put' | 'read'>; readonly clock: Clock },
): HostRights {
  const asked = new Map(
    connections.flatMap((one): [string, readonly string[]][] =>
      one.crm === 'salesforce' ? [[one.name, [...new Set(one.attributes.values())]]] : [],
    ),
  );
  const fieldsOf = (connection: string): readonly string[] => asked.get(connection) ?? [];
  const nameOf = (fields: readonly string[]): string => shortHash(fields.join());
  const byRep = new Map<RecordId, Told>();

  /** The account of a record, where it is known here; another record stands for itself. */
  async function accountOf(connection: string, id: string): Promise<string | Subject> {
    for (const kind of ['contact', 'opportunity']) {
      const parent = await store.get(`parent/${connection}:${kind}:${id}`);
      if (typeof parent === 'string') return (await followMerges(parent, store.read)) ?? id;
    }
    return (await followMerges(`${connection}:account:${id}`, store.read)) ?? id;
  }

  return {
    isAsked: (connection) => asked.has(connection),
    async asks(connection, rep, record) {
      const id = salesforceId(record);
      const found = id && (await accountOf(connection, id));
      const account = typeof found === 'object' ? salesforceId(bareId(found.key)) : found;
      const inside = typeof found === 'object' ? insideOf(found) : [];
      const now = clock.now();
      const name = `host-rights/${rep}`;
      const recent = ((await store.get(name)) ?? []) as readonly Recent[];
      const [last] = recent;
      const others = recent.filter((one) => one.id !== account && now - one.at < RECENT_MS);
      if (account && (last?.id !== account || now - last.at > NOTED_MS))
        await store.put(name, [{ id: account, at: now }, ...others].slice(0, MOST_RECORDS - 1));
      const ids = [id, account, ...others.map((one) => one.id)].filter((one) => one !== undefined);
      return {
        records: [...new Set([...new Set(ids)].slice(0, MOST_RECORDS).concat(inside))],
        fields: fieldsOf(connection),
      };
    },
    toRights(connection, answer) {
      const fields = fieldsOf(connection);
      const records = answer.records.flatMap((id) => salesforceId(id) ?? []);
      return {
        records: [...new Set(records)].slice(0, MOST_RECORDS + MOST_INSIDE),
        fields: fields.flatMap((field, i) => (answer.fields.includes(field) ? i : [])),
        of: nameOf(fields),
      };
    },
    take(rep, { records, fields, of }, until) {
      const now = clock.now();
      const held = byRep.get(rep);
      const told: Told = held ?? { records: new Map(), fields: { readable: new Set(), until: 0 } };
      byRep.delete(rep);
      byRep.set(rep, told);
      const [oldest] = byRep.keys();
      if (byRep.size > MOST_REPS && oldest !== undefined) byRep.delete(oldest);
      for (const [id, end] of told.records) if (end <= now) told.records.delete(id);
      const isMore = records.some((id) => !told.records.has(id));
      for (const id of records) told.records.set(id, Math.max(until, told.records.get(id) ?? 0));
      const all = fieldsOf(rep.slice(0, rep.indexOf(':')));
      const readable = new Set(of === nameOf(all) ? fields.flatMap((i) => all[i] ?? []) : []);
      const before = told.fields;
      // Of two tokens at work the younger one knows.
      if (until < before.until) return isMore;
      told.fields = { readable, until };
      const isOther =
        before.until <= now ||
        readable.size !== before.readable.size ||
        [...readable].some((field) => !before.readable.has(field));
      return isMore || isOther;
    },
    behind(source, connection) {
      const connected = connections.find(({ name }) => name === connection);
      const attributes = connected?.crm === 'salesforce' ? connected.attributes : new Map();
      const toldOf = <T>(rep: RecordId, read: (told: Told) => T): Answer<T> => {
        const told = byRep.get(rep);
        return told && told.fields.until > clock.now()
          ? { status: 'known', value: read(told) }
          : { status: 'refused' };
      };
      return {
        ...source,
        async findVisible(asker, records) {
          const answer = await source.findVisible(asker, records);
          if (answer.status !== 'refused') return answer;
          return toldOf(asker, (told) => {
            const now = clock.now();
            return new Set(
              records.filter((record) => {
                const isOurs = record.startsWith(`${connection}:`);
                return isOurs && (told.records.get(bareId(record)) ?? 0) > now;
              }),
            );
          });
        },
        async findHidden(asker) {
          const answer = await source.findHidden(asker);
          if (answer.status !== 'refused') return answer;
          return toldOf(asker, ({ fields }) => {
            const hidden = [...attributes].filter(([, field]) => !fields.readable.has(field));
            return new Set(hidden.map(([attribute]) => attribute));
          });
        },
      };
    },
  };
}

/** What a panel would name first: what cards are open on, then opportunities that are open, then whatever else there is. */
function insideOf({ records, openings }: Subject): readonly string[] {
  const carded = new Set(
    Object.values(openings).flatMap((one) => (one.end === undefined ? one.record : [])),
  );
  const rank = ({ id, kind, values }: Subject['records'][string]): number =>
    carded.has(id) ? 0 : kind === 'opportunity' && values.open?.value !== false ? 1 : 2;
  return Object.values(records)
    .filter(({ kind, deleted }) => (kind === 'contact' || kind === 'opportunity') && !deleted)
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
    .flatMap(({ id }) => salesforceId(bareId(id)) ?? [])
    .slice(0, MOST_INSIDE);
}
