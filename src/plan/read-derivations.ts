import { attributesOf } from '../core/condition.js';
import { ALWAYS, type Condition } from '../domain/condition.js';
import type { Attribute, Derivation, FactFilter } from '../domain/playbook.js';
import type { AttributeValue, RecordKind } from '../domain/value.js';
import { type Context, resolveName, type Scope } from './context.js';
import type { Place } from './problem.js';
import { idOf } from './read-attributes.js';
import { readCondition } from './read-condition.js';
import {
  entriesOf,
  fieldOf,
  itemsOf,
  mapsOf,
  numberOf,
  scalarOf,
  textOf,
  textsOf,
} from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** The derivations of all declarations, by qualified id; the ids of those with an error go into `broken`. */
export function readDerivations(
  file: Tree | undefined,
  context: Context,
  broken: Set<string>,
): ReadonlyMap<string, Derivation> {
  const derivations = new Map<string, Derivation>();
  for (const map of mapsOf(fieldOf(file, 'attributes'))) {
    const attribute = context.attributes.get(idOf(map));
    const usual = scalarOf(map, 'usual');
    if (attribute && usual)
      resolveName(
        usual.source,
        usual.at,
        { bare: 'company', kinds: ['company', 'account'] },
        context,
      );
    const [entry] = entriesOf(fieldOf(map, 'derive'));
    if (!attribute || !entry) continue;
    const [key, { value, keyAt }] = entry;
    const derive = readDerivation(key, value, attribute, context);
    if (derive && fitsType(key, value, attribute, keyAt, context))
      derivations.set(attribute.id, derive);
    else broken.add(attribute.id);
  }
  return derivations;
}

const OPS: { readonly [key: string]: Derivation['op'] } = {
  daysSince: 'days-since',
  daysUntil: 'days-until',
  daysSinceDate: 'days-since-date',
  daysUntilDate: 'days-until-date',
  daysSinceChange: 'days-since-change',
};

function readDerivation(
  key: string,
  tree: Tree,
  attribute: Attribute,
  context: Context,
): Derivation | undefined {
  const field = textOf(tree, 'field') ?? '';
  const days = numberOf(tree, 'days');
  const window = days === undefined ? {} : { days };
  switch (key) {
    case 'daysSince':
      return { op: 'days-since', facts: readFilter(tree) };
    case 'daysUntil':
      return { op: 'days-until', facts: readFilter(tree), field };
    case 'count':
      return { op: 'count', facts: readFilter(tree), ...window };
    case 'sum':
    case 'distinct':
      return { op: key, facts: readFilter(tree), field, ...window };
    case 'first':
    case 'last':
      return { op: key, facts: readFilter(tree), field };
    case 'countRecords':
    case 'sumRecords':
      return readRecords(key, tree, attribute, context);
    default: {
      const op = OPS[key] as 'days-since-date' | 'days-until-date' | 'days-since-change';
      return tree.kind === 'scalar'
        ? readFromOther(op, tree.source, tree.at, attribute, context)
        : undefined;
    }
  }
}

function readFilter(tree: Tree): FactFilter {
  const by = textOf(tree, 'by') as 'buyer' | 'seller' | undefined;
  const grades = textsOf(tree, 'grades').map(({ source }) => source) as FactFilter['grades'];
  const where: { [field: string]: readonly AttributeValue[] } = {};
  for (const [name, { value }] of entriesOf(fieldOf(tree, 'where')))
    where[name] = itemsOf(value).flatMap((item) =>
      item.kind === 'scalar' && item.value !== null ? [item.value] : [],
    );
  return {
    types: textsOf(tree, 'types').map(({ source }) => source),
    ...(by && { by }),
    ...(grades?.length && { grades }),
    ...(fieldOf(tree, 'where') && { where }),
  };
}

function readFromOther(
  op: 'days-since-date' | 'days-until-date' | 'days-since-change',
  name: string,
  at: Place,
  { of }: Attribute,
  context: Context,
): Derivation | undefined {
  const id = resolveName(name, at, { bare: of, kinds: [of] }, context);
  if (id === undefined) return undefined;
  const { type, machine } = context.attributes.get(id) ?? {};
  if (machine) {
    context.report.error(
      'wrong-type',
      at,
      `"${id}" is the state of a machine, and its days are not counted`,
      'write a state that the machine enters "after:" that time',
    );
    return undefined;
  }
  if (op !== 'days-since-change' && type !== 'date') {
    context.report.error('wrong-type', at, `"${id}" is a ${type}, and no date`, 'name a date');
    return undefined;
  }
  return { op, attribute: id };
}

