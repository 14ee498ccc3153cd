/** In a worker, so that the server goes on meanwhile: compiles the files of a playbook's folder with the sources here. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { build } from 'esbuild';

const textEndings = new Set(['.yaml', '.yml', '.md', '.txt', '.json']);
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
const sources = files.map(({ name, bytes }) => {
  const path = relative(folder, name).split(sep).join('/');
  return textEndings.has(extname(name))
    ? { path, text: readFileSync(name, 'utf8') }
    : { path, text: '', bytes };
});
const today = new Date().toISOString().slice(0, 10);
const { playbook, problems } = compilePlaybook(sources, { today });
const lines = problems.map((problem) => `${relative(root, folder)}/${formatProblem(problem)}`);
parentPort.postMessage({
  playbook: playbook && JSON.stringify(playbook),
  problems: lines.join('\n'),
});
