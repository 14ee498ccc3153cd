import type { Store } from 'opportune';
import type { Connection } from '../identity/settings.js';
import type { AccessSource } from './access-source.js';
import type { HostRights } from './host-rights.js';
import { ownersInStore } from './owners-in-store.js';
import { ruleAccess } from './rule-access.js';
import { type SalesforceAccessOptions, salesforceAccess } from './salesforce-access.js';

/** Who says what a rep of this company may see, by connection: the CRM itself, or the admin's rules. */
export function sourcesOf(
  connections: readonly Connection[],
  ports: Pick<SalesforceAccessOptions, 'fetch' | 'tokenFor'> & {
    readonly store: Pick<Store, 'get' | 'read' | 'readAll'>;
    readonly hostRights: HostRights;
  },
): ReadonlyMap<string, AccessSource> {
  const { store, fetch, tokenFor, hostRights } = ports;
  const owners = ownersInStore(store);
  return new Map(
    connections.map((connection): [string, AccessSource] => {
      const { name } = connection;
      if (connection.crm === 'rules')
        return [
          name,
          ruleAccess({ records: connection.records, attributes: connection.attributes, owners }),
        ];
      const { instance } = connection;
      const asRep = salesforceAccess({
        connection: name,
        instance,
        attributes: connection.attributes,
        fetch,
        tokenFor,
      });
      return [name, hostRights.behind(asRep, name)];
    }),
  );
}
