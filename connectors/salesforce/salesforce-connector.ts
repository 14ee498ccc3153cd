import type { Connector, Pulled } from '../../src/domain/connector.js';
import type { FieldMap } from '../field-map/field-map.js';
import { resolveFieldMap } from '../field-map/resolve-field-map.js';
import { checkAge, readInTurn } from '../reading/read-in-turn.js';
import type { MapProblem } from '../reading/yaml-node.js';
import { realTiming, type Timing } from '../requests/timing.js';
import { readAccounts } from './accounts.js';
import { describeObject, describeObjects } from './describe.js';
import { readIdentity } from './identity.js';
import { checkKeyField } from './key-field.js';
import { CURRENCY_FIELDS, openObjects } from './open-objects.js';
import { CRM, type Places, readPosition } from './position.js';
import { pushResponse } from './push.js';
import { readObject } from './read-object.js';
import { readRates } from './read-rates.js';
import type { SalesforceSession } from './session.js';
import { watchChanges } from './watch.js';
import { createWire, type Requests, type Wire } from './wire.js';

export type { FieldMap } from '../field-map/field-map.js';
export { type ParsedFieldMap, parseFieldMap } from '../field-map/parse-field-map.js';
export { proposeFieldMap } from '../field-map/propose-field-map.js';
export type { MapProblem } from '../reading/yaml-node.js';
export { browserFetch } from '../requests/browser-fetch.js';
export { createFetchOAuth2, type FetchOAuth2 } from './fetch-oauth2.js';
export { salesforceId } from './salesforce-id.js';
export {
  createSalesforceSession,
  type RefreshFn,
  renewByRefreshToken,
  type SalesforceSession,
  type SalesforceToken,
  type TokenResponse,
} from './session.js';
export { createSalesforceRequests, type Requests, SalesforceRefusal } from './wire.js';

export interface SalesforceConnectorOptions {
  readonly map: FieldMap;
  readonly session: SalesforceSession;
  /** One for each company, however many connectors and users there are. */
  readonly requests: Requests;
  /** `62.0` where it is not said. */
  readonly version?: string;
  /** From so many records of an object on they are loaded in bulk; 5,000. */
  readonly bulkFrom?: number;
  /** The field of Task and Event that holds our key: a text of 255, an external id, case-sensitive. Absent: nothing is written back. */
  readonly keyField?: string;
  /** Whether a key is of what was pushed from here. What others pushed is then read as what they did; absent: every key is ours. */
  readonly wrote?: (key: string) => boolean;
  /** Objects whose Change Data Capture is switched on; absent: nothing is watched. */
  readonly changeEvents?: readonly string[];
  /** For the stream of change events, which is held open beside the requests. */
  readonly fetch?: typeof fetch;
  readonly timing?: Timing;
}

/** Salesforce as facts, and what reps did back. See {@link Connector}. */
export function createSalesforceConnector(options: SalesforceConnectorOptions): Connector {
  const { map, session, requests, version = '62.0', keyField, changeEvents } = options;
  const { fetch = globalThis.fetch, timing = realTiming } = options;
  const wire = createWire(requests, session, version);
  return {
    name: map.connection,
    pull: ({ signal } = {}) => read(options, wire, new Map(), signal),
    async *changesSince(position, { signal } = {}) {
      yield* read(options, wire, readPosition(position, map.connection), signal);
    },
    describe: ({ objects, signal } = {}) => describeObjects(wire, objects, signal),
    identity: ({ signal } = {}) => readIdentity(wire, map.connection, signal),
    accounts: readAccounts(wire, { ...options, timing }),
    ...(keyField !== undefined && {
      push: (response, how) => pushResponse(wire, map, keyField, response, how),
    }),
    ...(changeEvents !== undefined && {
      watch: ({ signal }) =>
        watchChanges({ session, version, fetch, timing, objects: changeEvents }, signal),
    }),
  };
}

/** Holds a map against the CRM: every field that is not there, may not be read, or is of another type by now. */
export async function checkSalesforceMap(
  options: Pick<SalesforceConnectorOptions, 'map' | 'session' | 'requests' | 'version'>,
): Promise<readonly MapProblem[]> {
  const { map, session, requests, version = '62.0' } = options;
  const wire = createWire(requests, session, version);
  return (await resolveFieldMap(map, (name) => describeObject(wire, name), CURRENCY_FIELDS))
    .problems;
}

/** Throws `opportune/push` where Salesforce would not keep what is written under our key there once. */
export async function checkSalesforceKey(
  options: Pick<SalesforceConnectorOptions, 'session' | 'requests' | 'version'>,
  keyField: string,
): Promise<void> {
  const { session, requests, version = '62.0' } = options;
  await checkKeyField(createWire(requests, session, version), keyField);
}

/** Records deleted longer ago are gone from the recycle bin, and nothing tells of them. */
const OLDEST_MS = 14 * 86_400_000;

async function* read(
  options: SalesforceConnectorOptions,
  wire: Wire,
  before: Places,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled> {
  const { map, bulkFrom = 5_000, timing = realTiming, wrote } = options;
  signal?.throwIfAborted();
  const now = timing.now();
  checkAge(
    map.connection,
    before,
    now - OLDEST_MS,
    (name) =>
      `${name} was last read more than two weeks ago, and Salesforce does not tell what was deleted since`,
  );
  const { objects, kindOfId } = await openObjects(wire, options, signal);
  for await (const fact of readRates(wire, map, now, signal)) yield { type: 'fact', fact };
  const context = { map, now, kindOfId, wire, timing, bulkFrom, wrote, signal };
  yield* readInTurn({
    ...{ crm: CRM, connection: map.connection, objects, before, signal },
    read: (object, place) => readObject(object, place, context),
  });
}
