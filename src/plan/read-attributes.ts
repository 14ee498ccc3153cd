import type { Attribute } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import { type Declared, isReservedName, reservedAttribute } from './attribute-table.js';
import { ATTRIBUTE_SHAPE } from './knowledge-shapes.js';
import { createReport, type Report } from './problem.js';
import { checkShape } from './shape.js';
import { fieldOf, itemsOf, mapsOf, scalarOf, textOf, textsOf, trueOf } from './tree-access.js';
import { reportTwins } from './twins.js';
import type { MapTree, Tree } from './yaml-tree.js';

export interface Declarations {
  readonly declared: readonly Declared[];
  /** Ids of those with an error. */
  readonly broken: Set<string>;
}

/** Declarations without their derivations, which may name attributes further down. */
export function readDeclarations(file: Tree | undefined, report: Report): Declarations {
  const broken = new Set<string>();
  const declared: Declared[] = [];
  const maps = mapsOf(fieldOf(file, 'attributes'));
  for (const map of maps) {
    const id = idOf(map);
    const before = report.errors();
    // What is wrong with its shape was told when the file was read.
    const shaped = checkShape(map, ATTRIBUTE_SHAPE, '', createReport());
    const attribute = shaped ? readDeclaration(map, report) : undefined;
    if (!attribute || report.errors() > before) broken.add(id);
    else if (!declared.some((one) => one.attribute.id === id))
      declared.push({ attribute, at: scalarOf(map, 'id')?.at ?? map.at });
  }
  const names = maps.map((map) => ({ id: idOf(map), at: scalarOf(map, 'id')?.at ?? map.at }));
  reportTwins('attribute', names, report);
  return { declared, broken };
}

export function idOf(map: Tree): string {
  return `${textOf(map, 'of')}.${textOf(map, 'id')}`;
}

function readDeclaration(map: MapTree, report: Report): Attribute | undefined {
  const name = textOf(map, 'id') ?? '';
  const of = textOf(map, 'of') as RecordKind;
  const type = textOf(map, 'type') as Attribute['type'];
  const unit = textOf(map, 'unit');
  const id = `${of}.${name}`;
  const at = scalarOf(map, 'id')?.at ?? map.at;
  if (isReservedName(name)) {
    report.error('reserved-name', at, `"${name}" has a meaning of its own`, 'rename the attribute');
    return undefined;
  }
  const reserved = reservedAttribute(of, name);
  const fits = type === reserved?.type || (reserved?.type === 'text' && type === 'choice');
  if (reserved && !fits) {
    report.error(
      'reserved-name',
      at,
      `"${id}" is a ${reserved.type} by itself, and cannot be declared a ${type}`,
      `write "type: ${reserved.type}", or rename it`,
    );
    return undefined;
  }
  if (reserved?.unit !== undefined && unit !== reserved.unit) {
    report.error(
      'reserved-name',
      at,
      `"${id}" is in ${reserved.unit}`,
      `write "unit: ${reserved.unit}"`,
    );
    return undefined;
  }
  const says = textOf(map, 'says');
  const usual = textOf(map, 'usual');
  checkFields(map, type, unit, report);
  return {
    id,
    label: textOf(map, 'label') ?? name,
    type,
    of,
    ...(fieldOf(map, 'values') && { values: readValues(map, report) }),
    ...(unit !== undefined && { unit }),
    ...(says !== undefined && { says }),
    ...(usual !== undefined && { usual: usual.includes('.') ? usual : `company.${usual}` }),
    ...(trueOf(map, 'aggregate') && { aggregate: true }),
  };
}

function checkFields(map: MapTree, type: string, unit: string | undefined, report: Report): void {
  const values = fieldOf(map, 'values');
  if (values && type !== 'choice' && type !== 'multi')
    report.error(
      'wrong-type',
      values.at,
      `a ${type} has no values`,
      'write "type: choice", or delete values',
    );
  if (!values && type === 'choice')
    report.error(
      'missing-field',
      map.at,
      `choice "${textOf(map, 'id')}" has no values`,
      'add "values: [...]"',
    );
  const unitAt = scalarOf(map, 'unit')?.at;
  if (unitAt && type !== 'number')
    report.error(
      'wrong-type',
      unitAt,
      `a ${type} has no unit "${unit}"`,
      'write "type: number", or delete unit',
    );
  const says = scalarOf(map, 'says');
  const wrong = says && /\{(?!value\})[^}]*\}?/.exec(says.source)?.[0];
  if (says && wrong)
    report.error(
      'broken-hole',
      says.at,
      `says holds "${wrong}", and knows only {value}`,
      'write {value}, or no braces',
    );
}

function readValues(map: MapTree, report: Report): NonNullable<Attribute['values']> {
  const seen = new Set<string>();
  return itemsOf(fieldOf(map, 'values')).map((tree) => {
    const text = tree.kind === 'scalar' ? tree.source : (textOf(tree, 'id') ?? '');
    const id = text.trim();
    if (seen.has(id))
      report.error('duplicate-id', tree.at, `value "${id}" is listed twice`, 'keep one of them');
    seen.add(id);
    const synonyms = textsOf(tree, 'synonyms').map(({ source }) => source);
    return {
      id,
      label: (tree.kind === 'map' && textOf(tree, 'label')) || id,
      ...(synonyms.length > 0 && { synonyms }),
    };
  });
}
