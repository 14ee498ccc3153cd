import type { Goal, Play, Serves } from '../domain/playbook.js';
import { type Context, resolveName, type Scope } from './context.js';
import { suggest } from './did-you-mean.js';
import { readQuantity } from './literal.js';
import { entriesOf, numberOf, scalarOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

export function readServes(
  tree: Tree | undefined,
  scope: Scope,
  goals: readonly Goal[],
  context: Context,
): Play['serves'] {
  const { report, attributes } = context;
  const serves: { [goal: string]: Serves } = {};
  for (const [id, { value, keyAt }] of entriesOf(tree)) {
    const goal = goals.find((one) => one.id === id);
    if (!goal) {
      report.error(
        'unknown-goal',
        keyAt,
        `goal "${id}" is not declared`,
        suggest(id, goals, 'declare it in playbook.yaml'),
      );
      continue;
    }
    const fixed = scalarOf(value, 'value');
    const of = scalarOf(value, 'of');
    const share = numberOf(value, 'share');
    if (fixed && of)
      report.error(
        'no-effect',
        of.at,
        'of has no effect beside value',
        'delete it, or write share',
      );
    if (fixed) {
      const unit = goal.unit === undefined ? {} : { unit: goal.unit };
      const amount = readQuantity(fixed, { id: `serves.${id}`, ...unit }, context);
      if (amount === 0)
        report.warn(
          'no-effect',
          fixed.at,
          `it serves "${id}" with 0`,
          'give it a value, or delete it',
        );
      if (amount !== undefined) serves[id] = { value: amount };
      continue;
    }
    if (share === undefined) continue;
    if (!of) {
      report.error(
        'missing-field',
        value.at,
        `share of "${id}" does not say of what`,
        'add "of: opportunity.amount"',
      );
      continue;
    }
    const name = resolveName(of.source, of.at, scope, context);
    if (name === undefined) continue;
    const { type, unit } = attributes.get(name) ?? {};
    const isMoney = unit === 'money';
    if (type !== 'number' || isMoney !== (goal.unit === 'money')) {
      const [what, remedy] =
        goal.unit === 'money'
          ? [`of money, and "${name}" is no money`, 'name a money attribute, or write value']
          : isMoney
            ? [`of money, and goal "${id}" is not in money`, 'write value']
            : [`of a number, and "${name}" is none`, 'name a number, or write value'];
      report.error('wrong-type', of.at, `a share is ${what}`, remedy);
      continue;
    }
    if (share === 0)
      report.warn(
        'no-effect',
        value.at,
        `it serves "${id}" with 0`,
        'give it a share, or delete it',
      );
    serves[id] = { share, of: name };
  }
  return serves;
}
