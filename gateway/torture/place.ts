import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { installedPostgres } from '../database/installed-postgres.js';
import { type Database, openDatabase } from '../database/open-database.js';
import { workingIn } from '../database/orphans.js';
import { startPostgres } from '../database/start-postgres.js';

export type PlaceKind = 'embedded' | 'postgres';

/** Where the gateway under test keeps everything. */
export interface Place {
  /** What `serve` is started with. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** For inputs of the command; removed with all else. */
  readonly folder: string;
  /** Resolves when `serve` can be started. */
  ready(): Promise<void>;
  /** Kills the server and all its sessions, as a machine does that runs out of memory. */
  killDatabase(): void;
  /** Takes the server away for so long, in good order; absent where it is the gateway's own. */
  takeAway?(ms: number): Promise<void>;
  /** While no gateway runs. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

/** A folder of its own, or a server that this process starts and that starts again by itself. */
export async function createPlace(kind: PlaceKind): Promise<Place> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'opportune-torture-')));
  chmodSync(folder, 0o755);
  const home = join(folder, 'store');
  mkdirSync(home);
  const killDatabase = (): void => {
    for (const pid of workingIn(join(home, 'data')))
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
  };
  const remove = async (): Promise<void> => {
    // What a gateway left that was killed last.
    while (workingIn(join(home, 'data')).length > 0) {
      killDatabase();
      await pause(20);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  if (kind === 'embedded')
    return {
      args: ['--store', home],
      env: {},
      folder,
      ready: async () => {},
      killDatabase,
      open: () => openDatabase({ folder: home }),
      remove,
    };

  let server = await startPostgres(home, installedPostgres());
  const { host, port, user, password } = server;
  const url = new URL('postgres://localhost/postgres');
  url.username = user;
  url.password = password;
  url.searchParams.set('host', host);
  url.searchParams.set('port', String(port));
  const NAME = 'TORTURE_DATABASE';
  return {
    args: ['--database', `env:${NAME}`],
    env: { [NAME]: url.href },
    folder,
    async ready() {
      while (!(await answers(url.href))) await pause(20);
    },
    killDatabase,
    async takeAway(ms) {
      await server.stop();
      await pause(ms);
      server = await startPostgres(home, installedPostgres());
    },
    open: () => openDatabase({ url: url.href }),
    async remove() {
      await server.stop();
      await remove();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
