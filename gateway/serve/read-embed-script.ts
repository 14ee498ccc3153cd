import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The script of the page that shows the panel in a frame; `undefined` in a clone that was not built. */
export function readEmbedScript(): string | undefined {
  const manifest = createRequire(import.meta.url).resolve('@opportune/gateway/package.json');
  const file = manifest.replace(/package\.json$/, 'dist/embed.js');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
