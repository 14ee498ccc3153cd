import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpportuneError, OpportuneError } from 'opportune';
import { Client } from 'pg';
import { lockFolder } from './folder-lock.js';
import { stopOrphans } from './orphans.js';
import { findPostgres } from './postgres-binaries.js';
import {
  ADMIN,
  ENVIRONMENT,
  giveFolder,
  passwordOf,
  prepareData,
  reachable,
} from './postgres-data.js';
import { type SystemUser, userFor } from './postgres-user.js';

/** A server of our own, and how to reach it. */
export interface RunningPostgres {
  /** The folder of its socket. */
  readonly host: string;
  readonly port: number;
  /** Its administrator. */
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

const PORT = 5432;
const LONGEST_SOCKET_FOLDER = 85;
const START_MS = 300_000;
const STOP_MS = 30_000;
const AGAIN_MS = 500;

// The shell becomes the server; a part of it stays behind and reads. When we are killed the pipe ends and with it the server.
const GUARDED = '(read -r done || kill -INT $$) <&3 2>/dev/null & exec 3<&-; exec "$@" </dev/null';

/**
 * Starts PostgreSQL over the data in a folder, which are made where there are none, for this process alone. It listens on a
 * socket in that folder, and its password lies beside it. `home` is the folder with `bin`; absent: the one that npm installed.
 */
export async function startPostgres(
  folderName: string,
  home: string = findPostgres(),
): Promise<RunningPostgres> {
  mkdirSync(folderName, { recursive: true });
  const folder = realpathSync(folderName);
  const unlock = lockFolder(folder);
  try {
    const server = await startLocked(folder, home);
    return {
      ...server,
      async stop() {
        await server.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** As `startPostgres`, over data that are there; where another process has them open, by way of its server. */
export async function joinPostgres(folder: string, home?: string): Promise<RunningPostgres> {
  const data = join(folder, 'data');
  if (!existsSync(data))
    throw new OpportuneError('opportune/usage', 'there is no store of the gateway here', {
      where: folder,
      remedy: 'Name the folder that opportune serve has its store in',
    });
  try {
    return await startPostgres(folder, home);
  } catch (error) {
    if (!isOpportuneError(error, 'opportune/store-busy')) throw error;
    const host = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
    const password = passwordOf(folder);
    return { host, port: PORT, user: ADMIN, password, stop: async () => {} };
  }
}

async function startLocked(folder: string, home: string): Promise<RunningPostgres> {
  const data = join(folder, 'data');
  const user = userFor(data);
  const programs = reachable(home, folder, user);
  const password = passwordOf(folder);
  prepareData(folder, data, programs, password, user);
  const elsewhere = Buffer.byteLength(folder) > LONGEST_SOCKET_FOLDER;
  const host = elsewhere ? mkdtempSync(join(tmpdir(), 'opportune-')) : join(folder, 'socket');
  giveFolder(host, user);
  await clear(data, host);
  const log = join(folder, 'log');
  const running = { host, port: PORT, user: ADMIN, password };
  let child = run(programs, data, host, log, user);
  let stopping = false;
  let again: Promise<void> | undefined;

  /** A server that ends of itself (killed for want of memory, say) is started again; those who ask meanwhile are told to wait. */
  function watch(): void {
    child.once('exit', () => {
      tellReader(child);
      again = stopping ? undefined : restart().catch(() => {});
    });
  }
  async function restart(): Promise<void> {
    await pause(AGAIN_MS);
    await clear(data, host);
    if (stopping) return;
    child = run(programs, data, host, log, user);
    watch();
  }
  async function stop(): Promise<void> {
    stopping = true;
    await again;
    await stopChild(child);
    // One that was killed leaves its sessions behind, and the folder is given up only when nobody works in it.
    await clear(data, host);
    if (elsewhere) rmSync(host, { recursive: true, force: true });
  }

  try {
    await untilReady(child, running);
    watch();
  } catch (error) {
    await stop();
    throw new OpportuneError('opportune/database-failed', 'PostgreSQL did not start', {
      where: folder,
      remedy: `It says: ${lastLines(log)}`,
      cause: error,
    });
  }
  return { ...running, stop };
}

/** Ends what was left running, and takes its socket's lock away: the id in it may be another process's by now, or a zombie's. */
async function clear(data: string, host: string): Promise<void> {
  await stopOrphans(data);
  rmSync(join(host, `.s.PGSQL.${PORT}.lock`), { force: true });
}

function run(
  programs: string,
  data: string,
  host: string,
  log: string,
  user: SystemUser | undefined,
): ChildProcess {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const output = openSync(log, size > 1_000_000 ? 'w' : 'a', 0o600);
  const settings = Object.entries({
    unix_socket_directories: host,
    ...SETTINGS,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A session of its own: Ctrl-C is for us, and we stop it when we are done.
  const child = spawn(
    '/bin/sh',
    ['-c', GUARDED, 'opportune', join(programs, 'bin', 'postgres'), '-D', data, ...settings],
    {
      cwd: '/',
      env: ENVIRONMENT,
      detached: true,
      stdio: ['ignore', output, output, 'pipe'],
      ...user,
    },
  );
  closeSync(output);
  child.stdio[3]?.on('error', () => {});
  return child;
}

const SETTINGS = {
  port: PORT,
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: 60,
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_parallel_workers_per_gather: 0,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and details may hold what a person said.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

async function untilReady(
  child: ChildProcess,
  server: Omit<RunningPostgres, 'stop'>,
): Promise<void> {
  for (const end = Date.now() + START_MS; ; await pause(15)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const client = new Client({ ...server, database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (!WAITING.includes(String(code)) || Date.now() > end) throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** There is no socket yet, nobody listens at it yet, and the server mends what a crash left. */
const WAITING = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03'];

async function stopChild(child: ChildProcess): Promise<void> {
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  tellReader(child);
  if (ended()) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
  if (!ended()) await exit;
  clearTimeout(timer);
}

/** The part of the shell that waits for our end need not act on it. */
function tellReader(child: ChildProcess): void {
  const pipe = child.stdio[3];
  if (pipe && 'end' in pipe) pipe.end('done\n');
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ').slice(-500);
  } catch {
    return '(nothing)';
  }
}
