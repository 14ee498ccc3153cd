import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { tsImport } from 'tsx/esm/api';

/**
 * Serves `…/playbook.json` from the folder `…/playbook/` beside it, compiled when asked for and again when one of its
 * files has changed.
 */
export function playbookPlugin(root) {
  const compiled = new Map();
  return {
    name: 'playbook',
    async serve({ path }) {
      const folder = join(root, path.replace(/\.json$/, ''));
      if (!path.endsWith('/playbook.json') || !existsSync(folder)) return undefined;
      const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
      const files = names.filter((name) => statSync(name).isFile()).sort();
      const state = files.map((name) => `${name} ${statSync(name).mtimeMs}`).join('\n');
      if (compiled.get(folder)?.state !== state) {
        const sources = files.map((name) => ({
          path: name
            .slice(folder.length + 1)
            .split(sep)
            .join('/'),
          text: readFileSync(name, 'utf8'),
        }));
        compiled.set(folder, { state, body: await compile(sources) });
      }
      return { body: compiled.get(folder).body, type: 'json' };
    },
  };
}

async function compile(sources) {
  const { compilePlaybook } = await tsImport('../src/plan/compile-playbook.ts', import.meta.url);
  const { playbook, problems } = compilePlaybook(sources);
  for (const problem of problems) console.error(JSON.stringify(problem));
  if (!playbook) throw new Error('The playbook does not compile.');
  return JSON.stringify(playbook);
}
