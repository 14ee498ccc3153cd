import { suggest } from './did-you-mean.js';
import type { Report } from './problem.js';
import type { MapTree, Tree } from './yaml-tree.js';

/**
 * What a source file may look like. One table serves three readers: the check below, the JSON Schema for editors, and
 * the person who reads it. `about` is what an editor shows beside the field.
 */
export type Shape = { readonly about?: string } & (
  | {
      readonly is: 'text';
      readonly pattern?: string;
      readonly like?: string;
      /** Says more than the pattern: throws a RangeError with what is wrong. */
      readonly parse?: (text: string) => unknown;
      /** What stands there by mistake may be a secret, and no message repeats it. */
      readonly secret?: true;
    }
  | { readonly is: 'choice'; readonly options: readonly string[] }
  | { readonly is: 'number'; readonly min?: number; readonly max?: number; readonly whole?: true }
  | { readonly is: 'boolean' }
  /** Text, number or boolean, whose meaning depends on an attribute. */
  | { readonly is: 'literal' }
  | { readonly is: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
  /** Names of the author's own, each with the same shape. */
  | { readonly is: 'names'; readonly of: Shape }
  | {
      readonly is: 'fields';
      readonly fields: { readonly [name: string]: Shape };
      readonly required?: readonly string[];
      /** Of these, exactly one. */
      readonly oneOf?: readonly string[];
      /** Fields that people expect here, and what to write instead. */
      readonly instead?: { readonly [name: string]: string };
    }
  /** Told apart by whether it is a word, a list or a map. */
  | { readonly is: 'either'; readonly of: readonly Shape[] }
  /** A shape that may hold itself; `name` is what the JSON Schema calls it. */
  | { readonly is: 'nested'; readonly name: string; readonly of: () => Shape }
  /** Read by `read-condition.ts`. */
  | { readonly is: 'condition' }
);

/** True when the tree has that shape; else the report says where it has not. */
export function checkShape(tree: Tree, shape: Shape, name: string, report: Report): boolean {
  const before = report.errors();
  check(tree, shape, name, report);
  return report.errors() === before;
}

function check(tree: Tree, shape: Shape, name: string, report: Report): void {
  const wrong = (): void =>
    report.error(
      'wrong-type',
      tree.at,
      `${name} is ${isSecret(shape) ? 'something else' : describeTree(tree)}, and must be ${describeShape(shape)}`,
      remedyFor(tree, shape),
    );
  switch (shape.is) {
    case 'text':
      if (tree.kind !== 'scalar' || typeof tree.value !== 'string' || tree.value.trim() === '')
        wrong();
      else {
        const fault = findFault(tree.value, shape, name);
        if (fault !== undefined)
          report.error('wrong-form', tree.at, fault, `write it like ${shape.like}`);
      }
      return;
    case 'choice':
      if (tree.kind !== 'scalar' || typeof tree.value !== 'string') wrong();
      else if (!shape.options.includes(tree.value))
        report.error(
          'unknown-value',
          tree.at,
          `${name} cannot be "${clip(tree.value)}"`,
          suggest(
            tree.value,
            shape.options.map((id) => ({ id })),
            `use one of ${shape.options.join(', ')}`,
          ),
        );
      return;
    case 'number':
      if (tree.kind !== 'scalar' || typeof tree.value !== 'number' || !Number.isFinite(tree.value))
        wrong();
      else if (
        tree.value < (shape.min ?? -Infinity) ||
        tree.value > (shape.max ?? Infinity) ||
        (shape.whole && !Number.isSafeInteger(tree.value))
      )
        report.error(
          'out-of-range',
          tree.at,
          `${name} cannot be ${tree.source}`,
          `write ${describeShape(shape)}`,
        );
      return;
    case 'boolean':
      if (tree.kind !== 'scalar' || typeof tree.value !== 'boolean') wrong();
      return;
    case 'literal':
      if (tree.kind !== 'scalar' || tree.value === null) wrong();
      return;
    case 'list':
      if (tree.kind !== 'list' || tree.items.length < (shape.min ?? 0)) wrong();
      else if (tree.items.length > (shape.max ?? Infinity))
        report.error(
          'out-of-range',
          tree.at,
          `${name} has ${tree.items.length} items`,
          `write at most ${shape.max}`,
        );
      else
        for (const [index, item] of tree.items.entries())
          check(item, shape.of, `${name}[${index}]`, report);
      return;
    case 'names':
      if (tree.kind !== 'map') wrong();
      else
        for (const [key, { value }] of tree.entries)
          check(value, shape.of, `${name}.${clip(key)}`, report);
      return;
    case 'fields':
      if (tree.kind !== 'map') wrong();
      else checkFields(tree, shape, name, report);
      return;
    case 'either': {
      const fitting = shape.of.find((option) => fits(tree, option));
      if (fitting) check(tree, fitting, name, report);
      else wrong();
      return;
    }
    case 'nested':
      check(tree, shape.of(), name, report);
      return;
    case 'condition':
      if (tree.kind !== 'map') wrong();
      return;
  }
}

function checkFields(
  tree: MapTree,
  shape: Shape & { is: 'fields' },
  name: string,
  report: Report,
): void {
  const known = Object.keys(shape.fields);
  for (const [key, { keyAt, value }] of tree.entries) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field) check(value, field, key, report);
    else {
      const instead =
        shape.instead && Object.hasOwn(shape.instead, key) ? shape.instead[key] : undefined;
      report.error(
        'unknown-key',
        keyAt,
        `${name} has no field "${clip(key)}"`,
        instead ??
          suggest(
            key,
            known.map((id) => ({ id })),
            `use one of ${known.join(', ')}`,
          ),
      );
    }
  }
  for (const key of shape.required ?? [])
    if (!tree.entries.has(key))
      report.error(
        'missing-field',
        tree.at,
        `${name} has no ${key}`,
        `add "${key}:" (${describeShape(shape.fields[key] ?? { is: 'literal' })})`,
      );
  const { oneOf } = shape;
  if (!oneOf) return;
  const strange = [...tree.entries.keys()].some((key) => !known.includes(key));
  const present = oneOf.filter((key) => tree.entries.has(key));
  const [, second] = present;
  if (present.length === 0 && !strange)
    report.error(
      'missing-field',
      tree.at,
      `${name} says nothing`,
      `add exactly one of ${oneOf.join(', ')}`,
    );
  else if (second !== undefined)
    report.error(
      'too-many-fields',
      tree.entries.get(second)?.keyAt ?? tree.at,
      `${name} has ${present.join(' and ')}`,
      `keep exactly one of them`,
    );
}

