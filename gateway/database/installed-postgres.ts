import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The PostgreSQL of this machine, for tests: Debian's, the newest; undefined: there is none, and npm's will do. */
export function installedPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version))
    .find(
      (home) =>
        existsSync(join(home, 'bin', 'initdb')) && existsSync(join(home, 'bin', 'postgres')),
    );
}
