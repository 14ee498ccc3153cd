/** `node scripts/build-extension.mjs`: the browser extension from the sources, whole, into extension/dist. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './from-sources.mjs';

const source = join(root, 'extension');

/** What is copied as it is; the rest is built. */
const ASSETS = [
  'policy.json',
  'panel.html',
  'panel.css',
  'options.html',
  'options.css',
  'page.css',
  'icon-16.png',
  'icon-48.png',
  'icon-128.png',
];

/** Builds into that folder, which is emptied first. */
export async function buildExtension(dir) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const shared = {
    outdir: dir,
    bundle: true,
    minify: true,
    target: 'chrome116',
    conditions: ['production'],
    tsconfig: join(root, 'tsconfig.json'),
    legalComments: 'eof',
    logLevel: 'error',
    // What registers an element is no side effect to a reader of package.json, which knows the built files.
    ignoreAnnotations: true,
  };
  const [panel, options, worker] = ['panel', 'options', 'worker'].map((name) =>
    join(source, `${name}.ts`),
  );
  await Promise.all([
    build({
      ...shared,
      entryPoints: [panel, options],
      format: 'esm',
      splitting: true,
      chunkNames: 'part-[name]-[hash]',
    }),
    // A service worker may not import when it likes: it is one file.
    build({ ...shared, entryPoints: [worker], format: 'iife' }),
  ]);
  for (const name of ASSETS) copyFileSync(join(source, name), join(dir, name));
  const manifest = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(
    join(dir, 'manifest.json'),
    `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildExtension(join(source, 'dist'));
