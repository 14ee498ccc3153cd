import type { Attribute } from '../domain/playbook.js';
import { type Context, resolveName, type Scope } from './context.js';
import { describeTree } from './shape.js';
import type { Tree } from './yaml-tree.js';

/** `{ in: account.preferredBrands }`: the other attribute, when the two can be compared. */
export function readPair(
  id: string,
  attribute: Attribute | undefined,
  tree: Tree,
  scope: Scope,
  context: Context,
): string | undefined {
  const { report, attributes } = context;
  if (tree.kind !== 'scalar' || typeof tree.value !== 'string') {
    report.error(
      'wrong-type',
      tree.at,
      `in of "${id}" is ${describeTree(tree)}`,
      'name an attribute such as account.preferredBrands; a list of values is written without in',
    );
    return undefined;
  }
  // A bare name beside a field of the event would be the event's own.
  const otherId = resolveName(tree.value, tree.at, scope, context);
  if (otherId === undefined) return undefined;
  const other = attributes.get(otherId);
  if (otherId === id) {
    report.error('always-true', tree.at, `"${id}" is compared with itself`, 'name another one');
    return undefined;
  }
  if (!attribute || !other) return otherId;
  const fault = whyIncomparable(attribute, other);
  if (!fault) return otherId;
  report.error(
    'wrong-type',
    tree.at,
    `"${id}" and "${otherId}" cannot be compared: ${fault}`,
    'compare attributes of the same type',
  );
  return undefined;
}

function whyIncomparable(a: Attribute, b: Attribute): string | undefined {
  const groupA = groupOf(a);
  const groupB = groupOf(b);
  if (groupA !== groupB) return `one is a ${a.type}, the other a ${b.type}`;
  if (a.type === 'number' && a.unit !== b.unit)
    return `one is in ${a.unit ?? 'no unit'}, the other in ${b.unit ?? 'no unit'}`;
  if (a.values && b.values) {
    const shared = a.values.some(({ id }) => b.values?.some((value) => value.id === id));
    if (!shared) return 'they have no value in common';
  }
  return undefined;
}

/** Texts and lists of ids that nobody declared hold words alike. */
function groupOf({ type, values }: Attribute): string {
  if (type === 'choice' || type === 'multi') return values ? 'values' : 'words';
  return type === 'text' ? 'words' : type;
}
