import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { OpportuneError } from 'opportune';
import type { SystemUser } from './postgres-user.js';

export const ADMIN = 'postgres';
/** Nothing of ours: PG* variables would change what the server does. */
export const ENVIRONMENT: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

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

export function giveFolder(folder: string, user: SystemUser | undefined): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
}

export function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    // A file is complete or not there: a half password would shut us out.
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

/** The programs, or a copy of them, where root has them in a place that nobody else may look into. */
export function reachable(home: string, folder: string, user: SystemUser | undefined): string {
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

/** The data's folder, made where there is none. */
export function prepareData(
  folder: string,
  data: string,
  programs: string,
  password: string,
  user: SystemUser | undefined,
): void {
  if (existsSync(data)) checkVersion(data, programs, folder);
  else makeData(folder, data, programs, password, user);
}
