import type { JsonObject, JsonValue } from '../domain/value.js';
import type { SourceFile } from '../plan/problem.js';
import { unsay } from './choose.js';
import { readYaml } from './edit-yaml.js';
import { getAt, isList, isMap, type Path, setAt } from './play-data.js';

/** One thing that a playbook says and could leave out: a limit, a floor, a condition of a play, a play. */
export interface Setting {
  readonly file: string;
  /** In the data of the file; empty: the play itself. */
  readonly path: Path;
  /** What stands there instead, where it cannot be left out. */
  readonly instead?: JsonValue;
}

const PLAYBOOK = 'playbook.yaml';
const OF_PLAYBOOK: readonly Path[] = [
  ['holdout'],
  ['profitGate'],
  ['profitGate', 'costToServe'],
  ['costs', 'minute'],
  ['costs', 'touch'],
  ['propensity'],
  ['arbitration'],
];
const OF_GOAL = ['floor', 'target', 'measure'] as const;

/** Every setting of `playbook.yaml` that decides what reps see. */
export function playbookSettings(data: JsonObject): readonly Setting[] {
  const limits = getAt(data, ['contactPolicy', 'limits']);
  const touches = getAt(data, ['contactPolicy', 'touches']);
  const goals = isList(data.goals) ? data.goals : [];
  const paths: readonly Path[] = [
    ...(isList(limits) ? limits : []).map((_, i) => ['contactPolicy', 'limits', i]),
    ...Object.keys(isMap(touches) ? touches : {}).map((type) => ['contactPolicy', 'touches', type]),
    ...OF_PLAYBOOK,
    ...goals.flatMap((_, i) => OF_GOAL.map((part) => ['goals', i, part])),
  ];
  return [
    ...paths
      .filter((path) => getAt(data, path) !== undefined)
      .map((path): Setting => ({ file: PLAYBOOK, path })),
    // A goal that counts for nothing; without it plays could not name it.
    ...goals.map((_, i): Setting => ({ file: PLAYBOOK, path: ['goals', i, 'weight'], instead: 0 })),
  ];
}

const CONDITIONS: readonly Path[] = [
  ['trigger', 'becomes'],
  ['trigger', 'rearm'],
  ['trigger', 'where'],
  ['trigger', 'until'],
  ['eligibility'],
  ['applicability'],
  ['suitability'],
];
const OF_PLAY: readonly Path[] = [
  ...['contact', 'touch', 'asks', 'link', 'verb'].map((part) => ['action', part]),
  ...['content', 'offers', 'mandatory', 'buyerRequested', 'propensity', 'expires'].map((part) => [
    part,
  ]),
  ...['lever', 'context', 'coolDown', 'valid'].map((part) => [part]),
];

/** Everything that a play says and could leave out, first the play itself. */
export function playSettings(file: string, play: JsonObject): readonly Setting[] {
  const serves = isMap(play.serves) ? Object.keys(play.serves) : [];
  const paths: readonly Path[] = [
    [],
    ...CONDITIONS.flatMap((path) => partsOf(getAt(play, path), path)),
    ...OF_PLAY.filter((path) => getAt(play, path) !== undefined),
    // The last goal stays, or the play would be worth nothing.
    ...(serves.length > 1 ? serves.map((goal) => ['serves', goal]) : []),
  ];
  return paths.map((path) => ({ file, path }));
}

/** A condition's parts, those of a group after the group. What looks into records inside is one. */
function partsOf(condition: JsonValue | undefined, path: Path): readonly Path[] {
  if (!isMap(condition)) return [];
  return Object.entries(condition).flatMap(([key, value]): readonly Path[] => {
    const own = [...path, key];
    const inside =
      (key === 'any' || key === 'all') && isList(value)
        ? value.flatMap((one, i) => partsOf(one, [...own, i]))
        : key === 'not'
          ? partsOf(value, own)
          : [];
    return [own, ...inside];
  });
}

/** The files as they would be without it. */
export function withoutSetting(
  files: readonly SourceFile[],
  { file, path, instead }: Setting,
): readonly SourceFile[] {
  if (path.length === 0) return files.filter((one) => one.path !== file);
  return files.map((one) => {
    if (one.path !== file) return one;
    const data = readYaml(one.text, file);
    const left =
      instead === undefined && file !== PLAYBOOK && isMap(data)
        ? unsay(data, path)
        : setAt(data, path, instead);
    // JSON is YAML.
    return { path: file, text: JSON.stringify(left) };
  });
}
