import { readdirSync, readFileSync, statSync } from 'node:fs';
import { compilePlaybook, formatProblem } from 'opportune/plan';

/** Compiles a playbook folder beside this file; what is wrong with it is told with file, line and remedy. */
export function readPlaybook(name) {
  const folder = new URL(`${name}/`, import.meta.url);
  const files = readdirSync(folder, { recursive: true })
    .filter((path) => statSync(new URL(path, folder)).isFile())
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      text: readFileSync(new URL(path, folder), 'utf8'),
    }));
  const today = new Date().toISOString().slice(0, 10);
  const { playbook, problems } = compilePlaybook(files, { today });
  if (!playbook) throw new Error(problems.map(formatProblem).join('\n'));
  return playbook;
}
