import type { Attribute, Reason } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { type Context, findDeclared } from './context.js';
import { findNearest } from './did-you-mean.js';
import { readStored } from './literal.js';
import type { Place } from './problem.js';
import { entriesOf, fieldOf, mapsOf, namesOf, textOf } from './tree-access.js';
import { reportTwins } from './twins.js';
import type { Tree } from './yaml-tree.js';

export function readReasons(file: Tree | undefined, context: Context): readonly Reason[] {
  const maps = mapsOf(fieldOf(file, 'reasons'));
  reportTwins('reason', namesOf(fieldOf(file, 'reasons')), context.report);
  return maps.map((map) => {
    const id = textOf(map, 'id') ?? '';
    const asks = textOf(map, 'asks');
    const sets: { [attribute: string]: AttributeValue } = {};
    for (const [name, { value, keyAt }] of entriesOf(fieldOf(map, 'sets'))) {
      const attribute = readTarget(name, keyAt, context);
      const stored = attribute && readStored(value, attribute, context);
      if (attribute && stored !== undefined) sets[attribute.id] = stored;
    }
    return {
      id,
      label: textOf(map, 'label') ?? id,
      scope: textOf(map, 'scope') === 'rep' ? 'rep' : 'record',
      ...(Object.keys(sets).length > 0 && { sets }),
      ...(asks !== undefined && { asks }),
    };
  });
}

/** An attribute that an answer sets: one that is not computed. */
function readTarget(name: string, at: Place, context: Context): Attribute | undefined {
  const { attributes, report } = context;
  const kinds = ['account', 'opportunity', 'contact'] as const;
  const id = findDeclared(name, at, kinds, context);
  if (id === 'told') return undefined;
  const attribute = id === undefined ? undefined : attributes.get(id);
  if (!attribute) {
    const names = kinds.flatMap((kind) =>
      attributes.candidates(kind).map(({ id: bare }) => ({ id: `${kind}.${bare}` })),
    );
    const near =
      findNearest(name, names) ??
      kinds.flatMap((kind) => findNearest(`${kind}.${name}`, names) ?? []).at(0);
    report.error(
      'unknown-attribute',
      at,
      `attribute "${name}" is not declared`,
      near ? `did you mean "${near.id}"?` : 'declare it in attributes.yaml',
    );
    return undefined;
  }
  if (!attribute.derive && !attribute.machine) return attribute;
  report.error(
    'derived-attribute',
    at,
    `"${attribute.id}" is ${attribute.machine ? 'the state of a machine' : 'computed from the timeline'}, and cannot be set`,
    'set another attribute',
  );
  return undefined;
}
