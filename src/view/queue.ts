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
  | 'connection'
  /** What became of an answer that waited; without a result another page sent it, or took it back. */
  | { readonly waiting: Waiting; readonly result?: ResponseResult };

/** Answers on their way: of each rep in the order in which they were given, and kept on the device until they are sent. */
export interface Queue {
  /** Resolves when the answers of earlier pages are in the list. */
  readonly ready: Promise<void>;
  /** Those that wait for a later time; not what is just being sent. */
  list(): readonly Waiting[];
  /** Epoch milliseconds since which the device is offline. */
  offlineSince(): number | undefined;
  /**
   * Keeps the answer and tells the agent, after every earlier one; when that cannot be, it waits for later. `lost` is an
   * answer that neither the agent nor the device could take.
   */
  send(waiting: Waiting): Promise<ResponseResult | 'queued' | 'lost'>;
  /** Takes an answer back before it is sent; false when it is gone or on its way. */
  remove(id: string): Promise<boolean>;
  flush(): Promise<void>;
  listen(changed: (change: QueueChange) => void): () => void;
}

const PREFIX = 'queue/';

interface Entry {
  readonly name: string;
  readonly waiting: Waiting;
  /** On the device; false: it could not take it; undefined: it is being kept. */
  kept: boolean | undefined;
  /** It failed, or there is no connection: the list shows it. */
  later: boolean;
  /** Who gave it in this page waits for this. */
  settle?: ((result: ResponseResult | 'queued' | 'lost') => void) | undefined;
}

export function createQueue(
  agent: Pick<Agent, 'respond'>,
  {
    store,
    connection,
    now,
    alone = (run) => run(),
  }: {
    readonly store?: QueueStore | undefined;
    readonly connection?: Connection | undefined;
    /** Lets one page at a time send what waits. */
    readonly alone?: ((run: () => Promise<void>) => Promise<void>) | undefined;
    now(): number;
  },
): Queue {
  const listeners = new Set<(change: QueueChange) => void>();
  let entries: readonly Entry[] = [];
  let offlineSince = connection?.online === false ? now() : undefined;
  let loaded = false;
  let sending: Entry | undefined;
  let flushing: Promise<void> | undefined;

  const tell = (change: QueueChange): void => {
    for (const listener of listeners) listener(change);
  };
  /** So that an answer comes after the one before it also when the device's clock was put back in between. */
  let lastStamp = 0;
  const nameOf = ({ occurredAt, id }: ResponseRequest): string => {
    lastStamp = Math.max(occurredAt, lastStamp + 1);
    return `${PREFIX}${String(lastStamp).padStart(15, '0')}-${id}`;
  };
  const leave = (entry: Entry): void => {
    entries = entries.filter((one) => one !== entry);
  };
  const drop = async (entry: Entry): Promise<void> => {
    leave(entry);
    await store?.drop(entry.name).catch(() => undefined);
  };
  /** It goes later, or cannot go at all. */
  const putOff = (entry: Entry): void => {
    entry.later = true;
    if (!entry.kept) leave(entry);
    entry.settle?.(entry.kept ? 'queued' : 'lost');
    entry.settle = undefined;
  };
  /** Another page has sent it, or taken it back. */
  const gone = (entry: Entry): void => {
    leave(entry);
    putOff(entry);
    tell({ waiting: entry.waiting });
  };

  /** Brings the list in line with the device, which pages share. */
  async function load(): Promise<void> {
    if (!store) return;
    const before = entries;
    const names = [...(await store.names(PREFIX))].sort();
    const known = new Set(entries.map(({ waiting }) => waiting.request.id));
    const found: Entry[] = [];
    for (const name of names) {
      const waiting = (await store.get(name)) as Waiting | undefined;
      if (waiting && !known.has(waiting.request.id))
        found.push({ name, waiting, kept: true, later: true });
      lastStamp = Math.max(lastStamp, Number.parseInt(name.slice(PREFIX.length), 10) || 0);
    }
    entries = loaded ? [...entries, ...found] : [...found, ...entries];
    loaded = true;
    for (const entry of before)
      if (
        entry.later &&
        entry !== sending &&
        entries.includes(entry) &&
        !names.includes(entry.name)
      )
        gone(entry);
  }

  /** Of each rep the first, until it cannot be sent; the others' answers do not wait for it. */
  async function drain(): Promise<void> {
    if (sending) return;
    const stuck = new Set<string>();
    while (offlineSince === undefined) {
      const entry = entries.find(({ waiting }) => !stuck.has(waiting.request.asker));
      if (entry?.kept === undefined) break;
      const { name, waiting, kept } = entry;
      sending = entry;
      try {
        const there = !store || !kept || !entry.later || (await store.get(name).catch(() => true));
        if (there) {
          const result = await agent.respond(waiting.request);
          void drop(entry);
          if (entry.settle) entry.settle(result);
          else tell({ waiting, result });
        } else gone(entry);
      } catch {
        // Sent again it is the same.
        stuck.add(waiting.request.asker);
      }
      sending = undefined;
    }
    for (const entry of entries) if (entry.kept !== undefined) putOff(entry);
  }

  const ready = load().catch(() => undefined);
  const queue: Queue = {
    ready,
    list: () => entries.flatMap(({ later, waiting }) => (later ? waiting : [])),
    offlineSince: () => offlineSince,
    async send(waiting) {
      const name = nameOf(waiting.request);
      const entry: Entry = { name, waiting, kept: store ? undefined : true, later: false };
      const settled = new Promise<ResponseResult | 'queued' | 'lost'>((settle) => {
        entry.settle = settle;
      });
      entries = [...entries, entry];
      // Before it is sent: a page may be closed in the midst.
      if (store) {
        const kept = store.put(name, waiting).then(
          () => true,
          () => false,
        );
        entry.kept = await kept;
      }
      if (offlineSince === undefined) void drain();
      else putOff(entry);
      return settled;
    },
    async remove(id) {
      const entry = entries.find(({ waiting }) => waiting.request.id === id);
      if (!entry || entry === sending) return false;
      await drop(entry);
      return true;
    },
    async flush() {
      await ready;
      if (offlineSince !== undefined) return;
      flushing ??= alone(async () => {
        await load().catch(() => undefined);
        await drain();
      }).finally(() => {
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
    if (online !== (offlineSince === undefined)) {
      offlineSince = online ? undefined : now();
      tell('connection');
    }
    if (online) void queue.flush();
  });
  void queue.flush();
  return queue;
}
