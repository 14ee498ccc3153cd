import type { RecordId } from 'opportune';

/** Reps whose numbers are told together. */
export interface Group {
  /** Absent: everyone. */
  readonly team?: string;
  readonly reps: readonly RecordId[];
}

/** So many stand together in everything that is told. */
export const LEAST = 5;

/**
 * The teams that may be told side by side, and everyone. Whoever has their totals may add and subtract them as they like, and
 * learns by that what those did together who are in exactly the same of these groups, and nothing finer: so each of these
 * parts has five reps or more. Larger teams come first, everyone last; one that would leave a smaller part is left out.
 */
export function chooseGroups(teamsOf: ReadonlyMap<RecordId, readonly string[]>): readonly Group[] {
  const byTeam = new Map<string, RecordId[]>();
  const everyone = [...teamsOf.keys()].sort();
  for (const rep of everyone)
    for (const team of new Set(teamsOf.get(rep))) {
      const reps = byTeam.get(team) ?? [];
      byTeam.set(team, reps);
      reps.push(rep);
    }
  const teams = [...byTeam]
    .map(([team, reps]): Group => ({ team, reps }))
    .sort((a, b) => b.reps.length - a.reps.length || ((a.team ?? '') < (b.team ?? '') ? -1 : 1));
  const chosen: Group[] = [];
  for (const group of [...teams, { reps: everyone }]) {
    const parts = partsOf([...chosen, group]);
    if (group.reps.length > 0 && parts.every((part) => part.length >= LEAST)) chosen.push(group);
  }
  return chosen;
}

/**
 * Those of the chosen groups that one asker may see: a rep knows the own numbers, and could take them out of a part of five.
 */
export function groupsFor(asker: RecordId | undefined, groups: readonly Group[]): readonly Group[] {
  const own = partsOf(groups).find((part) => asker !== undefined && part.includes(asker));
  if (!own || own.length > LEAST) return groups;
  return groups.filter(({ reps }) => !own.some((rep) => reps.includes(rep)));
}

/** Reps of any of the groups, together with those who are in exactly the same of them. */
function partsOf(groups: readonly Group[]): readonly (readonly RecordId[])[] {
  const placed = new Map<RecordId, string>();
  for (const [number, { reps }] of groups.entries())
    for (const rep of reps) placed.set(rep, `${placed.get(rep) ?? ''} ${number}`);
  const parts = new Map<string, RecordId[]>();
  for (const [rep, place] of placed) parts.set(place, [...(parts.get(place) ?? []), rep]);
  return [...parts.values()];
}
