import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { StudioFiles } from '../http/page-routes.js';

const built = (): string =>
  createRequire(import.meta.url)
    .resolve('@opportune/gateway/package.json')
    .replace(/package\.json$/, 'dist');

/** The script of a page that the gateway serves; `undefined` in a clone that was not built. */
export function readPageScript(name: 'embed' | 'insights'): string | undefined {
  const file = join(built(), `${name}.js`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What the studio's page loads, where it was built. */
export function readStudioFiles(): StudioFiles | undefined {
  const folder = join(built(), 'studio');
  const names = join(folder, 'names.json');
  if (!existsSync(names)) return undefined;
  const files = readdirSync(folder).filter((name) => name !== 'names.json');
  return {
    names: JSON.parse(readFileSync(names, 'utf8')) as StudioFiles['names'],
    files: new Map(files.map((name) => [name, readFileSync(join(folder, name))])),
  };
}
