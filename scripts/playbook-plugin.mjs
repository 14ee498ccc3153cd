import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const textEndings = new Set(['.yaml', '.yml', '.md', '.txt', '.json']);

/**
 * Serves `…/playbook.json` from the folder `…/playbook/` beside it, compiled when asked for and again when one of its
 * files has changed. A playbook with errors answers 500, with the errors.
 */
export function playbookPlugin(root) {
  const compiled = new Map();
  return {
    name: 'playbook',
    async serve(context) {
      const folder = join(root, context.path.replace(/\.json$/, ''));
      if (!context.path.endsWith('/playbook.json') || !existsSync(folder)) return undefined;
      const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
      const stats = names.map((name) => ({ name, stat: statSync(name) }));
      const files = stats.filter(({ stat }) => stat.isFile());
      const state = files.map(({ name, stat }) => `${name} ${stat.mtimeMs} ${stat.size}`).join();
      if (compiled.get(folder)?.state !== state)
        compiled.set(folder, { state, ...(await compile(root, folder, files)) });
      const { playbook, errors } = compiled.get(folder);
      if (errors) context.status = 500;
      return errors ? { body: errors, type: 'text' } : { body: playbook, type: 'json' };
    },
  };
}

async function compile(root, folder, files) {
  const tsconfig = join(root, 'tsconfig.json');
  const from = { parentURL: import.meta.url, tsconfig };
  const { compilePlaybook, formatProblem } = await tsImport('opportune/plan', from);
  const sources = files.map(({ name, stat }) => {
    const path = relative(folder, name).split(sep).join('/');
    return textEndings.has(extname(name))
      ? { path, text: readFileSync(name, 'utf8') }
      : { path, text: '', bytes: stat.size };
  });
  const today = new Date().toISOString().slice(0, 10);
  const { playbook, problems } = compilePlaybook(sources, { today });
  const lines = problems.map((problem) => `${relative(root, folder)}/${formatProblem(problem)}`);
  if (lines.length) console.error(lines.join('\n'));
  return playbook ? { playbook: JSON.stringify(playbook) } : { errors: lines.join('\n') };
}
