import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Ends what a process of ours that was killed left running over these data. The file with the server's id proves nothing:
 * ids are given anew after a restart of the machine, and sessions may outlive their server. All of them work in the data's
 * folder, and that is what they are known by. Call it only while holding the lock of the store.
 */
export async function stopOrphans(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  for (const [signal, waitMs] of STEPS) {
    const left = workingIn(data);
    const server = serverOf(file);
    if (left.length === 0) {
      // Another process has the id by now, and PostgreSQL would take it for its server.
      if (server !== undefined && signalTo(server, 0)) rmSync(file, { force: true });
      return;
    }
    // A server told to stop ends its sessions itself.
    for (const pid of server !== undefined && left.includes(server) ? [server] : left)
      signalTo(pid, signal);
    for (const end = Date.now() + waitMs; Date.now() < end && workingIn(data).length > 0; )
      await pause(20);
  }
}

/** Data bear any end; a server that was told to stop in the midst of mending them may wait for ever (seen in 18.4). */
const STEPS = [
  ['SIGINT', 5000],
  ['SIGQUIT', 5000],
  ['SIGKILL', 5000],
] as const;

function serverOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** False when there is no such process, or it is none of ours. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Ids of the processes whose working folder this is. */
export function workingIn(folder: string): readonly number[] {
  if (platform() !== 'linux') return workingInByLsof(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === folder)
    .map(Number);
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It ended, or is another user's.
    return undefined;
  }
}

function workingInByLsof(folder: string): readonly number[] {
  try {
    const found = execFileSync('lsof', ['-a', '-d', 'cwd', '-t', folder], { encoding: 'utf8' });
    return found.split('\n').filter(Boolean).map(Number);
  } catch {
    // It says so by its exit code when there is none.
    return [];
  }
}