function fits(tree: Tree, shape: Shape): boolean {
  switch (shape.is) {
    case 'list':
      return tree.kind === 'list';
    case 'names':
    case 'fields':
    case 'condition':
      return tree.kind === 'map';
    case 'number':
    case 'boolean':
      return tree.kind === 'scalar' && typeof tree.value === shape.is;
    case 'text':
    case 'choice':
      return tree.kind === 'scalar' && typeof tree.value === 'string';
    case 'literal':
      return tree.kind === 'scalar' && tree.value !== null;
    case 'nested':
      return fits(tree, shape.of());
    case 'either':
      return shape.of.some((option) => fits(tree, option));
  }
}

function findFault(text: string, shape: Shape & { is: 'text' }, name: string): string | undefined {
  if (shape.parse)
    try {
      shape.parse(text);
      return undefined;
    } catch (error) {
      if (error instanceof RangeError) return `${name}: ${error.message}`;
      throw error;
    }
  const fits = shape.pattern === undefined || new RegExp(shape.pattern, 'u').test(text);
  if (fits) return undefined;
  return isSecret(shape) ? `${name} is something else` : `${name} cannot be "${clip(text)}"`;
}

function isSecret(shape: Shape): boolean {
  return shape.is === 'text' && shape.secret === true;
}

/** For messages: `a number from 0 to 1`. */
function describeShape(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return shape.like ? `text like ${shape.like}` : 'text';
    case 'choice':
      return `one of ${shape.options.join(', ')}`;
    case 'number': {
      const noun = shape.whole ? 'a whole number' : 'a number';
      const { min, max } = shape;
      if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
      return min === undefined ? noun : `${noun}, ${min} or more`;
    }
    case 'boolean':
      return 'true or false';
    case 'literal':
      return 'a text, a number, true or false';
    case 'list':
      return `a list${shape.min ? ' that is not empty' : ''} of ${describeShape(shape.of)}`;
    case 'names':
      return 'a map of names';
    case 'fields':
      return `a map with ${Object.keys(shape.fields).slice(0, 6).join(', ')}`;
    case 'nested':
      return describeShape(shape.of());
    case 'either':
      return shape.of.map(describeShape).join(', or ');
    case 'condition':
      return 'a condition such as { stage: Proposal }';
  }
}

export function describeTree(tree: Tree): string {
  if (tree.kind === 'list') return tree.items.length === 0 ? 'an empty list' : 'a list';
  if (tree.kind === 'map') return 'a map';
  if (tree.value === null) return 'empty';
  return typeof tree.value === 'string' ? `"${clip(tree.value)}"` : tree.source;
}

/** Short enough for a message. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function remedyFor(tree: Tree, shape: Shape): string {
  if (tree.kind === 'scalar' && tree.value === null) return 'write a value, or delete the line';
  if (shape.is === 'text' && shape.like !== undefined) return `write it like ${shape.like}`;
  if (tree.kind === 'scalar' && ['text', 'choice'].includes(shape.is) && tree.source !== '')
    return `put it in quotes: "${clip(tree.source)}"`;
  if (tree.kind === 'map' && shape.is === 'text')
    return 'put a text that begins with "{" in quotes';
  if (tree.kind === 'scalar' && shape.is === 'list') return `write [${clip(tree.source)}]`;
  if (shape.is === 'boolean') return 'write true or false';
  return `write ${describeShape(shape)}`;
}
