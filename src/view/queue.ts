import type { Agent } from '../domain/agent.js';
import type { ResponseRequest, ResponseResult } from '../domain/response.js';
import type { Store } from '../domain/store.js';

/** Where answers wait: four methods of a {@link Store}. */
export type QueueStore = Pick<Store, 'get' | 'put' | 'names' | 'drop'>;

export interface Connection {
  readonly online: boolean;
  listen(changed: () => void): () => void;
}

/** An answer that waits to be sent, with the words for it. */
export interface Waiting {
  readonly request: ResponseRequest;
  /** The card's title. */
  readonly title: string;
  /** How it stands in the list. */
  readonly text: string;
}

export type QueueChange =
  /** The connection went or came. */
  'connection' | { readonly waiting: Waiting; readonly result: ResponseResult };

/** Answers on their way: sent in the order in which they were given, and kept on the device until they are. */
export interface Queue {
  /** Resolves when the answers of earlier pages are in the list. */
  readonly ready: Promise<void>;
  list(): readonly Waiting[];
  /** Epoch milliseconds since which the device is offline. */
  offlineSince(): number | undefined;
  /**
   * Tells the agent, or keeps the answer for later: never both in doubt, never before an earlier one. `lost` is an answer
   * that neither the agent nor the device could take.
   */
  send(waiting: Waiting): Promise<ResponseResult | 'queued' | 'lost'>;
  /** Takes an answer back before it is sent; false when it is gone or on its way. */
  remove(id: string): Promise<boolean>;
  flush(): Promise<void>;
  listen(changed: (change: QueueChange) => void): () => void;
}

const PREFIX = 'queue/';

export function createQueue(
  agent: Pick<Agent, 'respond'>,
  {
    store,
    connection,
    now,
  }: {
    readonly store?: QueueStore | undefined;
    readonly connection?: Connection | undefined;
    now(): number;
  },
): Queue {
  const listeners = new Set<(change: QueueChange) => void>();
  const entries: Waiting[] = [];
  let offlineSince = connection?.online === false ? now() : undefined;
  let sending: string | undefined;
  let flushing: Promise<void> | undefined;

  const tell = (change: QueueChange): void => {
    for (const listener of listeners) listener(change);
  };
  /** Names sort by the time of the answer. */
  const nameOf = ({ occurredAt, id }: ResponseRequest): string =>
    `${PREFIX}${String(occurredAt).padStart(15, '0')}-${id}`;

  async function load(): Promise<void> {
    if (!store) return;
    const names = [...(await store.names(PREFIX))].sort();
    const found = await Promise.all(names.map((name) => store.get(name)));
    entries.unshift(
      ...found.filter(
        (one): one is Waiting =>
          !!one && !entries.some(({ request }) => request.id === (one as Waiting).request.id),
      ),
    );
  }

  async function send(): Promise<void> {
    try {
      for (let first = entries[0]; first && offlineSince === undefined; first = entries[0]) {
        sending = first.request.id;
        const result = await agent.respond(first.request);
        entries.shift();
        sending = undefined;
        tell({ waiting: first, result });
        await store?.drop(nameOf(first.request));
      }
    } catch {
      // It waits on: sent again it is the same, and the next flush tries.
    } finally {
      sending = undefined;
    }
  }

  const ready = load().catch(() => undefined);
  const queue: Queue = {
    ready,
    list: () => entries,
    offlineSince: () => offlineSince,
    async send(waiting) {
      if (offlineSince === undefined && !entries.length) {
        try {
          return await agent.respond(waiting.request);
        } catch {
          // It goes the way of answers given offline.
        }
      }
      try {
        await store?.put(nameOf(waiting.request), waiting);
      } catch {
        return 'lost';
      }
      entries.push(waiting);
      void queue.flush();
      return 'queued';
    },
    async remove(id) {
      const index = entries.findIndex(({ request }) => request.id === id);
      const [entry] = sending === id || index < 0 ? [] : entries.splice(index, 1);
      if (entry) await store?.drop(nameOf(entry.request));
      return !!entry;
    },
    async flush() {
      await ready;
      if (offlineSince !== undefined) return;
      flushing ??= send().finally(() => {
        flushing = undefined;
      });
      await flushing;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  connection?.listen(() => {
    const online = connection.online;
    if (online === (offlineSince === undefined)) return;
    offlineSince = online ? undefined : now();
    tell('connection');
    if (online) void queue.flush();
  });
  void queue.flush();
  return queue;
}
