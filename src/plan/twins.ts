import { isUnsafeId } from './attribute-table.js';
import type { Place, Report } from './problem.js';

export interface Named {
  readonly id: string;
  readonly at: Place;
}

/** Reports ids that are declared twice, and those that no id may be. */
export function reportTwins(what: string, items: readonly Named[], report: Report): void {
  const first = new Map<string, Place>();
  for (const { id, at } of items) {
    const earlier = first.get(id);
    if (isUnsafeId(id))
      report.error('reserved-name', at, `"${id}" cannot be a ${what}`, 'rename it');
    else if (earlier)
      report.error(
        'duplicate-id',
        at,
        `${what} "${id}" is declared before, ${earlier.file === at.file ? 'on' : `in ${earlier.file},`} line ${earlier.line}`,
        'rename one of them',
      );
    else first.set(id, at);
  }
}
