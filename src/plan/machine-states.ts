import type { Attribute } from '../domain/playbook.js';
import { type Declared, isReservedName, isUnsafeId, reservedAttribute } from './attribute-table.js';
import type { Report } from './problem.js';
import type { Declarations } from './read-attributes.js';
import type { Folder } from './source-folder.js';
import { entriesOf, fieldOf, scalarOf, textOf } from './tree-access.js';
import { reportTwins } from './twins.js';
import type { Tree } from './yaml-tree.js';

/**
 * The states of machines as attributes: each machine declares a choice of its states without states inside. Adds to the
 * ids of what is broken.
 */
export function declareMachines(
  { machines, brokenMachines }: Pick<Folder, 'machines' | 'brokenMachines'>,
  { declared, broken }: Declarations,
  report: Report,
): readonly Declared[] {
  for (const id of brokenMachines)
    for (const kind of ['account', 'contact', 'opportunity']) broken.add(`${kind}.${id}`);
  const own = machines.map(({ map }): Declared & { readonly sound: boolean } => {
    const name = textOf(map, 'id') ?? '';
    const of = textOf(map, 'of') as Attribute['of'];
    const at = scalarOf(map, 'id')?.at ?? map.at;
    const before = report.errors();
    if (isReservedName(name) || reservedAttribute(of, name))
      report.error(
        'reserved-name',
        at,
        isReservedName(name)
          ? `"${name}" has a meaning of its own`
          : `"${of}.${name}" is an attribute by itself`,
        'rename the machine',
      );
    const values: { readonly id: string; readonly label: string }[] = [];
    const groups = new Map<string, readonly string[]>();
    collect(map, values, groups);
    return {
      attribute: {
        id: `${of}.${name}`,
        label: textOf(map, 'label') ?? name,
        type: 'choice',
        of,
        values,
        machine: true,
      },
      at,
      groups,
      sound: report.errors() === before,
    };
  });
  reportTwins(
    'attribute',
    [...declared, ...own].map(({ attribute: { id }, at }) => ({ id, at })),
    report,
  );
  for (const { attribute, sound } of own) if (!sound) broken.add(attribute.id);
  return own.filter(({ sound }) => sound);
}

function collect(
  tree: Tree,
  values: { readonly id: string; readonly label: string }[],
  groups: Map<string, readonly string[]>,
): void {
  for (const [id, { value }] of entriesOf(fieldOf(tree, 'states'))) {
    if (isUnsafeId(id)) continue;
    if (!fieldOf(value, 'states')) {
      if (!values.some((known) => known.id === id))
        values.push({ id, label: textOf(value, 'label') ?? id });
      continue;
    }
    const first = values.length;
    collect(value, values, groups);
    groups.set(
      id,
      values.slice(first).map((inner) => inner.id),
    );
  }
}
