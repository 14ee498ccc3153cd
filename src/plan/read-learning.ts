import type {
  Attribute,
  Goal,
  LearningSettings,
  NewRepSettings,
  Playbook,
  TrialSettings,
} from '../domain/playbook.js';
import { playsOfTrial, USUAL_LEARNING, USUAL_TRIAL, USUALLY_NEW } from '../domain/trial.js';
import { type Context, findOfAccount, resolveName } from './context.js';
import { suggest } from './did-you-mean.js';
import {
  entriesOf,
  fieldOf,
  mapsOf,
  numberOf,
  scalarOf,
  textOf,
  textsOf,
  trueOf,
} from './tree-access.js';
import type { ScalarTree, Tree } from './yaml-tree.js';

export function readLearning(
  file: Tree | undefined,
  context: Context,
): LearningSettings | undefined {
  const tree = fieldOf(file, 'learning');
  if (!tree) return undefined;
  const named = scalarOf(tree, 'situation');
  const situation = named && readOfAccount(named, ['choice'], context);
  const newReps = readNewReps(fieldOf(tree, 'newReps'), context);
  return {
    success: typesOf(tree, 'success'),
    days: numberOf(tree, 'days') ?? USUAL_LEARNING.days,
    halfLife: numberOf(tree, 'halfLife') ?? USUAL_LEARNING.halfLife,
    ...(situation && { situation: situation.id }),
    explore: numberOf(tree, 'explore') ?? USUAL_LEARNING.explore,
    ...(newReps && { newReps }),
    ...(trueOf(tree, 'costs') && { costs: true }),
  };
}

function readNewReps(tree: Tree | undefined, context: Context): NewRepSettings | undefined {
  const attribute = readOfRep(scalarOf(tree, 'attribute'), 'number', context);
  const since = readOfRep(scalarOf(tree, 'since'), 'date', context);
  if (attribute === undefined || since === undefined) return undefined;
  return { attribute, since, days: numberOf(tree, 'days') ?? USUALLY_NEW };
}

/** The qualified id of an attribute of reps of this type that records hold. */
function readOfRep(
  name: ScalarTree | undefined,
  type: Attribute['type'],
  context: Context,
): string | undefined {
  const id = name && resolveName(name.source, name.at, { bare: 'rep', kinds: ['rep'] }, context);
  const attribute = id === undefined ? undefined : context.attributes.get(id);
  if (!name || !attribute) return undefined;
  if (attribute.type === type && !attribute.derive) return attribute.id;
  context.report.error(
    'wrong-type',
    name.at,
    `"${attribute.id}" is no ${type} of the rep that records hold`,
    `declare one: { id: ${type === 'date' ? 'startedOn' : 'leftToLearn'}, type: ${type}, of: rep }`,
  );
  return undefined;
}

export function readTrials(
  file: Tree | undefined,
  { plays, contents, goals }: Pick<Playbook, 'contents' | 'goals' | 'plays'>,
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
    const weights = readWeights(fieldOf(map, 'weights'), { arm, goals }, context);
    const trials = [{ arm: arm.id, ...(weights && { weights }) }];
    if ((arm.values?.length ?? 0) > 1 && !playsOfTrial(arm.id, { plays, contents, trials }).size)
      report.error(
        'no-effect',
        named.at,
        `no play and no content asks for "${arm.id}": both versions are the same`,
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
        days: numberOf(map, 'days') ?? USUAL_TRIAL.days,
        matters: numberOf(map, 'matters') ?? USUAL_TRIAL.matters,
        alpha: numberOf(map, 'alpha') ?? USUAL_TRIAL.alpha,
        entry: textOf(map, 'entry') === 'assigned' ? 'assigned' : USUAL_TRIAL.entry,
        ...(weights && { weights }),
      },
    ];
  });
}

/** By arm, what goals weigh there instead; undefined where nothing weighs otherwise. */
function readWeights(
  tree: Tree | undefined,
  { arm, goals }: { readonly arm: Attribute; readonly goals: readonly Goal[] },
  { report }: Context,
): TrialSettings['weights'] {
  const weights: { [value: string]: { [goal: string]: number } } = {};
  const values = arm.values ?? [];
  for (const [value, { value: inArm, keyAt }] of entriesOf(tree)) {
    if (!values.some(({ id }) => id === value)) {
      const remedy = suggest(value, values, 'name a value of the attribute');
      report.error('unknown-value', keyAt, `"${value}" is no arm of "${arm.id}"`, remedy);
      continue;
    }
    const own: { [goal: string]: number } = {};
    for (const [goal, { keyAt: at }] of entriesOf(inArm)) {
      const weight = numberOf(inArm, goal);
      if (!goals.some(({ id }) => id === goal))
        report.error(
          'unknown-goal',
          at,
          `goal "${goal}" is not declared`,
          suggest(goal, goals, 'name a goal of the playbook'),
        );
      else if (weight !== undefined) own[goal] = weight;
    }
    weights[value] = own;
  }
  return Object.keys(weights).length > 0 ? weights : undefined;
}

const typesOf = (tree: Tree, key: string): readonly string[] => [
  ...new Set(textsOf(tree, key).map(({ source }) => source)),
];

/** An attribute of the account of one of these types that records hold. */
function readOfAccount(
  name: ScalarTree,
  types: readonly Attribute['type'][],
  context: Context,
): Attribute | undefined {
  const attribute = findOfAccount(name, context);
  if (!attribute) return undefined;
  if (
    attribute.of === 'account' &&
    types.includes(attribute.type) &&
    !attribute.derive &&
    !attribute.machine
  ) {
    context.reads.add(attribute.id);
    return attribute;
  }
  context.report.error(
    'wrong-type',
    name.at,
    `"${attribute.id}" is no ${types.join(' or ')} of the account that records hold`,
    'name one like account.segment',
  );
  return undefined;
}
