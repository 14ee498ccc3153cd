import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { OpportuneError, type Playbook } from 'opportune';
import { type Compiled, compilePlaybook, type Problem, type SourceFile } from 'opportune/plan';
import { plural } from './text.js';

/** The files of a playbook folder, but for hidden ones. Throws where there is no such folder. */
export function readPlaybookFolder(folder: string): readonly SourceFile[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory())
    throw new OpportuneError(
      'opportune/usage',
      stats ? 'it is a file, and a playbook is a folder' : 'there is no such folder',
      {
        where: folder,
        remedy: 'Name the folder that holds playbook.yaml',
      },
    );
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((path) => !/(^|\/)(\.|node_modules\/)/.test(path))
    .sort()
    .flatMap((path): SourceFile[] => {
      const file = join(folder, path);
      const { size } = statSync(file);
      if (statSync(file).isDirectory()) return [];
      return /\.(ya?ml|md)$/.test(path)
        ? [{ path, text: readFileSync(file, 'utf8') }]
        : [{ path, text: '', bytes: size }];
    });
}

export function compileFolder(folder: string, now: number): Compiled {
  return compilePlaybook(readPlaybookFolder(folder), {
    today: new Date(now).toISOString().slice(0, 10),
  });
}

/** The compiled playbook of a folder; throws with its first error. */
export function loadPlaybook(folder: string, now: number): Playbook {
  const { playbook, problems } = compileFolder(folder, now);
  if (playbook) return playbook;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more =
    errors.length > 1
      ? ` (and ${plural(errors.length - 1, 'more error')}: opportune check ${folder})`
      : '';
  throw new OpportuneError('opportune/playbook', first?.message ?? 'it does not compile', {
    where: placeOf(folder, first),
    remedy: `${capital(first?.remedy ?? 'See opportune check')}${more}`,
  });
}

export function placeOf(
  folder: string,
  problem: Pick<Problem, 'file' | 'line'> | undefined,
): string {
  return problem ? `${join(folder, problem.file)}:${problem.line}` : folder;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
