import pg from 'pg';

/** What there is: facts that wait, or subjects that changed. */
export type News = 'facts' | 'changes';

export interface Listener {
  /** What is new where that is known; of other processes, and after a while without a notice, it is not. */
  listen(tenant: string, callback: (news?: News) => void): () => void;
  wake(tenant: string, news: News): void;
  close(): Promise<void>;
}

const CHANNEL = 'opportune';
const AGAIN_MS = [100, 500, 2000, 5000];
/** A process that dies between its commit and its notice wakes nobody; nor does a connection that was gone meanwhile. */
const POLL_MS = 5000;
const LOOK: pg.QueryConfig & { query_timeout: number } = { text: 'select', query_timeout: POLL_MS };

/**
 * Tells those who listen, in this process at once and in others by NOTIFY. The notice is not part of the commit: PostgreSQL
 * makes transactions with a notice wait for each other until each is on the disk. What must not be missed stands in a
 * table, and is looked at now and then without a notice too.
 */
export function createListener(
  config: pg.ClientConfig,
  pool: pg.Pool,
  /** There are no other processes: nothing is sent. */
  { alone }: { readonly alone: boolean },
): Listener {
  const callbacks = new Map<string, Set<(news?: News) => void>>();
  const unsent = new Set<string>();
  let sending: Promise<void> | undefined;
  let connection: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  const call = (tenant: string, news?: News): void => {
    for (const callback of callbacks.get(tenant) ?? []) queueMicrotask(() => callback(news));
  };
  const callAll = (): void => {
    for (const tenant of callbacks.keys()) call(tenant);
  };

  async function send(): Promise<void> {
    while (unsent.size > 0) {
      const tenants = [...unsent];
      unsent.clear();
      try {
        await pool.query(
          `select pg_notify('${CHANNEL}', $2 || ' ' || tenant) from unnest($1::text[]) as tenant`,
          [tenants, OWN],
        );
      } catch {
        // Others find what changed when they look.
      }
    }
    sending = undefined;
  }

  function connect(): void {
    if (alone || closed || connecting || connection || callbacks.size === 0) return;
    connecting = open()
      .catch(() => later())
      .finally(() => {
        connecting = undefined;
      });
  }

  async function open(): Promise<void> {
    const client = new pg.Client(config);
    const lost = (): void => {
      if (connection !== client) return;
      connection = undefined;
      later();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload = '' }) => {
      const [from, tenant = ''] = payload.split(' ');
      if (from !== OWN) call(tenant);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    if (closed) return void (await client.end());
    connection = client;
    failures = 0;
    // What happened while nobody listened.
    callAll();
  }

  function lose(): void {
    void connection?.end().catch(() => {});
  }

  function later(): void {
    if (closed || timer) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        connect();
      },
      AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)],
    );
  }

  return {
    listen(tenant, callback) {
      const own = callbacks.get(tenant) ?? new Set();
      const entry = (news?: News): void => {
        if (own.has(entry)) callback(news);
      };
      callbacks.set(tenant, own.add(entry));
      connect();
      poll ??= setInterval(() => {
        callAll();
        // A connection that is gone without a word tells nothing for ever.
        connection?.query(LOOK).catch(lose);
      }, POLL_MS).unref();
      return () => {
        own.delete(entry);
        if (own.size === 0) callbacks.delete(tenant);
      };
    },
    wake(tenant, news) {
      call(tenant, news);
      if (alone) return;
      unsent.add(tenant);
      if (!closed) sending ??= send();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(poll);
      callbacks.clear();
      await connecting;
      await sending;
      await connection?.end().catch(() => {});
    },
  };
}

/** What other processes tell us by. */
const OWN = `${process.pid}-${Math.random().toString(36).slice(2)}`;
