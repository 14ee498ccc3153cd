import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playbookPlugin } from './playbook-plugin.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const tsconfig = join(root, 'tsconfig.json');

/** Settings that the development server and the test runner share: the sources as they are, compiled file by file. */
export const fromSources = () => ({
  rootDir: root,
  nodeResolve: { exportConditions: ['production', 'default'] },
  plugins: [
    ownNames(),
    playbookPlugin(root),
    // Older targets drop `with { type: 'json' }` from imports.
    esbuildPlugin({ ts: true, json: false, target: 'esnext', tsconfig }),
  ],
});

/** `opportune/...` means the sources here, by the same table that TypeScript and tsx read. */
function ownNames() {
  const { paths } = JSON.parse(readFileSync(tsconfig, 'utf8')).compilerOptions;
  return {
    name: 'own-names',
    resolveImport: ({ source }) => paths[source]?.[0].slice(1),
  };
}
