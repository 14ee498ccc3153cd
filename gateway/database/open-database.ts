import { OpportuneError } from 'opportune';
import pg from 'pg';
import { codeOf, isConflict, isSilence, toDatabaseError } from './database-errors.js';
import { createListener, type Listener, type News } from './listen.js';
import { migrate } from './migrate.js';
import { MIGRATIONS, TENANT_ROLE } from './migrations.js';
import { joinPostgres, type RunningPostgres, startPostgres } from './start-postgres.js';

export type SqlValue = string | number | boolean | Buffer | null | readonly SqlValue[];
export type Row = { readonly [column: string]: unknown };

/** Statements with parameters, inside one transaction. */
export interface Sql {
  rows(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

export interface TransactionOptions {
  /** False: what is written may be lost when the machine stops within the next second, and nothing waits for the disk. */
  readonly durable?: boolean;
  /** Everything that is read is of one moment. */
  readonly oneMoment?: boolean;
}

export interface Database {
  /** Its server is this process's own: no other process can have it open, and what they held they hold no more. */
  readonly alone: boolean;
  /**
   * One transaction that sees and writes the rows of one tenant, whatever its statements say. Run again from the start when
   * other transactions came in between: `work` does nothing else that cannot be repeated.
   */
  inTenant<T>(
    tenant: string,
    work: (sql: Sql) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** One statement, in a transaction of its own as above: one way to the database and back, where `inTenant` takes several. */
  ask(
    tenant: string,
    text: string,
    values: readonly SqlValue[],
    options?: Pick<TransactionOptions, 'durable'>,
  ): Promise<readonly Row[]>;
  /** One transaction of the owner, who sees which tenants there are and none of their rows. */
  asOwner<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Those that ever had a store here. */
  tenants(): Promise<readonly string[]>;
  /**
   * Calls back soon after anything of the tenant was committed, by whatever process; sometimes when nothing was. Returns
   * what ends it.
   */
  listen(tenant: string, callback: (news?: News) => void): () => void;
  /** Wakes those who listen to the tenant, here and in other processes. */
  wake(tenant: string, news: News): void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…` of the team's server. */
  readonly url?: string;
  /** A folder for a server of our own. */
  readonly folder?: string;
  /**
   * How the tables are to be: as they are, for reading alone, also beside the process that has the folder open; or as the
   * first so many migrations make them. Absent: as this version has them.
   */
  readonly tables?: 'as-they-are' | number;
  /** At most so many connections. */
  readonly connections?: number;
  /** A statement that takes longer is stopped. */
  readonly statementMs?: number;
  /** A connection on which not even the begin of a transaction is answered for so long is given up; 10 s. */
  readonly silenceMs?: number;
  /** For tests: called before each statement that may change something; what it throws fails it. */
  readonly beforeChange?: () => void;
}

const DATABASE = 'opportune';
const CONNECTIONS = 10;
const CONNECT_MS = 5000;
const STATEMENT_MS = 30_000;
/** Below the time after which an answer over HTTP is given up. */
const SILENCE_MS = 10_000;
const TRIES = 5;
const TENANT = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

/** Opens the database of the gateway, and makes or changes its tables where that is needed. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, folder } = options;
  if (url !== undefined) return openReachable(readUrl(url), options);
  if (folder === undefined)
    throw new OpportuneError('opportune/usage', 'a folder or a database is needed', {
      remedy: 'Name one of them',
    });
  const server = await (options.tables === 'as-they-are'
    ? joinPostgres(folder)
    : startPostgres(folder));
  try {
    return await openReachable(await ownDatabase(server), options, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function readUrl(url: string): pg.PoolConfig {
  let protocol = '';
  try {
    protocol = new URL(url).protocol;
  } catch {
    // Its text may hold a password, and is not repeated.
  }
  if (protocol !== 'postgres:' && protocol !== 'postgresql:')
    throw new OpportuneError('opportune/usage', 'this is no URL of a PostgreSQL database', {
      remedy: 'It looks like postgres://user:password@host:5432/name',
    });
  return { connectionString: url };
}

/** A database and a user who owns it and is no administrator, so that row-level security holds for him too. */
async function ownDatabase(server: RunningPostgres): Promise<pg.PoolConfig> {
  const { host, port, user, password } = server;
  const admin = new pg.Client({ host, port, user, password, database: 'postgres' });
  admin.on('error', () => {});
  await admin.connect();
  try {
    const { rows } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
    if (rows.length === 0) {
      const secret = admin.escapeLiteral(password);
      await admin.query(`
        do $$ begin
          if not exists (select from pg_roles where rolname = '${DATABASE}') then
            create role ${DATABASE} login createrole password ${secret};
          end if;
        end $$`);
      await admin.query(`create database ${DATABASE} owner ${DATABASE}`);
    }
  } finally {
    await admin.end();
  }
  return { host, port, user: DATABASE, password, database: DATABASE };
}

async function openReachable(
  config: pg.PoolConfig,
  options: DatabaseOptions,
  server?: RunningPostgres,
): Promise<Database> {
  const { connections = CONNECTIONS, statementMs = STATEMENT_MS, beforeChange } = options;
  const { silenceMs = SILENCE_MS } = options;
  const reach = {
    ...config,
    ...{ application_name: `opportune ${process.pid}`, keepAlive: true },
    // The server ends what takes longer; where not even that is told, the way to it is gone.
    query_timeout: statementMs + silenceMs,
  };
  // In a pipeline what is asked does not wait for the answer to what was asked before it.
  const pool = new pg.Pool({
    ...reach,
    ...{ max: connections, connectionTimeoutMillis: CONNECT_MS, pipeline: true },
  });
  // A connection that breaks while nobody uses it is told to those who ask next.
  pool.on('error', () => {});
  const madeAt = new WeakMap<object, number>();
  /** Connections that are older lead nowhere, though nobody has said so. */
  let silentAt = Number.NEGATIVE_INFINITY;
  pool.on('connect', (client) => {
    madeAt.set(client, performance.now());
    client.on('error', () => {});
  });
  const listener: Listener = createListener(reach, pool, { alone: server !== undefined });
  let closing: Promise<void> | undefined;

  async function again<T>(attemptOnce: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptOnce();
      } catch (error) {
        if (isSilence(error)) silentAt = performance.now();
        if (attempt === TRIES || !(isConflict(error) || error instanceof StaleConnection))
          throw toDatabaseError(error instanceof StaleConnection ? error.cause : error);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  async function askOnce(
    begin: string,
    text: string,
    values: readonly SqlValue[],
  ): Promise<readonly Row[]> {
    const client = await connect();
    let broken = false;
    try {
      if (CHANGES.test(text)) beforeChange?.();
      beforeChange?.();
      // All at once: where one fails, the next ones fail too, and the last takes back what was done.
      const { stream } = client.connection;
      stream.cork();
      const asked = [
        client.query(beginWith(begin)),
        client.query({ name: nameOf(text), text, values: [...values] }),
        client.query('commit'),
      ] as const;
      stream.uncork();
      const [begun, answered, ended] = await Promise.allSettled(asked);
      if (begun.status === 'rejected') {
        broken = true;
        throw toStale(begun.reason);
      }
      if (answered.status === 'rejected') {
        broken = ended.status === 'rejected';
        throw answered.reason;
      }
      if (ended.status === 'rejected') {
        broken = true;
        throw ended.reason;
      }
      return answered.value.rows;
    } finally {
      client.release(broken);
    }
  }

  async function connect(): Promise<pg.PoolClient> {
    if (closing) throw new OpportuneError('opportune/store-closed', 'the database is closed');
    for (;;) {
      const client = await pool.connect();
      if ((madeAt.get(client) ?? 0) > silentAt) return client;
      // A goodbye would wait for an answer.
      client.connection.stream.destroy();
      client.release(true);
    }
  }

  const beginWith = (text: string): pg.QueryConfig & { query_timeout: number } => ({
    text,
    query_timeout: silenceMs,
  });

  async function tryTransaction<T>(begin: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await connect();
    let broken = false;
    try {
      await client.query(beginWith(begin)).catch((cause: unknown) => {
        broken = true;
        throw toStale(cause);
      });
      const result = await work({
        async rows(text, values = []) {
          if (CHANGES.test(text)) beforeChange?.();
          return (await client.query({ name: nameOf(text), text, values: [...values] })).rows;
        },
      });
      beforeChange?.();
      await client.query('commit');
      return result;
    } catch (error) {
      if (!broken)
        await client.query('rollback').catch(() => {
          broken = true;
        });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const limits = `set local statement_timeout = ${statementMs}; set local lock_timeout = ${statementMs};
    set local idle_in_transaction_session_timeout = ${2 * statementMs}`;

  const beginOf = (
    tenant: string,
    { durable = true, oneMoment = false }: TransactionOptions = {},
  ): string => {
    checkTenant(tenant);
    return `begin${oneMoment ? ' isolation level repeatable read' : ''};
      set local role ${TENANT_ROLE}; set local opportune.tenant = '${tenant}'; ${limits};
      ${durable ? '' : 'set local synchronous_commit = off'}`;
  };

  const database: Database = {
    alone: server !== undefined,
    async inTenant(tenant, work, how) {
      const begin = beginOf(tenant, how);
      return again(() => tryTransaction(begin, work));
    },
    async ask(tenant, text, values, how) {
      const begin = beginOf(tenant, how);
      return again(() => askOnce(begin, text, values));
    },
    asOwner: (work) => again(() => tryTransaction(`begin; ${limits}`, work)),
    async tenants() {
      const rows = await database.asOwner((sql) =>
        sql.rows('select tenant from opportune.tenants order by tenant'),
      );
      return rows.map(({ tenant }) => String(tenant));
    },
    listen(tenant, callback) {
      checkTenant(tenant);
      return listener.listen(tenant, callback);
    },
    wake: (tenant, news) => listener.wake(tenant, news),
    close() {
      closing ??= (async () => {
        await listener.close();
        await pool.end();
        await server?.stop();
      })();
      return closing;
    },
  };

  try {
    const client = await pool.connect();
    try {
      if (options.tables !== 'as-they-are')
        await migrate(client, MIGRATIONS.slice(0, options.tables));
    } finally {
      client.release();
    }
    return database;
  } catch (error) {
    await pool.end();
    throw toDatabaseError(error);
  }
}

/** Nothing was done on it yet. */
class StaleConnection extends Error {
  constructor(cause: unknown) {
    super('the connection was gone', { cause });
  }
}

/** At the begin of a transaction: the server may have been started anew since this connection was used; another one may do. */
const toStale = (cause: unknown): unknown =>
  !isSilence(cause) && (codeOf(cause) === '' || /^(57P|E)/.test(codeOf(cause)))
    ? new StaleConnection(cause)
    : cause;

const CHANGES = /\b(insert|update|delete)\b/;
const names = new Map<string, string>();

/** Statements are prepared once on each connection, under a name. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `opportune_${names.size}`;
    names.set(text, name);
  }
  return name;
}

/** It is written into a statement, so it is held to letters that mean nothing there. */
function checkTenant(tenant: string): void {
  if (!TENANT.test(tenant))
    throw new OpportuneError('opportune/usage', 'this is no name of a tenant', {
      remedy: 'Use letters, digits, dots and dashes, at most 63',
    });
}
