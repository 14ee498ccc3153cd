import type { Connector, Pulled } from '../../src/domain/connector.js';
import type { RecordKind } from '../../src/domain/value.js';
import { type FieldMap, fieldsOf } from '../field-map/field-map.js';
import { openFieldMap, resolveFieldMap } from '../field-map/resolve-field-map.js';
import { checkAge, readInTurn } from '../reading/read-in-turn.js';
import type { MapProblem } from '../reading/yaml-node.js';
import { realTiming, type Timing } from '../requests/timing.js';
import { describeObject, describeObjects } from './describe.js';
import { readIdentity } from './identity.js';
import { checkKeyField } from './key-field.js';
import { CRM, type Places, readPosition } from './position.js';
import { pushResponse } from './push.js';
import { type ReadableObject, readObject } from './read-object.js';
import { readRates } from './read-rates.js';
import type { SalesforceSession } from './session.js';
import { watchChanges } from './watch.js';
import { createWire, type Requests, type Wire } from './wire.js';

export type { FieldMap } from '../field-map/field-map.js';
export { type ParsedFieldMap, parseFieldMap } from '../field-map/parse-field-map.js';
export { proposeFieldMap } from '../field-map/propose-field-map.js';
export type { MapProblem } from '../reading/yaml-node.js';
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
  return (await resolveFieldMap(map, (name) => describeObject(wire, name), CURRENCY_FIELD))
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

const CURRENCY_FIELD = 'CurrencyIsoCode';
/** Records deleted longer ago are gone from the recycle bin, and nothing tells of them. */
const OLDEST_MS = 14 * 86_400_000;

async function* read(
  options: SalesforceConnectorOptions,
  wire: Wire,
  before: Places,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled> {
  const { map, bulkFrom = 5_000, timing = realTiming } = options;
  signal?.throwIfAborted();
  const now = timing.now();
  checkAge(
    map.connection,
    before,
    now - OLDEST_MS,
    (name) =>
      `${name} was last read more than two weeks ago, and Salesforce does not tell what was deleted since`,
  );
  const { objects, kindOfId } = await open(options, wire, signal);
  // Where there is one currency, there is no such object.
  if (map.currency !== undefined && (await describeObject(wire, 'CurrencyType', signal)))
    for await (const fact of readRates(wire, map.connection, map.currency, signal))
      yield { type: 'fact', fact };
  const context = { map, now, kindOfId, wire, timing, bulkFrom, signal };
  yield* readInTurn({
    ...{ crm: CRM, connection: map.connection, objects, before, signal },
    read: (object, place) => readObject(object, place, context),
  });
}

/** The objects of the map, held against what Salesforce has now. */
async function open(
  { map, keyField }: SalesforceConnectorOptions,
  wire: Wire,
  signal: AbortSignal | undefined,
): Promise<{
  readonly objects: readonly ReadableObject[];
  readonly kindOfId: (id: string) => RecordKind | 'other';
}> {
  const { objects, described } = await openFieldMap(
    map,
    (name) => describeObject(wire, name, signal),
    CURRENCY_FIELD,
  );
  const kinds = new Map<string, RecordKind | 'other'>();
  for (const { keyPrefix, kind } of described.values())
    if (keyPrefix !== undefined) kinds.set(keyPrefix, kind ?? 'other');
  for (const [prefix, kind] of Object.entries(STANDARD)) kinds.set(prefix, kind);
  const readable = objects.map((resolved): ReadableObject => {
    const { fields = [] } = described.get(resolved.object.name) ?? {};
    const has = new Set(fields.map(({ name }) => name));
    const own = ['Id', 'SystemModstamp', 'IsDeleted', 'MasterRecordId', keyField ?? ''];
    const mapped = [...fieldsOf(resolved.object), ...resolved.currencies.values()];
    return {
      ...resolved,
      fields: [...new Set([...own.filter((name) => has.has(name)), ...mapped])],
      hasDeleted: has.has('IsDeleted'),
      ...(keyField !== undefined && has.has(keyField) && { keyField }),
    };
  });
  return { objects: readable, kindOfId: (id) => kinds.get(id.slice(0, 3)) ?? 'other' };
}

/** How ids of standard objects begin, the same in every company. */
const STANDARD: { readonly [prefix: string]: RecordKind | 'other' } = {
  '001': 'account',
  '003': 'contact',
  '005': 'rep',
  '006': 'opportunity',
  '01t': 'product',
  '00Q': 'other',
};
