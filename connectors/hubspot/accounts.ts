import type { AccountReading } from '../../src/domain/connector.js';
import { kindOf } from '../../src/domain/value.js';
import { accountFieldsOf, ownerFieldOf, ruleOf } from '../field-map/account-fields.js';
import { crmId } from '../field-map/crm-id.js';
import type { FieldMap } from '../field-map/field-map.js';
import { onlyOfAccounts } from '../reading/only-of-accounts.js';
import { writePlaces } from '../reading/places.js';
import { theirTime } from '../requests/their-time.js';
import { realTiming, type Timing } from '../requests/timing.js';
import { ASSOCIATION, readAllAssociated, readAssociations } from './associations.js';
import { openObjects } from './open-objects.js';
import { readOwners } from './owners.js';
import { CRM, type Place } from './position.js';
import { readRecords } from './read-object.js';
import { readByIds, searchPages } from './read-pages.js';
import { readThroughRecords } from './read-through.js';
import type { Wire } from './wire.js';

const COMPANIES = 'companies';

/** Some accounts and all that belongs to them. See {@link AccountReading}. */
export function readAccounts(
  wire: Wire,
  options: {
    readonly map: FieldMap;
    readonly keyProperty?: string;
    readonly wrote?: (key: string) => boolean;
    readonly timing?: Timing;
  },
): AccountReading {
  const { map, timing = realTiming, wrote } = options;
  const { connection } = map;
  const toAccount = (id: string): string => `${connection}:account:${id}`;

  return {
    async own(rep, { signal } = {}) {
      const { object, field } = ownerFieldOf(map);
      const user = crmId(connection, rep);
      const owner = user === undefined ? undefined : (await readOwners(wire, signal)).ownerOf(user);
      if (owner === undefined) return [];
      const filters = [{ propertyName: field, operator: 'EQ', value: owner } as const];
      const search = { modified: 'hs_lastmodifieddate', since: 0, filters };
      const found = new Set<string>();
      for await (const rows of searchPages(wire, { object, properties: [], signal }, search))
        for (const { id } of rows) found.add(id);
      return [...found].map(toAccount);
    },
    async of(record, { signal } = {}) {
      const object = ruleOf(map, kindOf(record));
      const id = crmId(connection, record);
      if (!object || id === undefined || !/^\d{1,20}$/.test(id)) return undefined;
      const { name } = object;
      const fields = accountFieldsOf(object);
      const properties = fields.filter((field) => !field.startsWith(ASSOCIATION));
      const { rows } = await readByIds(wire, { object: name, properties, signal }, [id]);
      const [row] = rows;
      if (!row) return undefined;
      if (name === COMPANIES) return toAccount(row.id);
      for (const field of fields) {
        const to = field.startsWith(ASSOCIATION) ? field.slice(ASSOCIATION.length) : undefined;
        const account =
          to === undefined
            ? row.properties[field]
            : (await readAssociations(wire, name, to, [row.id], signal)).get(row.id);
        if (account) return toAccount(account);
      }
      return undefined;
    },
    async *pull(accounts, { signal } = {}) {
      const objects = await openObjects(wire, options, signal);
      const owners = await readOwners(wire, signal);
      const ids = accounts.flatMap((account) => crmId(connection, account) ?? []);
      const context = {
        ...{ map, now: timing.now(), wire, owners, wrote, signal },
        ...{ inbox: undefined, listGoneEveryMs: 0 },
      };
      for (const object of objects) {
        const { through } = object;
        const name = through?.object ?? object.object.name;
        const isBound = accountFieldsOf(object.object).length > 0;
        if (name !== COMPANIES && !isBound) continue;
        const own =
          name === COMPANIES ? ids : await readAllAssociated(wire, COMPANIES, name, ids, signal);
        const steps = through
          ? readThroughRecords(object, through, own, context)
          : readRecords(object, own, context);
        yield* onlyOfAccounts(accounts, steps);
      }
    },
    async begin({ signal } = {}) {
      const { headers } = await wire.ask({ path: '/account-info/v3/details', signal });
      const now = timing.now();
      const to = theirTime(now, headers);
      const places = new Map<string, Place>();
      for (const object of map.objects)
        if (accountFieldsOf(object).length > 0 || object.name === COMPANIES)
          places.set(object.name, { to, at: now, gone: to });
      return writePlaces(CRM, connection, places);
    },
  };
}
