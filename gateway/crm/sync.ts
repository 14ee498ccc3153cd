import { type Clock, type Fact, isOpportuneError, type Store } from 'opportune';
import type { Connector } from '../../src/domain/connector.js';
import type { Sync } from '../identity/settings.js';
import { createBell } from '../serve/bell.js';
import type { CrmDoor } from './crm-door.js';
import { keepPosition, readPosition } from './kept-position.js';
import { readOn } from './read-on.js';
import { createLeft, keepSyncState, readSyncState } from './sync-state.js';
import type { Told } from './told.js';

export interface SyncOptions {
  readonly sync: Sync;
  readonly door: CrmDoor;
  readonly store: Pick<Store, 'get' | 'put' | 'names' | 'drop'>;
  readonly clock: Clock;
  /** HubSpot: what came by webhook. */
  readonly told?: Told;
  /** Resolves when the facts are durable. */
  take(facts: readonly Fact[]): Promise<{
    readonly refused: readonly { readonly id: string; readonly reason: string }[];
  }>;
  /** How many facts wait to be folded. */
  waiting(): Promise<number>;
  /** Whether this process does the work, or another one. */
  leads(): Promise<boolean>;
  /** Subjects that only remembered so far are to be judged. */
  judgeAnew(): Promise<void>;
  /** What is known is old from now on, or is not any more. */
  turned(): Promise<void>;
  failed(error: unknown, tries: number): void;
  /** Milliseconds for which hints are gathered; 15 s. */
  readonly gapMs?: number;
}

export interface SyncLoop {
  /** Brings everything in once, and then what changed, until it is told to stop. */
  run(signal: AbortSignal): Promise<void>;
  /** Something changed at the CRM: the next reading comes soon. */
  hint(): void;
  isLoading(): Promise<boolean>;
}

const BATCH = 1_000;
/** More facts than this do not wait to be folded: the CRM is read no faster. */
const MOST_WAITING = 20_000;
const LOOK_MS = 250;
const IDLE_MS = 1_000;
/** Where change follows on change, they are read together. */
const GAP_MS = 15_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const WATCH_AGAIN_MS = 60_000;

/**
 * One connection, kept current. Asking at intervals is what misses nothing; hints only bring it forward. The position is
 * kept after the facts before it are durable, so that whatever happens in between is read again and changes nothing.
 */
export function createSync(options: SyncOptions): SyncLoop {
  const { sync, door, store, clock, told, take, waiting, leads, failed, turned } = options;
  const { gapMs = GAP_MS } = options;
  const { map, everyMs } = sync;
  const { connection } = map;
  const bell = createBell(IDLE_MS);
  const left = createLeft();
  let hinted = false;
  let watching: Promise<void> | undefined;
  let loaded = false;

  async function connect(): Promise<Connector> {
    const { changeEvents, keyField } = sync;
    return (await door.open()).connect(map, {
      ...(keyField !== undefined && { keyField }),
      ...(changeEvents && { changeEvents }),
      ...(told && { inbox: told.inbox }),
    });
  }

  async function readOnce(signal: AbortSignal): Promise<void> {
    const began = clock.now();
    const connector = await connect();
    const forget = await told?.hand();
    let state = await readSyncState(store, connection);
    const hadProblem = state.problem !== undefined;
    const position = await readPosition(store, map);
    let batch: Fact[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      const { refused } = await take(batch);
      for (const { id, reason } of refused)
        left.add({ place: id.split('/')[1] ?? '', reason, part: 'row' });
      state = { ...state, facts: state.facts + batch.length, left: left.list() };
      batch = [];
      await keepSyncState(store, connection, state);
      while ((await waiting()) > MOST_WAITING) await bell.pause(LOOK_MS, signal);
      signal.throwIfAborted();
    };
    for await (const pulled of readOn(connector, position, signal)) {
      if (pulled.type === 'skipped') left.add(pulled.skipped);
      if (pulled.type === 'fact' && batch.push(pulled.fact) >= BATCH) await flush();
      if (pulled.type !== 'position') continue;
      await flush();
      await keepPosition(store, map, pulled.position);
      // Another process goes on from there.
      if (!(await leads())) return;
    }
    await forget?.();
    if (!state.loaded) {
      while ((await waiting()) > 0) await bell.pause(LOOK_MS, signal);
      signal.throwIfAborted();
    }
    const { problem: _, ...good } = state;
    const isFirst = !good.loaded;
    state = {
      ...good,
      loaded: true,
      upTo: began,
      left: left.list(),
      ...(isFirst && { unjudged: true }),
    };
    await keepSyncState(store, connection, state);
    loaded = true;
    if (state.unjudged) {
      await options.judgeAnew();
      const { unjudged: __, ...judged } = state;
      await keepSyncState(store, connection, judged);
    }
    if (hadProblem) await turned();
  }

  async function rest(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const gap = Math.min(gapMs, everyMs);
    while (!signal.aborted) {
      const spent = performance.now() - began;
      if (spent >= everyMs) return;
      if (spent >= gap && (hinted || (await told?.waits()))) return;
      await (hinted ? bell.pause(Math.min(IDLE_MS, gap), signal) : bell.wait(signal));
    }
  }

  async function watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const connector = await connect();
        for await (const _ of connector.watch?.({ signal }) ?? []) {
          hinted = true;
          bell.ring();
        }
      } catch {
        // A stream that ends is no failure: asking goes on.
      }
      if (!signal.aborted) await bell.pause(WATCH_AGAIN_MS, signal);
    }
  }

  async function noteProblem(error: unknown, tries: number): Promise<void> {
    failed(error, tries);
    if (isOpportuneError(error, 'opportune/sign-in')) door.forget();
    const ofOurs = isOpportuneError(error) && /^opportune\/(database|store)-/.test(error.code);
    if (ofOurs) return;
    const state = await readSyncState(store, connection);
    const problem = {
      code: isOpportuneError(error) ? error.code : 'unexpected',
      message: isOpportuneError(error)
        ? error.message
        : 'something went wrong that nobody expected',
      since: state.problem?.since ?? clock.now(),
      tries,
    };
    await keepSyncState(store, connection, { ...state, problem });
    if (!state.problem) await turned();
  }

  return {
    async run(signal) {
      for (let tries = 0; !signal.aborted; ) {
        try {
          if (!(await leads())) {
            await bell.wait(signal);
            continue;
          }
          hinted = false;
          await readOnce(signal);
          tries = 0;
          if (sync.changeEvents) watching ??= watch(signal);
          await rest(signal);
        } catch (error) {
          if (signal.aborted) break;
          tries++;
          await noteProblem(error, tries).catch((also: unknown) => failed(also, tries));
          const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
          await bell.pause(Math.min(pause, Math.max(everyMs, FIRST_PAUSE_MS)), signal);
        }
      }
      await watching;
    },
    hint() {
      hinted = true;
      bell.ring();
    },
    async isLoading() {
      loaded ||= (await readSyncState(store, connection)).loaded;
      return !loaded;
    },
  };
}
