import type { PanelAgent } from '../domain/agent.js';
import type { PanelSource } from '../domain/view.js';
import { type Connection, createQueue, type QueueStore } from './queue.js';
import { openSession } from './session.js';
import { ENGLISH, type Strings } from './strings.js';

export interface PanelSourceOptions {
  /** Default: English. */
  readonly strings?: Strings;
  /** `every` runs a function again and again and returns how to stop it; without it nothing is retried by itself. */
  readonly clock: { now(): number; every?(ms: number, run: () => void): () => void };
  /** Keeps answers over a reload until they are sent, under `queue/`. Without it they live as long as the page. */
  readonly store?: QueueStore;
  /** Without it the device counts as online, and an answer waits only when the agent cannot take it. */
  readonly connection?: Connection;
  /**
   * Lets one page at a time send what waits, where pages share the store:
   * `(run) => navigator.locks.request('opportune-answers', run)`. Without it two pages may both send an answer, which
   * harms nothing.
   */
  readonly alone?: (run: () => Promise<void>) => Promise<void>;
  /** Never the same twice, on any device. */
  newId(): string;
}

/** The views of a panel, made from an agent: it watches, words what it sees, and keeps answers safe until they are told. */
export function createPanelSource(agent: PanelAgent, options: PanelSourceOptions): PanelSource {
  const strings = options.strings ?? ENGLISH;
  const { clock, store, connection } = options;
  const queue = createQueue(agent, {
    store,
    connection,
    alone: options.alone,
    now: () => clock.now(),
  });
  return {
    strings,
    open: (record, asker, listener) =>
      openSession(
        { agent, clock, queue, strings, newId: () => options.newId() },
        record,
        asker,
        listener,
      ),
  };
}
