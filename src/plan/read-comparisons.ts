import type { Comparison } from '../domain/pattern.js';
import type { Context } from './context.js';
import { suggest } from './did-you-mean.js';
import { fieldOf, textOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** The steps of a sequence that have a name, by it. */
export interface NamedSteps {
  /** Undefined where no step can be compared with: outside of a sequence, or before its first event. */
  readonly steps: ReadonlyMap<string, NamedStep> | undefined;
}

export interface NamedStep {
  readonly step: number;
  readonly at: Tree['at'];
  /** Whether a later step compares with it. */
  isRead: boolean;
}

const OPERATORS = { is: 'eq', isNot: 'ne', gt: 'gt', gte: 'gte', lt: 'lt', lte: 'lte' } as const;

/** What an event asks beside earlier ones; its shape was checked. */
export function readComparisons(
  tree: Tree,
  { steps }: NamedSteps,
  { report }: Context,
): readonly Comparison[] {
  const written = fieldOf(tree, 'compare');
  if (written?.kind !== 'map') return [];
  if (!steps) {
    report.error(
      'out-of-scope',
      written.at,
      'there is no earlier event to compare with',
      'compare belongs to a later step of a sequence',
    );
    return [];
  }
  return [...written.entries].flatMap(([field, { value }]): Comparison[] => {
    const operator = (Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]).find((one) =>
      fieldOf(value, one),
    );
    const place = operator && fieldOf(value, operator);
    const [name = '', of = ''] = (operator && textOf(value, operator)?.split('.')) ?? [];
    const named = steps.get(name);
    if (!operator || !place) return [];
    if (!named) {
      report.error(
        'unknown-step',
        place.at,
        `no earlier step of the sequence is called "${name}"`,
        suggest(
          name,
          [...steps.keys()].map((id) => ({ id })),
          `write as: ${name} beside the event that is meant`,
        ),
      );
      return [];
    }
    named.isRead = true;
    return [{ field, is: OPERATORS[operator], step: named.step, of }];
  });
}
