import { isOpportuneError, OpportuneError } from '../core/errors.js';
import { toIso } from '../core/zone.js';
import type { HistoryEntry, PanelAgent } from '../domain/agent.js';
import type { Decision, Verdict } from '../domain/decision.js';
import { noAccess } from '../domain/no-access.js';
import type { Playbook } from '../domain/playbook.js';
import type { ResponseResult } from '../domain/response.js';
import type { Tip } from '../domain/tip.js';
import type { TryStand } from '../domain/try.js';
import type { RecordId } from '../domain/value.js';
import { createDecisionCache, type DeviceStore } from './decision-cache.js';
import type { ServerEvent } from './event-parser.js';
import { createEventStream } from './event-stream.js';
import {
  createGatewayClient,
  type GatewayOptions,
  type GatewayToken,
  otherAsker,
} from './gateway-client.js';
import type { RemoteClock } from './pause.js';
import { createReach, type Line } from './reach.js';

export type { DeviceStore, GatewayOptions, GatewayToken, Line, RemoteClock };

export interface RemoteAgentOptions extends GatewayOptions {
  /** Each time another number in [0, 1), on each device others: panels that lost their gateway come back one by one. */
  readonly random: () => number;
  /** Without it the device counts as online. */
  readonly connection?: Line;
  /** Keeps for a day what was last seen, under `seen-last/`, for records that are opened offline. */
  readonly store?: DeviceStore;
  /** The gateway has erased a person, by the contact's id: whoever keeps something of this person forgets it now. */
  readonly onPurge?: (person: RecordId) => void;
}

/** An agent behind a gateway, for one rep: every method rejects with `opportune/other-asker` when asked for another. */
export interface RemoteAgent extends PanelAgent {
  /** Whether the gateway can be reached. Hand it on to `createPanelSource`: answers then wait while it cannot. */
  readonly connection: Line;
  /** Leaves the token at hand for another one, where it is not good for the record that comes into view. */
  renewToken(): void;
  /** Forgets what was kept on this device for offline use. Call it when the rep signs out. */
  forget(): Promise<void>;
}

/** The playbook must not go before the decisions that are worded by it. */
const KEPT_ANEW_MS = 3_600_000;

const RESULTS: readonly unknown[] = [
  'recorded',
  'no-slot',
  'closed',
  'unknown-card',
  'no-try',
] satisfies ResponseResult['status'][];

