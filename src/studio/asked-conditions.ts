import type { Condition } from '../domain/condition.js';
import type { Playbook } from '../domain/playbook.js';
import type { JsonObject, JsonValue } from '../domain/value.js';
import type { Compiled, SourceFile } from '../plan/compile-playbook.js';
import { getAt, isList, isMap, type Path, type PlayData } from './play-data.js';
import { readItems } from './playbook-folder.js';

/** A condition that a play asks, compiled by itself, so that it can be counted while others are still open. */
export interface AskedCondition {
  readonly path: Path;
  readonly condition: Condition;
  /** The number of the one that it stands in. */
  readonly inside?: number;
}

export interface AskedOf {
  readonly asked: readonly AskedCondition[];
  /** The playbook without its plays; absent where its settings, attributes or machines have errors. */
  readonly playbook?: Playbook;
}

interface Entry {
  readonly path: Path;
  readonly data: JsonObject;
  readonly inside?: number;
}

const CLAUSES: readonly Path[] = [
  ['trigger', 'becomes'],
  ['eligibility'],
  ['applicability'],
  ['suitability'],
];

/**
 * Every condition of a play that says something, in the order of the sentence; those in a group after the group. What
 * looks into records inside of the play's is one condition. Wrong and open ones are left out.
 */
export function askedConditions(
  files: readonly SourceFile[],
  play: PlayData,
  compile: (files: readonly SourceFile[]) => Compiled,
): AskedOf {
  const entries: Entry[] = [];
  for (const path of CLAUSES) collect(getAt(play, path), path, undefined, entries);
  const settings = files.filter(({ path }) => !/^(plays|content)\//.test(path));
  const goal = goalIn(settings);
  const frame = { ...frameOf(play), serves: { [goal]: { value: 1 } } };
  const fileOf = (i: number): SourceFile => ({
    path: `plays/${i}.yaml`,
    text: JSON.stringify({ ...frame, id: `asked-${i}`, eligibility: entries[i]?.data ?? {} }),
  });
  const all = entries.map((_, i) => i);
  const first = compile([...settings, ...all.map(fileOf)]);
  const wrong = new Set(
    first.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
  );
  const right = all.filter((i) => !wrong.has(`plays/${i}.yaml`));
  const { playbook } =
    right.length === all.length ? first : compile([...settings, ...right.map(fileOf)]);
  if (!playbook) return { asked: [] };
  const byId = new Map(playbook.plays.map((one) => [one.id, one.eligibility]));
  const numbers = new Map<number, number>();
  const asked = right.flatMap((i): readonly AskedCondition[] => {
    const { path, inside } = entries[i] as Entry;
    const condition = byId.get(`asked-${i}`);
    if (!condition) return [];
    numbers.set(i, numbers.size);
    const outer = inside === undefined ? undefined : numbers.get(inside);
    // A group of which a part is open is no condition yet, and its parts are not asked.
    if (inside !== undefined && outer === undefined) return [];
    return [{ path, condition, ...(outer !== undefined && { inside: outer }) }];
  });
  return { asked, playbook: { ...playbook, plays: [] } };
}

function collect(
  condition: JsonValue | undefined,
  path: Path,
  inside: number | undefined,
  entries: Entry[],
): void {
  if (!isMap(condition)) return;
  for (const [key, value] of Object.entries(condition)) {
    const own = [...path, key];
    const number = entries.length;
    entries.push({ path: own, data: { [key]: value }, ...(inside !== undefined && { inside }) });
    if (key === 'not') collect(value, own, number, entries);
    else if ((key === 'any' || key === 'all') && isList(value))
      for (const [i, item] of value.entries()) collect(item, [...own, i], number, entries);
  }
}

/** Every play serves a goal, though nobody sees these. */
function goalIn(settings: readonly SourceFile[]): string {
  const goals = readItems(settings.filter(({ path }) => path === 'playbook.yaml')).values();
  for (const { list, data } of goals) if (list === 'goals') return String(data.id);
  return '-';
}

/** What decides which names may be read: the kind of record, whom the action picks, what is offered. */
function frameOf({ about, action, offers }: PlayData): JsonObject {
  const contact = isMap(action) ? action.contact : undefined;
  return {
    about: about === 'account' || about === 'contact' ? about : 'opportunity',
    trigger: { opened: true },
    title: '-',
    why: '-',
    action: {
      kind: 'call',
      minutes: 1,
      ...(typeof contact === 'string' && contact !== 'event' && { contact }),
    },
    ...(typeof offers === 'string' && { offers }),
    for: 'owner',
    owner: '-',
  };
}
