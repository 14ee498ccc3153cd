import { isSatisfiable } from '../core/condition-logic.js';
import type { Condition } from '../domain/condition.js';
import type { Context } from './context.js';
import { describeClash } from './describe-test.js';
import type { Place } from './problem.js';

/** Reports a condition that nothing can meet. */
export function reportNever(condition: Condition, at: Place, what: string, context: Context): void {
  const possible = isSatisfiable(condition, context.attributes.domain);
  if (possible === true) return;
  context.report.error(
    'never-true',
    at,
    `${what} can never be true: ${describeClash(possible, context)}`,
    possible.tests.length > 1 ? 'change one of them' : 'change it',
  );
}
