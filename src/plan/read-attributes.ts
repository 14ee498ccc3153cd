import type { Attribute } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import { type Declared, isReservedName, reservedAttribute } from './attribute-table.js';
import type { Place, Report } from './problem.js';
import { fieldOf, itemsOf, mapsOf, scalarOf, textOf, trueOf } from './tree-access.js';
import type { MapTree, Tree } from './yaml-tree.js';

/** Declarations without their derivations, which may name attributes further down. */
export function readDeclarations(file: Tree | undefined, report: Report): readonly Declared[] {
  const seen = new Map<string, Place>();
  const declared: Declared[] = [];
  for (const map of mapsOf(fieldOf(file, 'attributes'))) {
    const attribute = readDeclaration(map, report);
    if (!attribute) continue;
    const at = scalarOf(map, 'id')?.at ?? map.at;
    const earlier = seen.get(attribute.id);
    if (earlier)
      report.error(
        'duplicate-id',
        at,
        `attribute "${attribute.id}" is declared twice, first on line ${earlier.line}`,
        'rename one of them',
      );
    else declared.push({ attribute, at });
    seen.set(attribute.id, at);
  }
  return declared;
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
  checkFields(map, type, unit, report);
  return {
    id,
    label: textOf(map, 'label') ?? name,
    type,
    of,
    ...(fieldOf(map, 'values') && { values: readValues(map, report) }),
    ...(unit !== undefined && { unit }),
    ...(says !== undefined && { says }),
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
      'write {value}',
    );
}

function readValues(map: MapTree, report: Report): readonly { id: string; label: string }[] {
  const seen = new Set<string>();
  return itemsOf(fieldOf(map, 'values')).map((tree) => {
    const text = tree.kind === 'scalar' ? tree.source : (textOf(tree, 'id') ?? '');
    const id = text.trim();
    if (seen.has(id))
      report.error('duplicate-id', tree.at, `value "${id}" is listed twice`, 'keep one of them');
    seen.add(id);
    return { id, label: (tree.kind === 'map' && textOf(tree, 'label')) || id };
  });
}
