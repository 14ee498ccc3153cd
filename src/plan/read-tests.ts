import { foldText } from '../core/condition.js';
import { dayOfDate } from '../core/zone.js';
import type { Condition, Range, Test } from '../domain/condition.js';
import type { Attribute } from '../domain/playbook.js';
import type { Context, Scope } from './context.js';
import { suggest } from './did-you-mean.js';
import { readLiteral, readLiterals } from './literal.js';
import { readPair } from './pair.js';
import { describeTree } from './shape.js';
import type { Entry, MapTree, Tree } from './yaml-tree.js';

const GROUPS = ['any', 'all', 'not', 'has', 'hasNo'];
const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const;
const OPERATORS = [...BOUNDS, 'in', 'hasAll', 'hasNone', 'startsWith', 'missing'];
/** Operators that people know from elsewhere, and how the same is written here. */
const INSTEAD: { readonly [operator: string]: string } = {
  eq: 'write the value itself',
  is: 'write the value itself',
  equals: 'write the value itself',
  ne: 'write not: { attribute: value } around it',
  not: 'write not: { attribute: value } around it',
  isNot: 'write not: { attribute: value } around it',
  contains: 'write the value itself: a multi attribute has any of the values written',
  between: 'write { gte: 1, lte: 9 }',
  min: 'write gte',
  max: 'write lte',
  exists: 'write { missing: false }',
};

/** All of them; a single one stands for itself. */
export function conjoin(parts: readonly Condition[]): Condition {
  const all = parts.flatMap((part) => ('all' in part ? part.all : [part]));
  const [only] = all;
  return only && all.length === 1 ? only : { all };
}

/** What is asked of one attribute. */
export function readTests(
  id: string,
  tree: Tree,
  scope: Scope,
  context: Context,
): Condition | undefined {
  const attribute = context.attributes.get(id);
  if (tree.kind === 'map') return readOperators(id, attribute, tree, scope, context);
  const items = tree.kind === 'list' ? tree.items : [tree];
  if (items.length === 0) {
    context.report.error(
      'never-true',
      tree.at,
      `"${id}" is compared with an empty list, which nothing meets`,
      'list the values, or delete the line',
    );
    return undefined;
  }
  return readEquals(id, attribute, items, context);
}

/** Any of the values. */
function readEquals(
  id: string,
  attribute: Attribute | undefined,
  items: readonly Tree[],
  context: Context,
): Condition | undefined {
  const values = items.flatMap((item) =>
    attribute ? readLiterals(item, attribute, context) : [readEventValue(item, id, context)],
  );
  if (values.includes(undefined)) return undefined;
  const known = [...new Set(values)] as (string | number | boolean)[];
  if (attribute?.type === 'text')
    return { attribute: id, textIn: [...new Set(known.map((value) => foldText(String(value))))] };
  if (attribute?.type !== 'date') return { attribute: id, in: known };
  // A day is compared by its number, as in a range.
  const days = known.map((value) => dayOfDate(String(value)));
  const tests: Condition[] = days.map((day) => ({ attribute: id, range: { gte: day, lte: day } }));
  return tests.length === 1 ? tests[0] : { any: tests };
}

function readEventValue(
  tree: Tree,
  id: string,
  context: Context,
): string | number | boolean | undefined {
  if (tree.kind === 'scalar' && tree.value !== null) return tree.value;
  context.report.error(
    'wrong-type',
    tree.at,
    `"${id}" cannot be ${describeTree(tree)}`,
    'write a text, a number, true or false',
  );
  return undefined;
}

