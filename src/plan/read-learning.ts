import type { Attribute, LearningSettings, Play, TrialSettings } from '../domain/playbook.js';
import { playsOfTrial } from '../domain/trial.js';
import { bareName } from './attribute-table.js';
import { type Context, findDeclared } from './context.js';
import { suggest } from './did-you-mean.js';
import { fieldOf, mapsOf, numberOf, scalarOf, textOf, textsOf } from './tree-access.js';
import type { ScalarTree, Tree } from './yaml-tree.js';

export function readLearning(
  file: Tree | undefined,
  context: Context,
): LearningSettings | undefined {
  const tree = fieldOf(file, 'learning');
  if (!tree) return undefined;
  const named = scalarOf(tree, 'situation');
  const situation = named && readOfAccount(named, ['choice'], context);
  return {
    success: typesOf(tree, 'success'),
    days: numberOf(tree, 'days') ?? 30,
    halfLife: numberOf(tree, 'halfLife') ?? 180,
    ...(situation && { situation: situation.id }),
    explore: numberOf(tree, 'explore') ?? 0,
  };
}

export function readTrials(
  file: Tree | undefined,
  plays: readonly Play[],
  context: Context,
): readonly TrialSettings[] {
  const { report } = context;
  const arms = new Set<string>();
  return mapsOf(fieldOf(file, 'trials')).flatMap((map): TrialSettings[] => {
    const named = scalarOf(map, 'arm');
    const arm = named && readOfAccount(named, ['choice'], context);
    const strata = textsOf(map, 'strata').flatMap(
      (name) => readOfAccount(name, ['choice', 'boolean'], context)?.id ?? [],
    );
    if (!named || !arm) return [];
    if ((arm.values?.length ?? 0) < 2)
      report.error(
        'wrong-type',
        named.at,
        `"${arm.id}" has one value, and a trial needs two`,
        'give it a value for each version, the control first',
      );
    else if (!playsOfTrial(arm.id, plays).size)
      report.error(
        'no-effect',
        named.at,
        `no play asks for "${arm.id}": both versions are the same`,
        `give each version its arm: eligibility: { ${arm.id}: ${arm.values?.[0]?.id} }`,
      );
    if (arms.has(arm.id))
      report.error('duplicate-id', named.at, `two trials have the arm "${arm.id}"`, 'keep one');
    arms.add(arm.id);
    return [
      {
        arm: arm.id,
        success: typesOf(map, 'success'),
        guardrails: typesOf(map, 'guardrails'),
        strata,
        days: numberOf(map, 'days') ?? 30,
        matters: numberOf(map, 'matters') ?? 0.1,
        alpha: numberOf(map, 'alpha') ?? 0.05,
        entry: textOf(map, 'entry') === 'assigned' ? 'assigned' : 'seen',
      },
    ];
  });
}

const typesOf = (tree: Tree, key: string): readonly string[] => [
  ...new Set(textsOf(tree, key).map(({ source }) => source)),
];

/** An attribute of the account of one of these types that records hold. */
function readOfAccount(
  { source, at }: ScalarTree,
  types: readonly Attribute['type'][],
  context: Context,
): Attribute | undefined {
  const { attributes, report, reads } = context;
  const id = findDeclared(source, at, ['account'], context);
  if (id === 'told') return undefined;
  const attribute = id === undefined ? undefined : attributes.get(id);
  if (!attribute) {
    const near = suggest(
      bareName(source),
      attributes.candidates('account'),
      'declare it in attributes.yaml',
    );
    report.error('unknown-attribute', at, `attribute "${source}" is not declared`, near);
    return undefined;
  }
  if (
    attribute.of === 'account' &&
    types.includes(attribute.type) &&
    !attribute.derive &&
    !attribute.machine
  ) {
    reads.add(attribute.id);
    return attribute;
  }
  report.error(
    'wrong-type',
    at,
    `"${attribute.id}" is no ${types.join(' or ')} of the account that records hold`,
    'name one like account.segment',
  );
  return undefined;
}
