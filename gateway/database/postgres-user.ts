import { readFileSync, statSync } from 'node:fs';
import { OpportuneError } from 'opportune';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom PostgreSQL runs as: it refuses to be root. Undefined: the user that we are. For root it is the owner of the data
 * where there are some, else the system's `postgres`, else `nobody`; nothing is added to the system.
 */
export function userFor(data: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new OpportuneError(
    'opportune/database-refused',
    'PostgreSQL does not run as root, and this system has no user "postgres" or "nobody"',
    { remedy: 'Run opportune as another user, or use a PostgreSQL by --database URL' },
  );
}
