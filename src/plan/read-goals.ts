import type { Attribute, Goal } from '../domain/playbook.js';
import { type Context, findDeclared } from './context.js';
import { findNearest } from './did-you-mean.js';
import { readQuantity } from './literal.js';
import type { Place } from './problem.js';
import { fieldOf, mapsOf, namesOf, numberOf, scalarOf, textOf } from './tree-access.js';
import { reportTwins } from './twins.js';
import type { Tree } from './yaml-tree.js';

export function readGoals(file: Tree | undefined, context: Context): readonly Goal[] {
  const { report, reads, attributes } = context;
  const goals = mapsOf(fieldOf(file, 'goals')).flatMap((map): Goal[] => {
    const id = textOf(map, 'id') ?? '';
    const unit = textOf(map, 'unit');
    const amount = (key: string): number | undefined => {
      const tree = scalarOf(map, key);
      return (
        tree &&
        readQuantity(tree, { id: `${id}.${key}`, ...(unit !== undefined && { unit }) }, context)
      );
    };
    const [floor, target, scale] = [amount('floor'), amount('target'), amount('scale')];
    const targetAt = scalarOf(map, 'target')?.at ?? map.at;
    if (floor !== undefined && target !== undefined && target <= floor)
      report.error(
        'target-below-floor',
        targetAt,
        `goal "${id}" has a target that is not above its floor`,
        'write a target above the floor, or leave one of them out',
      );
    const scaleAt = scalarOf(map, 'scale')?.at ?? map.at;
    if (scale !== undefined && scale <= 0)
      report.error(
        'out-of-range',
        scaleAt,
        `the scale of goal "${id}" is not above 0`,
        'write the value that counts as 1',
      );
    if (numberOf(map, 'weight') === 0)
      report.warn(
        'no-effect',
        scalarOf(map, 'weight')?.at ?? map.at,
        `goal "${id}" has weight 0: it moves no priority`,
        floor === undefined
          ? 'give it a weight, or delete it'
          : 'give it a weight, or keep it for its floor alone',
      );
    const measure = scalarOf(map, 'measure');
    const measured =
      measure && findDeclared(measure.source, measure.at, ['account', 'company'], context);
    const attribute = measured === undefined ? undefined : attributes.get(measured);
    if (measure && measured !== 'told')
      checkMeasure(id, measure.source, measure.at, attribute, unit, context);
    if (attribute) reads.add(attribute.id);
    if (!measure && (floor !== undefined || target !== undefined))
      report.warn(
        'no-effect',
        scalarOf(map, floor === undefined ? 'target' : 'floor')?.at ?? map.at,
        `goal "${id}" has no measure, so its floor and target have no effect`,
        'add "measure:", or delete them',
      );
    return [
      {
        id,
        label: textOf(map, 'label') ?? id,
        weight: numberOf(map, 'weight') ?? 0,
        scale: scale ?? 1,
        ...(attribute && { measure: attribute.id }),
        ...(floor !== undefined && { floor }),
        ...(target !== undefined && { target }),
        ...(unit !== undefined && { unit }),
      },
    ];
  });
  reportTwins('goal', namesOf(fieldOf(file, 'goals')), report);
  return goals;
}

function checkMeasure(
  goal: string,
  written: string,
  at: Place,
  attribute: Attribute | undefined,
  unit: string | undefined,
  { report, attributes }: Context,
): void {
  if (!attribute) {
    const names = (['account', 'company'] as const).flatMap((kind) =>
      attributes.candidates(kind).map(({ id }) => ({ id: `${kind}.${id}` })),
    );
    const near = findNearest(written, names) ?? findNearest(`company.${written}`, names);
    report.error(
      'unknown-attribute',
      at,
      `goal "${goal}" measures "${written}", which is not declared`,
      near ? `did you mean "${near.id}"?` : 'declare it in attributes.yaml',
    );
  } else if (
    attribute.type !== 'number' ||
    (attribute.of !== 'account' && attribute.of !== 'company')
  )
    report.error(
      'wrong-type',
      at,
      `"${attribute.id}" cannot measure a goal`,
      'name a number of the account or the company',
    );
  else if ((attribute.unit === 'money') !== (unit === 'money'))
    report.error(
      'wrong-type',
      at,
      `goal "${goal}" is in ${unit ?? 'no unit'}, and "${attribute.id}" in ${attribute.unit ?? 'no unit'}`,
      `write "unit: ${attribute.unit ?? unit ?? ''}" in both`,
    );
}