export function createRemoteAgent(options: RemoteAgentOptions): RemoteAgent {
  const { asker, clock, random, onPurge } = options;
  const client = createGatewayClient(options);
  const cache = createDecisionCache(options.store, asker, () => clock.now());
  const watched = new Map<RecordId, Set<() => void>>();
  let playbook: Playbook | undefined;
  let playbookAsked: Promise<Playbook | undefined> | undefined;
  /** The version that the newest decision was made from. */
  let version: string | undefined;
  let playbookKeptAt = 0;
  let deciding: Promise<unknown> = Promise.resolve();
  let signedOut = false;
  let closed = false;

  const reach = createReach({
    line: options.connection,
    clock,
    random,
    probe: () => client.ask('GET', 'kinds'),
    woken: () => stream.wake(),
  });
  const stream = createEventStream({
    clock,
    random,
    open: (records, lastEventId, signal) =>
      client.open(`events?${records.map((id) => `record=${encodeURIComponent(id)}`).join('&')}`, {
        signal,
        headers: {
          accept: 'text/event-stream',
          ...(lastEventId && { 'last-event-id': lastEventId }),
        },
      }),
    event: hear,
    opened(records) {
      if (!reach.online) reach.hint();
      tell(records);
    },
    failed(error) {
      if (isMisidentified(error)) {
        void leave();
        return false;
      }
      reach.doubt();
      return options.connection?.online !== false;
    },
  });

  function tell(records: Iterable<RecordId>): void {
    for (const record of records)
      for (const listener of watched.get(record) ?? []) void Promise.resolve().then(listener);
  }

  function hear({ type, data }: ServerEvent): void {
    if (type === 'changed') tell([idIn(data, 'record')]);
    else if (type === 'purge') void purge(idIn(data, 'person'));
    else if (type === 'reset') {
      playbook = undefined;
      tell(watched.keys());
    }
  }

  async function purge(person: RecordId): Promise<void> {
    await cache.wipe();
    playbookKeptAt = 0;
    if (closed) return;
    onPurge?.(person);
    tell(watched.keys());
  }

  /** Nobody is signed in, or somebody else is. */
  async function leave(): Promise<void> {
    signedOut = true;
    playbook = undefined;
    await cache.wipe();
  }

  /** What was asked is answered, after somebody signed in. */
  function comeBack(): void {
    if (!signedOut) return;
    signedOut = false;
    stream.wake();
    reach.hint();
    tell(watched.keys());
  }

  async function ask(...asked: Parameters<typeof client.ask>): Promise<unknown> {
    try {
      const answer = await client.ask(...asked);
      comeBack();
      return answer;
    } catch (error) {
      if (closed) throw error;
      if (isMisidentified(error)) await leave();
      else if (isUnreachable(error)) reach.doubt();
      throw error;
    }
  }

  const own = (who: RecordId): void => {
    if (who !== asker) throw otherAsker();
  };

  function keepPlaybook(one: Playbook, epoch: number): void {
    playbookKeptAt = clock.now();
    void cache.keep('playbook', one, epoch);
  }

  async function decide(
    record: RecordId,
    how: Parameters<PanelAgent['decide']>[2],
  ): Promise<Decision> {
    const kept = async (): Promise<Decision | undefined> =>
      how?.verdicts ? undefined : ((await cache.read(record)) as Decision | undefined);
    const before = reach.online || signedOut ? undefined : await kept();
    if (before) return before;
    const { epoch } = cache;
    try {
      const body = { ...how, record };
      const decision = (await ask('POST', 'decide', { body, named: true })) as Decision;
      version = decision.inputs.playbook || version;
      if (!how?.verdicts) void cache.keep(record, decision, epoch);
      if (playbook && clock.now() - playbookKeptAt > KEPT_ANEW_MS) keepPlaybook(playbook, epoch);
      return decision;
    } catch (error) {
      const last = isUnreachable(error) ? await kept() : undefined;
      if (last) return last;
      if (!isRefused(error)) throw error;
      await cache.drop(record);
      return noAccess(record, asker, clock.now());
    }
  }

  async function fetchPlaybook(): Promise<Playbook | undefined> {
    const { epoch } = cache;
    if (!reach.online && !signedOut) {
      const kept = (await cache.read('playbook')) as Playbook | undefined;
      if (kept) return kept;
    }
    try {
      const got = ((await ask('GET', 'playbook')) ?? undefined) as Playbook | undefined;
      playbook = got;
      if (got) keepPlaybook(got, epoch);
      return got;
    } catch (error) {
      const kept = isUnreachable(error) ? await cache.read('playbook') : undefined;
      if (kept) return kept as Playbook;
      if (isRefused(error)) return undefined;
      throw error;
    }
  }

  return {
    connection: reach,
    renewToken: client.renew,
    forget: () => leave(),
    async playbook() {
      // A decision that is under way tells whether the one at hand is still in force.
      if (playbook) {
        await undefined;
        await deciding;
      }
      if (playbook && (version === undefined || version === playbook.version)) return playbook;
      playbookAsked ??= fetchPlaybook().finally(() => {
        playbookAsked = undefined;
      });
      return playbookAsked;
    },
    decide(record, who, how) {
      const decision = (async () => {
        own(who);
        return decide(record, how);
      })();
      deciding = Promise.allSettled([deciding, decision]);
      return decision;
    },
    async why(play, record, who) {
      own(who);
      return (await ask('POST', 'why', { body: { play, record } })) as Verdict;
    },
    async respond({ asker: who, ...request }) {
      own(who);
      const body = { ...request, occurredAt: toIso(request.occurredAt) };
      try {
        const result = (await ask('POST', 'responses', { body, writes: true })) as ResponseResult;
        if (result?.status === 'no-slot') return { ...result, freesAt: toMs(result.freesAt) };
        if (result?.status === 'closed') return { ...result, at: toMs(result.at) };
        if (RESULTS.includes(result?.status)) return result;
      } catch (error) {
        if (!isRefused(error)) throw error;
        // It would be refused each time: the rep is told, and the answers behind it go on.
        return { status: 'unknown-card' };
      }
      throw new OpportuneError('opportune/gateway-unreachable', 'It sent no result');
    },
    async seen({ asker: who, ...body }) {
      own(who);
      await ask('POST', 'seen', { body, writes: true });
    },
    async history(record, who) {
      own(who);
      const path = `history?record=${encodeURIComponent(record)}`;
      const entries = (await ask('GET', path)) as readonly HistoryEntry[];
      return entries.map((entry) => ({ ...entry, at: toMs(entry.at) }));
    },
    async sendTip({ asker: who, ...tip }) {
      own(who);
      const body = { ...tip, occurredAt: toIso(tip.occurredAt) };
      await ask('POST', 'tips', { body, writes: true });
    },
    async tips(who) {
      own(who);
      return ((await ask('GET', 'tips')) as readonly Tip[]).map((tip) => ({
        ...tip,
        asker,
        occurredAt: toMs(tip.occurredAt),
        steps: tip.steps.map((step) => ({ ...step, at: toMs(step.at) })),
      }));
    },
    async tries(who) {
      own(who);
      return (await ask('GET', 'tries')) as readonly TryStand[];
    },
    async kindsOff(who) {
      own(who);
      return (await ask('GET', 'kinds')) as readonly string[];
    },
    async setKind(who, kind, on) {
      own(who);
      const path = `kinds/${encodeURIComponent(kind)}`;
      await ask('PUT', path, { body: { on }, writes: true });
    },
    watch(record, listener) {
      // The same function may watch twice, and stops once each time.
      const one = (): void => listener();
      const listeners = watched.get(record) ?? new Set();
      watched.set(record, listeners.add(one));
      stream.follow(new Set(watched.keys()));
      return () => {
        if (!listeners.delete(one) || listeners.size) return;
        watched.delete(record);
        stream.follow(new Set(watched.keys()));
      };
    },
    async close() {
      closed = true;
      watched.clear();
      stream.close();
      reach.close();
    },
  };
}

function isMisidentified(error: unknown): boolean {
  return (
    isOpportuneError(error, 'opportune/signed-out') ||
    isOpportuneError(error, 'opportune/other-asker')
  );
}

function isUnreachable(error: unknown): boolean {
  return isOpportuneError(error, 'opportune/gateway-unreachable');
}

/** By the gateway itself, for good. */
function isRefused(error: unknown): boolean {
  return isOpportuneError(error) && !isMisidentified(error) && !isUnreachable(error);
}

/** Times are text on the way and numbers here. */
function toMs(time: number | string): number {
  return typeof time === 'number' ? time : Date.parse(time);
}

function idIn(data: string, name: string): RecordId {
  try {
    return String((JSON.parse(data) as { readonly [name: string]: unknown } | null)?.[name]);
  } catch {
    return '';
  }
}
