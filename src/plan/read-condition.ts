import { isSatisfiable } from '../core/condition-logic.js';
import type { Condition } from '../domain/condition.js';
import type { RecordKind } from '../domain/value.js';
import { type Context, type NameKind, resolveName, type Scope } from './context.js';
import { describeClash } from './describe-test.js';
import { suggest } from './did-you-mean.js';
import { conjoin, readTests } from './read-tests.js';
import { describeTree } from './shape.js';
import type { Entry, Tree } from './yaml-tree.js';

/** Children that a condition can look into, by what is in view. */
const CHILDREN: { readonly [kind in NameKind]?: readonly RecordKind[] } = {
  account: ['opportunity', 'contact'],
  opportunity: ['contact'],
};

/** A condition as authors write it, compiled. Undefined when it has problems, which are then in the report. */
export function readCondition(
  tree: Tree | undefined,
  scope: Scope,
  context: Context,
): Condition | undefined {
  if (!tree) return undefined;
  if (tree.kind !== 'map') {
    context.report.error(
      'wrong-type',
      tree.at,
      `a condition cannot be ${describeTree(tree)}`,
      'write { attribute: value }',
    );
    return undefined;
  }
  const parts = [...tree.entries].map(([key, entry]) => readEntry(key, entry, scope, context));
  return parts.includes(undefined) ? undefined : conjoin(parts as Condition[]);
}

function readEntry(
  key: string,
  entry: Entry,
  scope: Scope,
  context: Context,
): Condition | undefined {
  const { value, keyAt } = entry;
  switch (key) {
    case 'any':
    case 'all':
      return readGroup(key, value, scope, context);
    case 'not': {
      const inner = readCondition(value, scope, context);
      if (inner) warnNever(inner, value, 'what not denies', context);
      return inner && { not: inner };
    }
    case 'has':
    case 'hasNo':
      return readChildren(key, entry, scope, context);
    default: {
      const id = resolveName(key, keyAt, scope, context);
      return id === undefined ? undefined : readTests(id, value, scope, context);
    }
  }
}

function readGroup(
  key: 'any' | 'all',
  tree: Tree,
  scope: Scope,
  context: Context,
): Condition | undefined {
  if (tree.kind !== 'list' || tree.items.length === 0) {
    context.report.error(
      'wrong-type',
      tree.at,
      `${key} is ${describeTree(tree)}`,
      `write a list of conditions: ${key}: [{ attribute: value }, { attribute: value }]`,
    );
    return undefined;
  }
  const parts = tree.items.map((item) => {
    const part = readCondition(item, scope, context);
    if (part && key === 'any') warnNever(part, item, 'this part of any', context);
    return part;
  });
  if (parts.includes(undefined)) return undefined;
  return key === 'any' ? { any: parts as Condition[] } : conjoin(parts as Condition[]);
}

function readChildren(
  key: 'has' | 'hasNo',
  { value, keyAt }: Entry,
  scope: Scope,
  context: Context,
): Condition | undefined {
  const kinds = CHILDREN[scope.bare] ?? [];
  const { report } = context;
  if (kinds.length === 0 || value.kind !== 'map' || value.entries.size === 0) {
    report.error(
      'wrong-type',
      keyAt,
      kinds.length === 0
        ? `${key} looks into records inside ${scope.bare}, and there are none`
        : `${key} is ${describeTree(value)}`,
      kinds.length === 0
        ? 'ask an attribute instead'
        : `write ${key}: { ${kinds[0]}: { attribute: value } }`,
    );
    return undefined;
  }
  const parts = [...value.entries].map(([kind, inner]): Condition | undefined => {
    const child = kinds.find((one) => one === kind);
    if (!child) {
      report.error(
        'wrong-child',
        inner.keyAt,
        `${key} cannot look into "${kind}" of ${scope.bare}`,
        suggest(
          kind,
          kinds.map((id) => ({ id })),
          `use one of ${kinds.join(', ')}`,
        ),
      );
      return undefined;
    }
    const kindsInside = [...new Set<NameKind>([child, ...scope.kinds])];
    const where = readCondition(
      inner.value,
      { ...scope, bare: child, kinds: kindsInside },
      context,
    );
    if (!where) return undefined;
    warnNever(where, inner.value, `what ${key} asks of ${child}`, context);
    return key === 'has' ? { has: child, where } : { hasNo: child, where };
  });
  return parts.includes(undefined) ? undefined : conjoin(parts as Condition[]);
}

/** A part that can never be true, where the whole still can. */
function warnNever(condition: Condition, tree: Tree, what: string, context: Context): void {
  const possible = isSatisfiable(condition, context.attributes.domain);
  if (possible !== true)
    context.report.warn(
      'never-true',
      tree.at,
      `${what} can never be true: ${describeClash(possible, context)}`,
      'change one of them, or delete it',
    );
}
