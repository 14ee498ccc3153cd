import type { Connector, Pulled } from '../../src/domain/connector.js';
import type { FieldMap } from '../field-map/field-map.js';
import { resolveFieldMap } from '../field-map/resolve-field-map.js';
import { checkAge, readInTurn } from '../reading/read-in-turn.js';
import type { MapProblem } from '../reading/yaml-node.js';
import { realTiming, type Timing } from '../requests/timing.js';
import { readAccounts } from './accounts.js';
import { describeObject, describeObjects, OWNERS } from './describe.js';
import { readIdentity } from './identity.js';
import type { HubspotInbox } from './inbox.js';
import { checkKeyProperties, makeKeyProperty } from './key-property.js';
import { CURRENCIES, openObjects } from './open-objects.js';
import { readOwners, userIdOf } from './owners.js';
import { CRM, type Places, readPosition } from './position.js';
import { createPush } from './push.js';
import { readObject, readOwnerRecords } from './read-object.js';
import { readRates } from './read-rates.js';
import { readThrough } from './read-through.js';
import type { HubspotSession } from './session.js';
import { createWire, type Requests, type Wire } from './wire.js';

export type { FieldMap } from '../field-map/field-map.js';
export { type ParsedFieldMap, parseFieldMap } from '../field-map/parse-field-map.js';
export { proposeFieldMap } from '../field-map/propose-field-map.js';
export type { MapProblem } from '../reading/yaml-node.js';
export { browserFetch } from '../requests/browser-fetch.js';
export { realTiming, type Timing } from '../requests/timing.js';
export { datedPaths } from './dated-paths.js';
export { createHubspotInbox, type HubspotInbox } from './inbox.js';
export {
  createHubspotSession,
  createPrivateSession,
  type HubspotSession,
  type HubspotToken,
  renewByRefreshToken,
  type TokenResponse,
} from './session.js';
export { createHubspotRequests, HubspotRefusal, type Requests } from './wire.js';

export interface HubspotAccess {
  readonly session: HubspotSession;
  /** One for each account and app, however many connectors and users there are. */
  readonly requests: Requests;
  /** `https://api.hubapi.com` where it is not said. */
  readonly origin?: string;
  /** Such as `2026-03`: the dated paths are called. Absent: those of the third and fourth version, until they end in 2027. */
  readonly version?: string;
}

export interface HubspotConnectorOptions extends HubspotAccess {
  readonly map: FieldMap;
  /** The property of tasks and notes that holds our key; see {@link prepareHubspot}. Absent: nothing is written back. */
  readonly keyProperty?: string;
  /** Whether a key is of what was pushed from here. What others pushed is then read as what they did; absent: every key is ours. */
  readonly wrote?: (key: string) => boolean;
  /** How often the whole list of deleted records is read; an hour with an inbox, each time without. */
  readonly listGoneEveryMs?: number;
  /** Where webhooks are taken in. Absent: nothing hints at changes, and changes of associations alone are not found. */
  readonly inbox?: HubspotInbox;
  readonly timing?: Timing;
}

/** HubSpot as facts, and what reps did back. See {@link Connector}. */
export function createHubspotConnector(options: HubspotConnectorOptions): Connector {
  const { map, session, keyProperty, inbox } = options;
  const { connection } = map;
  const wire = wireOf(options);
  return {
    name: connection,
    pull: ({ signal } = {}) => read(options, wire, new Map(), signal),
    async *changesSince(position, { signal } = {}) {
      yield* read(options, wire, readPosition(position, connection), signal);
    },
    ...(inbox && { watch: ({ signal }) => inbox.hints(signal) }),
    describe: ({ objects, signal } = {}) => describeObjects(wire, objects, signal),
    identity: ({ signal } = {}) => readIdentity(wire, session, connection, signal),
    accounts: readAccounts(wire, options),
    ...(keyProperty !== undefined && { push: createPush(wire, { connection, keyProperty }) }),
  };
}

/** Makes the property that holds our key in tasks and notes, where it is not there yet. */
export async function prepareHubspot(
  access: HubspotAccess,
  keyProperty: string,
  signal?: AbortSignal,
): Promise<void> {
  await makeKeyProperty(wireOf(access), keyProperty, signal);
}

/** Throws `opportune/push` where HubSpot itself would not keep a second record with our key from being made. */
export const checkHubspotKey = (access: HubspotAccess, keyProperty: string): Promise<void> =>
  checkKeyProperties(wireOf(access), keyProperty);

/** Who has that email address at HubSpot; undefined: nobody. The token of an app says only who made it. */
export async function findHubspotUser(
  access: HubspotAccess,
  email: string,
  signal?: AbortSignal,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const wanted = email.trim().toLowerCase();
  const { all } = await readOwners(wireOf(access), signal);
  const owner = all.find((one) => !one.archived && one.email?.toLowerCase() === wanted);
  if (!owner) return undefined;
  const name = [owner.firstName, owner.lastName].filter(Boolean).join(' ');
  return { id: userIdOf(owner), name: name === '' ? wanted : name };
}

/** Holds a map against HubSpot: every property that is not there, may not be read, or is of another type by now. */
export async function checkHubspotMap(
  access: HubspotAccess & { readonly map: FieldMap },
): Promise<readonly MapProblem[]> {
  const wire = wireOf(access);
  return (await resolveFieldMap(access.map, (name) => describeObject(wire, name), CURRENCIES))
    .problems;
}

function wireOf({
  requests,
  session,
  origin = 'https://api.hubapi.com',
  version,
}: HubspotAccess): Wire {
  return createWire(requests, session, { origin, version });
}

/** Deleted records are kept for 90 days, and nothing tells of older ones. */
const OLDEST_MS = 85 * 86_400_000;

async function* read(
  options: HubspotConnectorOptions,
  wire: Wire,
  before: Places,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled> {
  const { map, timing = realTiming, inbox, wrote } = options;
  const { listGoneEveryMs = inbox ? 3_600_000 : 0 } = options;
  signal?.throwIfAborted();
  const now = timing.now();
  checkAge(
    map.connection,
    before,
    now - OLDEST_MS,
    (name, at) =>
      `${name} was last read ${Math.floor((now - at) / 86_400_000)} days ago, and HubSpot does not tell what was deleted since`,
  );
  const objects = await openObjects(wire, options, signal);
  if (map.currency !== undefined)
    yield* readRates(wire, { connection: map.connection, to: map.currency, now }, signal);
  const owners = await readOwners(wire, signal);
  const context = { map, now, wire, owners, inbox, wrote, listGoneEveryMs, signal };
  yield* readInTurn({
    ...{ crm: CRM, connection: map.connection, objects, before, signal },
    read(object, place) {
      if (object.object.name === OWNERS) return readOwnerRecords(object, place, context);
      return object.through
        ? readThrough(object, object.through, place, context)
        : readObject(object, place, context);
    },
  });
}
