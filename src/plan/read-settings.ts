import { createReport, type Place, type Problem } from './problem.js';
import { checkShape, type Shape } from './shape.js';
import { parseYaml, type Tree } from './yaml-tree.js';

/** A settings file in YAML, read as a playbook's files are: bounded, YAML 1.2, and every finding with its place. */
export interface Settings {
  /** Plain JSON of the shape that was asked for; absent when there is an error. */
  readonly value?: unknown;
  /** In order of line. */
  readonly problems: readonly Problem[];
  /** Where a value stands; of one that is not there, what would hold it. */
  placeOf(...path: readonly (string | number)[]): Place;
}

export function readSettings(file: string, text: string, shape: Shape): Settings {
  const report = createReport();
  const tree = parseYaml(file, text, report);
  const fits = tree && checkShape(tree, shape, 'the file', report);
  return {
    ...(tree && fits && { value: toPlain(tree) }),
    problems: report.list(),
    placeOf: (...path) => findPlace(tree, path) ?? { file, line: 1, column: 1 },
  };
}

function toPlain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(toPlain);
  // Own properties only, whatever the names are.
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toPlain(value)]));
}

function findPlace(
  tree: Tree | undefined,
  [first, ...rest]: readonly (string | number)[],
): Place | undefined {
  if (!tree || first === undefined) return tree?.at;
  const next =
    tree.kind === 'list'
      ? tree.items[Number(first)]
      : tree.kind === 'map'
        ? tree.entries.get(String(first))?.value
        : undefined;
  return findPlace(next, rest) ?? tree.at;
}
