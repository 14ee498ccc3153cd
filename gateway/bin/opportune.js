#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// In a clone the sources run as they are; the published package has `dist` only.
const sources = new URL('../main.ts', import.meta.url);

async function load() {
  if (!existsSync(sources)) return import('../dist/main.js');
  const { tsImport } = await import('tsx/esm/api');
  const tsconfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));
  return tsImport(sources.href, { parentURL: import.meta.url, tsconfig });
}

const { runCommand } = await load();
process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
});
