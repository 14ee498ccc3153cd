import { dayOfDate } from '../core/zone.js';
import type { Attribute } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import type { Context } from './context.js';
import { suggest } from './did-you-mean.js';
import { parseDays } from './durations.js';
import { minorDigits, parseMoney } from './money.js';
import type { Place } from './problem.js';
import { clip, describeTree } from './shape.js';
import type { ScalarTree, Tree } from './yaml-tree.js';

/**
 * One value of an attribute as a fact would carry it: a date as `YYYY-MM-DD`, money in minor units, days as a number, a
 * choice as its id. Undefined with a problem reported.
 */
export function readLiteral(
  tree: Tree,
  attribute: Attribute,
  context: Context,
): string | number | boolean | undefined {
  if (tree.kind !== 'scalar' || tree.value === null) {
    wrongValue(tree, attribute, context, 'write { missing: true } to ask whether it has a value');
    return undefined;
  }
  switch (attribute.type) {
    case 'choice':
    case 'multi':
      return readChoice(tree, attribute, context);
    case 'boolean':
      if (typeof tree.value === 'boolean') return tree.value;
      wrongValue(tree, attribute, context, 'write true or false');
      return undefined;
    case 'number':
      return readQuantity(tree, attribute, context);
    case 'date':
      return readDate(tree, context);
    case 'text':
      if (typeof tree.value === 'string') return tree.value;
      wrongValue(tree, attribute, context, `put it in quotes: "${clip(tree.source)}"`);
      return undefined;
  }
}

/** As {@link readLiteral}; a state with states inside stands for all of these. */
export function readLiterals(
  tree: Tree,
  attribute: Attribute,
  context: Context,
): readonly (string | number | boolean | undefined)[] {
  const inside = tree.kind === 'scalar' && context.attributes.groups(attribute.id).get(tree.source);
  return inside || [readLiteral(tree, attribute, context)];
}

/** As {@link readLiteral}; a multi attribute takes a list as well. */
export function readStored(
  tree: Tree,
  attribute: Attribute,
  context: Context,
): AttributeValue | undefined {
  if (attribute.type !== 'multi') return readLiteral(tree, attribute, context);
  const items = tree.kind === 'list' ? tree.items : [tree];
  const values = items.map((item) => readLiteral(item, attribute, context));
  return values.includes(undefined) ? undefined : values.map(String);
}

function readChoice(tree: ScalarTree, attribute: Attribute, context: Context): string | undefined {
  const { id, values, type } = attribute;
  const written = tree.source;
  if (!values) {
    // Ids of other records, for example, are not listed anywhere.
    if (type === 'multi') return written;
    context.report.error(
      'undeclared-values',
      tree.at,
      `"${id}" is compared with "${clip(written)}", and has no declared values`,
      `declare it in attributes.yaml with "values: [${clip(written)}, ...]"`,
    );
    return undefined;
  }
  if (values.some((value) => value.id === written)) return written;
  context.report.error(
    'unknown-value',
    tree.at,
    `"${clip(written)}" is not a value of "${id}"`,
    attribute.machine
      ? suggest(
          written,
          [...values, ...[...context.attributes.groups(id).keys()].map((group) => ({ id: group }))],
          'add it to the states of the machine',
        )
      : suggest(written, values, 'declare it in attributes.yaml'),
  );
  return undefined;
}

/** A number with or without its unit: `14`, `14 days`, `2 weeks`, `20%`, `1,200 EUR`, `40 seats`. */
export function readQuantity(
  tree: ScalarTree,
  attribute: Pick<Attribute, 'id' | 'unit'>,
  context: Context,
): number | undefined {
  const { value, source, at } = tree;
  const { unit, id } = attribute;
  if (unit === 'money')
    return attempt(at, context, `write it like ${exampleMoney(context.currency)}`, () =>
      parseMoney(source, context.currency),
    );
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    context.report.error('wrong-type', at, `"${id}" cannot be ${source}`, 'write a number');
    return undefined;
  }
  if (unit === 'days') return attempt(at, context, 'write 14 or "14 days"', () => parseDays(value));
  const match = /^(-?\d+(?:\.\d+)?) ?(\S.*)$/.exec(source.trim());
  if (unit === 'rate' && match?.[2] === '%')
    return Number((Number(match[1]) / 100).toPrecision(12));
  if (unit !== undefined && match?.[2] === unit) return Number(match[1]);
  context.report.error(
    'wrong-type',
    at,
    `"${id}" is a number${unit ? ` (${unit})` : ''}, and cannot be ${describeTree(tree)}`,
    unit === 'rate' ? 'write 0.2 or 20%' : `write a number${unit ? ` such as "14 ${unit}"` : ''}`,
  );
  return undefined;
}

export function readDate(tree: ScalarTree, context: Context): string | undefined {
  if (typeof tree.value === 'string' && isDate(tree.value)) return tree.value;
  context.report.error(
    'wrong-date',
    tree.at,
    `${describeTree(tree)} is not a day`,
    'write it as year-month-day, such as 2027-03-31',
  );
  return undefined;
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayOfDate(text));
}

/** Runs a parser that throws, and reports what it says at that place. */
export function attempt<T>(
  at: Place,
  context: Pick<Context, 'report'>,
  remedy: string,
  parse: () => T,
): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.report.error('wrong-form', at, error.message, remedy);
    return undefined;
  }
}

/** An example of an amount in that currency. */
function exampleMoney(currency: string): string {
  return `"1,200${minorDigits(currency) === 0 ? '' : `.${'5'.padEnd(minorDigits(currency), '0')}`} ${currency}"`;
}

function wrongValue(tree: Tree, attribute: Attribute, context: Context, remedy: string): void {
  context.report.error(
    'wrong-type',
    tree.at,
    `"${attribute.id}" is a ${attribute.type}, and cannot be ${describeTree(tree)}`,
    remedy,
  );
}
