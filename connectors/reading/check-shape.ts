import { findNearest } from './nearest.js';
import type { Report, YamlNode } from './yaml-node.js';

/** The part of JSON Schema (2020-12) in which the mapping file is described, for editors and for {@link checkShape}. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
}

/** Reports where a document departs from its schema. */
export function checkShape(node: YamlNode, schema: Schema, where: string, report: Report): void {
  const options = schema.anyOf;
  if (options) {
    const fitting = options.find((option) => fits(node, option));
    if (fitting) checkShape(node, fitting, where, report);
    else if (options.length > 0)
      report(
        node.line,
        `${where} is ${nameOf(node)}`,
        `write ${options.map(wordFor).join(' or ')}`,
      );
    return;
  }
  if (!fits(node, schema)) {
    report(node.line, `${where} is ${nameOf(node)}`, `write ${wordFor(schema)}`);
    return;
  }
  if (node.kind === 'scalar') checkScalar(node.text, node.line, schema, where, report);
  else if (node.kind === 'list') {
    if (node.items.length < (schema.minItems ?? 0))
      report(node.line, `${where} is empty`, 'list at least one');
    for (const item of node.items) checkShape(item, schema.items ?? {}, where, report);
  } else {
    const { properties = {}, additionalProperties: others, required = [] } = schema;
    for (const [name, entry] of node.entries) {
      const known = Object.hasOwn(properties, name) ? properties[name] : others || undefined;
      if (known) checkShape(entry.node, known, `"${name}"`, report);
      else {
        const names = Object.keys(properties);
        const near = findNearest(name, names);
        report(
          entry.line,
          `"${name}" is not known in ${where}`,
          near === undefined ? `use one of ${names.join(', ')}` : `did you mean "${near}"?`,
        );
      }
    }
    for (const name of required)
      if (!node.entries.has(name)) report(node.line, `${where} has no "${name}"`, `add "${name}:"`);
  }
}

function checkScalar(
  value: string,
  line: number,
  schema: Schema,
  where: string,
  report: Report,
): void {
  const { enum: allowed, pattern } = schema;
  if (allowed && !allowed.includes(value)) {
    const near = findNearest(value, allowed);
    report(
      line,
      `${where} is "${value}"`,
      near === undefined ? `use one of ${allowed.join(', ')}` : `did you mean "${near}"?`,
    );
  } else if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    report(line, `${where} is "${value}"`, `write something like ${EXAMPLES[pattern] ?? pattern}`);
}

const EXAMPLES: { readonly [pattern: string]: string } = {
  '^[A-Z]{3}$': 'USD or EUR',
  '^[a-z][a-z0-9-]*$': 'call-made: small letters, digits and hyphens',
  '^[a-z0-9][a-z0-9-]*$': 'my-crm: small letters, digits and hyphens',
};

function fits(node: YamlNode, schema: Schema): boolean {
  switch (schema.type) {
    case undefined:
      return true;
    case 'object':
      return node.kind === 'map';
    case 'array':
      return node.kind === 'list';
    default:
      return node.kind === 'scalar' && typeof node.value === schema.type;
  }
}

function wordFor(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  const words = {
    object: '"name: value" pairs',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
  };
  return schema.type === undefined ? 'a value' : words[schema.type];
}

function nameOf(node: YamlNode): string {
  if (node.kind === 'map') return 'a group of "name: value" pairs';
  if (node.kind === 'list') return 'a list';
  return node.value === null
    ? 'empty'
    : `${typeof node.value === 'string' ? 'the text' : 'the value'} "${node.text}"`;
}
