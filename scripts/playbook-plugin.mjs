import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readSources } from './read-sources.mjs';

/**
 * Serves `…/playbook.json` from the folder `…/playbook/` beside it, compiled when asked for and again when one of its
 * files has changed. A playbook with errors answers 500, with the errors. `…/playbook-files.json` are its files as they are.
 */
export function playbookPlugin(root) {
  const compiled = new Map();
  return {
    name: 'playbook',
    async serve(context) {
      const [, place, what] = /^(.*\/playbook)(|-files)\.json$/.exec(context.path) ?? [];
      const folder = join(root, place ?? '');
      if (place === undefined || !existsSync(folder)) return undefined;
      const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
      const stats = names.map((name) => ({ name, stat: statSync(name) }));
      const files = stats.filter(({ stat }) => stat.isFile());
      const found = files.map(({ name, stat }) => ({ name, bytes: stat.size }));
      if (what) return { body: JSON.stringify(readSources(folder, found)), type: 'json' };
      const state = files.map(({ name, stat }) => `${name} ${stat.mtimeMs} ${stat.size}`).join();
      if (compiled.get(folder)?.state !== state)
        compiled.set(folder, { state, compiling: compile(root, folder, found) });
      const { playbook, problems } = await compiled.get(folder).compiling;
      if (!playbook) context.status = 500;
      return playbook ? { body: playbook, type: 'json' } : { body: problems, type: 'text' };
    },
  };
}

async function compile(root, folder, files) {
  const worker = new Worker(new URL('compile-playbook.mjs', import.meta.url), {
    workerData: {
      root,
      folder,
      files,
    },
  });
  const [compiled] = await once(worker, 'message');
  // The bundler it started would keep it alive.
  void worker.terminate();
  if (compiled.problems) console.error(compiled.problems);
  return compiled;
}
