import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DayScripts, StudioFiles } from '../http/page-routes.js';

const built = (): string =>
  createRequire(import.meta.url)
    .resolve('@opportune/gateway/package.json')
    .replace(/package\.json$/, 'dist');

/** The script of a page that the gateway serves; `undefined` in a clone that was not built. */
export function readPageScript(
  name: 'embed' | 'insights' | 'day' | 'day-worker',
): string | undefined {
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

/** Those of the day, where they were built, with the binary of the solver. */
export function readDayScripts(): DayScripts | undefined {
  const [page, worker] = [readPageScript('day'), readPageScript('day-worker')];
  return page !== undefined && worker !== undefined
    ? { page, worker, wasm: readSolverBinary() }
    : undefined;
}

export const readSolverBinary = (): Uint8Array =>
  readFileSync(createRequire(import.meta.url).resolve('highs/runtime'));
