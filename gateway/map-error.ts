import { existsSync, readFileSync } from 'node:fs';
import { OpportuneError } from 'opportune';
import { plural } from './text.js';

interface MapProblem {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** The text of a mapping file. */
export function readMapFile(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new OpportuneError('opportune/usage', 'there is no such mapping file', {
    where: file,
    remedy: 'Name it with --map',
  });
}

/** The first error of a map that cannot be read by, and how all of them are told. */
export function toMapError(
  file: string,
  problems: readonly MapProblem[],
  tellAll: string,
): OpportuneError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more =
    errors.length > 1 ? ` (and ${plural(errors.length - 1, 'more error')}: ${tellAll})` : '';
  return new OpportuneError('opportune/map', first?.message ?? 'it cannot be read', {
    where: `${file}:${first?.line ?? 1}`,
    remedy: `${first?.remedy ?? ''}${more}`,
  });
}