function readRecords(
  key: 'countRecords' | 'sumRecords',
  tree: Tree,
  { of, id }: Attribute,
  context: Context,
): Derivation | undefined {
  const kind = textOf(tree, 'kind') as RecordKind;
  const at = fieldOf(tree, 'kind')?.at ?? tree.at;
  const inside = of === 'account' || (of === 'opportunity' && kind === 'contact');
  if (!inside) {
    context.report.error(
      'wrong-child',
      at,
      `"${id}" counts a ${kind} inside ${of}, and there is none`,
      'count opportunities or contacts of an account, or contacts of an opportunity',
    );
    return undefined;
  }
  const scope: Scope = { bare: kind, kinds: [...new Set([kind, of, 'account' as const])] };
  const whereTree = fieldOf(tree, 'where');
  const where: Condition | undefined = whereTree
    ? readCondition(whereTree, scope, context)
    : ALWAYS;
  if (!where) return undefined;
  if (key === 'countRecords') return { op: 'count-records', kind, where };
  const name = scalarOf(tree, 'attribute');
  const attribute =
    name && resolveName(name.source, name.at, { bare: kind, kinds: [kind] }, context);
  if (!name || attribute === undefined) return undefined;
  if (context.attributes.get(attribute)?.type !== 'number') {
    context.report.error('wrong-type', name.at, `"${attribute}" is no number`, 'name a number');
    return undefined;
  }
  return { op: 'sum-records', kind, where, attribute };
}

/** Whether the attribute's type can hold what the derivation gives. */
function fitsType(
  key: string,
  tree: Tree,
  { id, type, unit, values }: Attribute,
  at: Place,
  { report, attributes }: Context,
): boolean {
  const before = report.errors();
  const gives = key === 'first' || key === 'last' ? undefined : 'number';
  if (gives && type !== gives)
    report.error(
      'wrong-type',
      at,
      `"${id}" is a ${type}, and ${key} gives a number`,
      'write "type: number"',
    );
  if (key.startsWith('days') && unit !== undefined && unit !== 'days')
    report.error(
      'wrong-type',
      at,
      `"${id}" is in ${unit}, and ${key} gives days`,
      'write "unit: days"',
    );
  const field = textOf(tree, 'field');
  if (!gives && field === 'by' && type !== 'choice')
    report.error(
      'wrong-type',
      at,
      `"${id}" is a ${type}, and who did it is buyer or seller`,
      'write "type: choice" and "values: [buyer, seller]"',
    );
  else if (!gives && field === 'by')
    for (const side of ['buyer', 'seller'])
      if (!values?.some((value) => value.id === side))
        report.error(
          'wrong-type',
          at,
          `"${id}" has no value "${side}"`,
          'write "values: [buyer, seller]"',
        );
  if (!gives && type === 'multi')
    report.error(
      'wrong-type',
      at,
      `"${id}" is a multi, and ${key} gives one value`,
      'write "type: choice"',
    );
  if (key === 'sumRecords') {
    const summed = attributes.get(`${textOf(tree, 'kind')}.${textOf(tree, 'attribute')}`);
    if (summed && summed.unit !== unit)
      report.error(
        'wrong-type',
        at,
        `"${id}" is in ${unit ?? 'no unit'}, and "${summed.id}" in ${summed.unit ?? 'no unit'}`,
        `write "unit: ${summed.unit ?? ''}"`,
      );
  }
  return report.errors() === before;
}

/** Derived attributes that in the end follow from themselves. */
export function reportCircles(attributes: readonly Attribute[], context: Context): void {
  const needs = new Map(attributes.map((attribute) => [attribute.id, sourcesOf(attribute.derive)]));
  const settled = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (settled.has(id)) return;
    const start = path.indexOf(id);
    if (start >= 0) {
      const circle = path.slice(start);
      context.report.error(
        'circle',
        context.attributes.placeOf(id) ?? { file: 'attributes.yaml', line: 1, column: 1 },
        `"${id}" follows from itself: ${[...circle, id].join(' <- ')}`,
        'derive one of them from the timeline alone',
      );
      return;
    }
    for (const source of needs.get(id) ?? []) visit(source, [...path, id]);
    settled.add(id);
  };
  for (const { id } of attributes) visit(id, []);
}

function sourcesOf(derive: Derivation | undefined): readonly string[] {
  if (!derive) return [];
  const sources = 'attribute' in derive ? [derive.attribute] : [];
  return 'where' in derive ? [...sources, ...attributesOf(derive.where)] : sources;
}
