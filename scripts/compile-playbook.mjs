/** In a worker, so that the server goes on meanwhile: compiles the files of a playbook's folder with the sources here. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { build } from 'esbuild';
import { readSources } from './read-sources.mjs';

const { root, folder, files } = workerData;

const cache = join(root, 'node_modules/.cache/opportune');
const compiler = join(cache, 'plan.mjs');
const { outputFiles } = await build({
  entryPoints: [join(root, 'src/plan/compile-playbook.ts')],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
// Renamed into place: another process may be reading the one before.
const draft = `${compiler}.${process.pid}`;
mkdirSync(cache, { recursive: true });
writeFileSync(draft, outputFiles[0].contents);
renameSync(draft, compiler);
const { compilePlaybook, formatProblem } = await import(pathToFileURL(compiler).href);
const sources = readSources(folder, files);
const today = new Date().toISOString().slice(0, 10);
const { playbook, problems } = compilePlaybook(sources, { today });
const lines = problems.map((problem) => `${relative(root, folder)}/${formatProblem(problem)}`);
parentPort.postMessage({
  playbook: playbook && JSON.stringify(playbook),
  problems: lines.join('\n'),
});
