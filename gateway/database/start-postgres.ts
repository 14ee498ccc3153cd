import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OpportuneError } from 'opportune';
import { Client } from 'pg';
import { lockFolder } from './folder-lock.js';
import { stopOrphans } from './orphans.js';
import { findPostgres } from './postgres-binaries.js';
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

const ADMIN = 'postgres';
const PORT = 5432;
const LONGEST_SOCKET_FOLDER = 85;
const START_MS = 300_000;
const STOP_MS = 60_000;

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

async function startLocked(folder: string, home: string): Promise<RunningPostgres> {
  const data = join(folder, 'data');
  const user = userFor(data);
  const programs = reachable(home, folder, user);
  const password = passwordOf(folder);
  if (existsSync(data)) checkVersion(data, programs, folder);
  else makeData(folder, data, programs, password, user);
  await stopOrphans(data);
  const ownSocket = Buffer.byteLength(folder) > LONGEST_SOCKET_FOLDER;
  const host = ownSocket ? mkdtempSync(join(tmpdir(), 'opportune-')) : join(folder, 'socket');
  giveFolder(host, user);
  const log = join(folder, 'log');
  const child = run(programs, data, host, log, user);
  const running = { host, port: PORT, user: ADMIN, password };
  const stop = async (): Promise<void> => {
    await stopChild(child);
    if (ownSocket) rmSync(host, { recursive: true, force: true });
  };
  try {
    await untilReady(child, running);
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

const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

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
  // The reader is told that this is no accident.
  const done = child.stdio[3];
  if (done && 'end' in done) done.end('done\n');
  if (ended()) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
  if (!ended()) await exit;
  clearTimeout(timer);
}

/** Data are complete or not there: they are made beside their place. */
function makeData(
  folder: string,
  data: string,
  programs: string,
  password: string,
  user: SystemUser | undefined,
): void {
  for (const name of readdirSync(folder))
    if (name.startsWith('new-')) rmSync(join(folder, name), { recursive: true, force: true });
  const place = mkdtempSync(join(folder, 'new-'));
  giveFolder(place, user);
  const secret = join(place, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (user) chownSync(secret, user.uid, user.gid);
  const fresh = join(place, 'data');
  const made = spawnSync(
    join(programs, 'bin', 'initdb'),
    [
      `--pgdata=${fresh}`,
      `--username=${ADMIN}`,
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
      '--no-instructions',
    ],
    { cwd: '/', env: ENVIRONMENT, encoding: 'utf8', ...user },
  );
  if (made.status !== 0)
    throw new OpportuneError('opportune/database-failed', 'PostgreSQL could not make its data', {
      where: folder,
      remedy: `It says: ${(made.stderr || String(made.error ?? '')).trim()}`,
    });
  renameSync(fresh, data);
  rmSync(place, { recursive: true, force: true });
}

function giveFolder(folder: string, user: SystemUser | undefined): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
}

function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    // A file is complete or not there: a half password would shut us out.
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

/** The programs, or a copy of them, where root has them in a place that nobody else may look into. */
function reachable(home: string, folder: string, user: SystemUser | undefined): string {
  if (!user) return home;
  const mayRun = (place: string): boolean =>
    spawnSync(join(place, 'bin', 'postgres'), ['--version'], { cwd: '/', ...user }).status === 0;
  if (spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', ...user }).status !== 0)
    throw new OpportuneError(
      'opportune/store-unreadable',
      `PostgreSQL does not run as root, and user ${user.uid} may not enter this folder`,
      {
        where: folder,
        remedy:
          'Name a folder outside of private ones, such as /var/lib/opportune, or run opportune as another user',
      },
    );
  if (mayRun(home)) return home;
  const version = spawnSync(join(home, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const copy = join(folder, `programs-${/[\d.]+/.exec(version.stdout)?.[0]}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(home, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    chmodSync(`${copy}.new`, 0o755);
    renameSync(`${copy}.new`, copy);
  }
  return copy;
}

function checkVersion(data: string, programs: string, folder: string): void {
  const written = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const { stdout } = spawnSync(join(programs, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
  });
  const here = /\d+/.exec(stdout)?.[0];
  if (written === here) return;
  throw new OpportuneError(
    'opportune/store-version',
    `it was written by PostgreSQL ${written}, and this is ${here}`,
    {
      where: folder,
      remedy:
        'Make a backup with the version of Opportune that wrote it, and restore it into another folder with this one',
    },
  );
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ').slice(-500);
  } catch {
    return '(nothing)';
  }
}