function readOperators(
  id: string,
  attribute: Attribute | undefined,
  tree: MapTree,
  scope: Scope,
  context: Context,
): Condition | undefined {
  const { report } = context;
  const before = report.errors();
  const range: { -readonly [bound in keyof Range]: Range[bound] } = {};
  const tests: Test[] = [];
  if (tree.entries.size === 0)
    report.error('wrong-type', tree.at, `nothing is asked of "${id}"`, 'write a value or a range');
  for (const [operator, { keyAt, value }] of tree.entries) {
    const bound = BOUNDS.find((one) => one === operator);
    if (bound) {
      const number = readBound(id, attribute, bound, value, context);
      if (number !== undefined) range[bound] = number;
    } else if (operator === 'in') {
      const other = readPair(id, attribute, value, scope, context);
      if (other !== undefined) tests.push({ attribute: id, inAttribute: other });
    } else if (operator === 'hasAll' || operator === 'hasNone') {
      const values = readSet(id, attribute, operator, keyAt, value, context);
      if (values)
        tests.push(
          operator === 'hasAll'
            ? { attribute: id, hasAll: values }
            : { attribute: id, hasNone: values },
        );
    } else if (operator === 'startsWith') {
      if (attribute && attribute.type !== 'text')
        wrongOperator(id, attribute, operator, keyAt, context);
      else if (value.kind === 'scalar' && typeof value.value === 'string')
        tests.push({ attribute: id, startsWith: foldText(value.value) });
      else
        report.error(
          'wrong-type',
          value.at,
          `startsWith is ${describeTree(value)}`,
          'write one text in quotes',
        );
    } else if (operator === 'missing') {
      if (value.kind === 'scalar' && typeof value.value === 'boolean')
        tests.push({ attribute: id, missing: value.value });
      else
        report.error(
          'wrong-type',
          value.at,
          `missing is ${describeTree(value)}`,
          'write true or false',
        );
    } else
      report.error(
        'unknown-operator',
        keyAt,
        GROUPS.includes(operator)
          ? `"${operator}" stands around conditions, not inside "${id}"`
          : `"${operator}" is no comparison`,
        (Object.hasOwn(INSTEAD, operator) ? INSTEAD[operator] : undefined) ??
          suggest(
            operator,
            OPERATORS.map((name) => ({ id: name })),
            `use one of ${OPERATORS.join(', ')}`,
          ),
      );
  }
  if (report.errors() > before) return undefined;
  return conjoin(Object.keys(range).length > 0 ? [{ attribute: id, range }, ...tests] : tests);
}

function readBound(
  id: string,
  attribute: Attribute | undefined,
  bound: string,
  tree: Tree,
  context: Context,
): number | undefined {
  if (attribute && attribute.type !== 'number' && attribute.type !== 'date') {
    wrongOperator(id, attribute, bound, tree.at, context);
    return undefined;
  }
  const value = attribute
    ? readLiteral(tree, attribute, context)
    : readEventValue(tree, id, context);
  if (attribute?.type === 'date' && typeof value === 'string') return dayOfDate(value);
  if (typeof value === 'number') return value;
  if (value !== undefined)
    context.report.error(
      'wrong-type',
      tree.at,
      `${bound} of "${id}" is ${describeTree(tree)}`,
      'write a number',
    );
  return undefined;
}

function readSet(
  id: string,
  attribute: Attribute | undefined,
  operator: string,
  keyAt: Entry['keyAt'],
  tree: Tree,
  context: Context,
): readonly string[] | undefined {
  if (attribute && attribute.type !== 'multi') {
    wrongOperator(id, attribute, operator, keyAt, context);
    return undefined;
  }
  const items = tree.kind === 'list' ? tree.items : [tree];
  const values = items.map((item) =>
    attribute ? readLiteral(item, attribute, context) : readEventValue(item, id, context),
  );
  if (values.length > 0 && !values.includes(undefined)) return [...new Set(values.map(String))];
  if (values.length === 0)
    context.report.error('wrong-type', tree.at, `${operator} of "${id}" is empty`, 'list values');
  return undefined;
}

function wrongOperator(
  id: string,
  attribute: Attribute,
  operator: string,
  at: Entry['keyAt'],
  context: Context,
): void {
  const fitting =
    attribute.type === 'number' || attribute.type === 'date'
      ? 'write a range (gt, gte, lt, lte)'
      : attribute.type === 'multi'
        ? 'write the values, hasAll or hasNone'
        : 'write the value, or a list of values';
  context.report.error(
    'wrong-operator',
    at,
    `"${id}" is a ${attribute.type}, and has no ${operator}`,
    fitting,
  );
}
