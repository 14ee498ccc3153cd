import { OpportuneError } from '../../src/core/errors.js';
import type { AccountReading } from '../../src/domain/connector.js';
import { kindOf } from '../../src/domain/value.js';
import { accountFieldsOf, isOf, ownerFieldOf, ruleOf } from '../field-map/account-fields.js';
import { crmId } from '../field-map/crm-id.js';
import type { FieldMap } from '../field-map/field-map.js';
import { onlyOfAccounts } from '../reading/only-of-accounts.js';
import { writePlaces } from '../reading/places.js';
import { theirTime } from '../requests/their-time.js';
import type { Timing } from '../requests/timing.js';
import { openObjects } from './open-objects.js';
import { CRM, type Place } from './position.js';
import { readObject } from './read-object.js';
import { queryPages, type RowText } from './read-pages.js';
import type { Wire } from './wire.js';

/** Ids in one condition: the address of a query has to stay short. */
const IDS_AT_ONCE = 100;

/** Some accounts and all that belongs to them. See {@link AccountReading}. */
export function readAccounts(
  wire: Wire,
  options: {
    readonly map: FieldMap;
    readonly timing: Timing;
    readonly bulkFrom?: number;
    readonly keyField?: string;
    readonly wrote?: (key: string) => boolean;
  },
): AccountReading {
  const { map, timing, bulkFrom = 5_000, wrote } = options;
  const { connection } = map;

  async function rowsOf(
    object: string,
    fields: readonly string[],
    where: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly RowText[]> {
    const soql = `SELECT ${fields.join(', ')} FROM ${object} WHERE ${where}`;
    const found: RowText[] = [];
    for await (const { rows } of queryPages(wire, { soql, fields, all: false, signal }))
      found.push(...rows);
    return found;
  }

  return {
    async own(rep, { signal } = {}) {
      const owner = ownerFieldOf(map);
      const where = `${owner.field} = '${idAt(connection, rep)}'`;
      const rows = await rowsOf(owner.object, ['Id'], `${where} ORDER BY Id`, signal);
      return rows.map((row) => `${connection}:account:${row.get('Id')}`);
    },
    async of(record, { signal } = {}) {
      const kind = kindOf(record);
      const object = ruleOf(map, kind);
      const id = crmId(connection, record);
      if (!object || id === undefined || !/^\w{15,18}$/.test(id)) return undefined;
      const fields = kind === 'account' ? ['Id'] : accountFieldsOf(object);
      if (fields.length === 0) return undefined;
      const [row] = await rowsOf(object.name, fields, `Id = '${id}'`, signal);
      const account = fields.map((field) => row?.get(field)).find((value) => value !== undefined);
      return account === undefined ? undefined : `${connection}:account:${account}`;
    },
    async *pull(accounts, { signal } = {}) {
      const { objects, kindOfId } = await openObjects(wire, options, signal);
      const now = timing.now();
      for (const object of objects) {
        const fields = isOf(object.object, 'account') ? ['Id'] : accountFieldsOf(object.object);
        if (fields.length === 0) continue;
        for (let from = 0; from < accounts.length; from += IDS_AT_ONCE) {
          const ids = accounts
            .slice(from, from + IDS_AT_ONCE)
            .map((account) => `'${idAt(connection, account)}'`);
          const only = fields.map((field) => `${field} IN (${ids.join(', ')})`).join(' OR ');
          const context = { map, now, kindOfId, wire, timing, bulkFrom, wrote, only, signal };
          yield* onlyOfAccounts(accounts, readObject(object, undefined, context));
        }
      }
    },
    async begin({ signal } = {}) {
      const { headers } = await wire.ask({ path: '/limits', signal });
      const now = timing.now();
      // Stamps are by the clock of Salesforce, which ours may be ahead of.
      const to = theirTime(now, headers);
      const places = new Map<string, Place>();
      for (const object of map.objects)
        if (accountFieldsOf(object).length > 0 || object === ruleOf(map, 'account'))
          places.set(object.name, { to, at: now });
      return writePlaces(CRM, connection, places);
    },
  };
}

function idAt(connection: string, record: string): string {
  const id = crmId(connection, record);
  // It goes into a query.
  if (id !== undefined && /^\w{15,18}$/.test(id)) return id;
  throw new OpportuneError('opportune/usage', `"${record}" is no record of this Salesforce`, {
    where: `connection "${connection}"`,
    remedy: 'Name records as the connector does',
  });
}
