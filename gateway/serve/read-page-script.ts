import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The script of a page that the gateway serves; `undefined` in a clone that was not built. */
export function readPageScript(
  name: 'embed' | 'insights' | 'studio' | 'studio-worker',
): string | undefined {
  const manifest = createRequire(import.meta.url).resolve('@opportune/gateway/package.json');
  const file = manifest.replace(/package\.json$/, `dist/${name}.js`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Those of the studio, where both were built. */
export function readStudioScripts():
  | { readonly page: string; readonly worker: string }
  | undefined {
  const [page, worker] = [readPageScript('studio'), readPageScript('studio-worker')];
  return page !== undefined && worker !== undefined ? { page, worker } : undefined;
}
