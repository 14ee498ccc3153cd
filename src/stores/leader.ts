import { OpportuneError } from '../core/errors.js';

export interface TabsOptions {
  /** Of what they share: the store's name, say. */
  readonly name: string;
  /** `navigator.locks` */
  readonly locks: Pick<LockManager, 'request'>;
  /** `(name) => new BroadcastChannel(name)` */
  readonly createChannel: (
    name: string,
  ) => Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;
  /** Runs something later; gives what cancels it. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** How long a leader may take to say that it has a request in hand. The work itself may take longer. */
  readonly patienceMs: number;
}

/** What the tab that leads does for all. */
export interface Leading {
  /** Carries a request out. One that was carried out before, by its id, must give the same answer again. */
  answer(id: string, request: unknown): Promise<unknown>;
  /** Called before this tab leaves the lead, with no request under way. */
  stop(): void | Promise<void>;
}

/**
 * The tabs of an origin that share a store. One leads: it alone advances subjects; every tab may read. This saves
 * work and is not what keeps the store right: that is compare-and-set, should two ever lead at once.
 */
export interface Tabs {
  /**
   * Queues for the lead. `start` is called once this tab has it: the one before was closed, crashed or went away.
   * Resolves after `close`; rejects when `start` fails, and the next tab in the queue leads.
   */
  lead(start: () => Leading | Promise<Leading>): Promise<void>;
  /**
   * Has the leader carry out a request, which is plain data, and gives its answer. When the leader dies in the
   * midst, the next one is asked again; a tab that asks should queue for the lead as well, so that there is a next.
   * Rejects as the leader's answer does, or with `opportune/no-answer` when patience ends or this tab closes: it may
   * be carried out all the same, and it is safe to ask again under the same id.
   */
  ask(id: string, request: unknown): Promise<unknown>;
  /** Tells the other tabs which subjects changed; none named: any of them may have. */
  tell(keys: readonly string[]): void;
  /** Hears what other tabs tell, and with no keys that another tab leads now: anything may have changed meanwhile. */
  listen(listener: (keys: readonly string[]) => void): () => void;
  /** Leaves the lead, once the requests under way are answered; what this tab still waits for is rejected. */
  close(): void;
}

type Message =
  | { readonly type: 'ask'; readonly id: string; readonly request: unknown }
  | { readonly type: 'taken'; readonly id: string }
  | { readonly type: 'answer'; readonly id: string; readonly value: unknown }
  | {
      readonly type: 'failure';
      readonly id: string;
      readonly message: string;
      readonly code?: unknown;
    }
  | { readonly type: 'leads' }
  | { readonly type: 'changed'; readonly keys: readonly string[] };

interface Asked {
  readonly request: unknown;
  readonly promise: Promise<unknown>;
  /** It is in hand: no more need for patience. */
  taken(): void;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export function createTabs(options: TabsOptions): Tabs {
  const { locks, schedule, patienceMs } = options;
  // A change of the messages takes another number: tabs of two versions then do not misread each other.
  const name = `opportune 1 ${options.name}`;
  const channel = options.createChannel(name);
  const listeners = new Set<(keys: readonly string[]) => void>();
  const asked = new Map<string, Asked>();
  const underWay = new Map<string, Promise<unknown>>();
  const end = new AbortController();
  let leading: Leading | undefined;

  let silent = false;
  /** With no leader at the moment nobody hears it; whoever leads next calls for it. */
  const send = (message: Message): void => {
    if (!silent) channel.postMessage(message);
  };
  const fallSilent = (): void => {
    silent = true;
    channel.close();
  };

  const hear = (keys: readonly string[]): void => {
    for (const listener of listeners) {
      try {
        listener(keys);
      } catch (error) {
        // On a task of its own: seen by whoever watches for errors, and no other listener misses out.
        schedule(() => {
          throw error;
        }, 0);
      }
    }
  };

  const carryOut = (leader: Leading, id: string, request: unknown): Promise<unknown> => {
    let going = underWay.get(id);
    if (!going) {
      going = (async () => leader.answer(id, request))().finally(() => underWay.delete(id));
      underWay.set(id, going);
    }
    return going;
  };

  const carryOutForOther = async (leader: Leading, id: string, request: unknown): Promise<void> => {
    try {
      send({ type: 'taken', id });
      send({ type: 'answer', id, value: await carryOut(leader, id, request) });
    } catch (error) {
      const { message = String(error), code } = (error ?? {}) as {
        message?: string;
        code?: unknown;
      };
      send({ type: 'failure', id, message, code: typeof code === 'string' ? code : undefined });
    }
  };

  /** Here when this tab leads, else by the tab that does. */
  const pursue = (id: string, { request, taken, resolve, reject }: Asked): void => {
    if (leading) {
      taken();
      carryOut(leading, id, request).then(resolve, reject);
    } else send({ type: 'ask', id, request });
  };

  const anotherLeads = (): void => {
    for (const [id, one] of asked) pursue(id, one);
    hear([]);
  };

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'ask') {
      if (leading) void carryOutForOther(leading, data.id, data.request);
    } else if (data.type === 'taken') asked.get(data.id)?.taken();
    else if (data.type === 'answer') asked.get(data.id)?.resolve(data.value);
    else if (data.type === 'failure') {
      const { id, message, code } = data;
      asked.get(id)?.reject(Object.assign(new Error(message), { code }));
    } else if (data.type === 'leads') anotherLeads();
    else hear(data.keys);
  });

  return {
    async lead(start) {
      const { signal } = end;
      try {
        await locks.request(name, { signal }, async () => {
          const own = await start();
          if (!signal.aborted) {
            leading = own;
            send({ type: 'leads' });
            anotherLeads();
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            leading = undefined;
            await Promise.allSettled(underWay.values());
          }
          await own.stop();
          fallSilent();
        });
      } catch (error) {
        // Closed while it stood in the queue.
        if (error !== signal.reason) throw error;
      }
    },
    ask(id, request) {
      const before = asked.get(id);
      if (before) return before.promise;
      if (end.signal.aborted) return Promise.reject(noAnswer('This tab has left'));
      let resolve!: (value: unknown) => void;
      let reject!: (error: unknown) => void;
      const promise = new Promise<unknown>((...both) => {
        [resolve, reject] = both;
      });
      const taken = schedule(() => reject(noAnswer('No tab took it in hand')), patienceMs);
      const one: Asked = { request, promise, taken, resolve, reject };
      asked.set(id, one);
      try {
        pursue(id, one);
      } catch (error) {
        reject(error);
      }
      return promise.finally(() => {
        taken();
        asked.delete(id);
      });
    },
    tell(keys) {
      send({ type: 'changed', keys });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (end.signal.aborted) return;
      end.abort();
      for (const { reject } of asked.values()) reject(noAnswer('This tab has left'));
      if (!leading) fallSilent();
    },
  };
}

function noAnswer(what: string): OpportuneError {
  return new OpportuneError('opportune/no-answer', what, {
    remedy: 'Ask again under the same id: nothing is carried out twice',
  });
}
