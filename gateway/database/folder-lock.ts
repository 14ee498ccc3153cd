import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { OpportuneError } from 'opportune';

/**
 * Keeps a folder for this process, and returns what lets it go. The lock is SQLite's on a file, which the system lifts when
 * the process dies, however it dies; the id of the process lies in a file of its own, as closing the locked one lifts the lock.
 */
export function lockFolder(folder: string): () => void {
  const holder = join(folder, 'process');
  const lock = new Database(join(folder, 'lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error;
    throw new OpportuneError(
      'opportune/store-busy',
      `process ${other(holder)} has this store open`,
      {
        where: folder,
        remedy: 'Stop it first, or name another folder',
      },
    );
  }
  writeFileSync(holder, `${process.pid}\n`);
  return () => lock.close();
}

function other(holder: string): string {
  try {
    return readFileSync(holder, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}
