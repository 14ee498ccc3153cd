import type { Place } from './problem.js';
import type { Entry, MapTree, ScalarTree, Tree } from './yaml-tree.js';

/** Fields of a map whose shape was checked before: what is not there is undefined, never an error. */
export function fieldOf(map: Tree | undefined, key: string): Tree | undefined {
  return map?.kind === 'map' ? map.entries.get(key)?.value : undefined;
}

export function entriesOf(map: Tree | undefined): readonly (readonly [string, Entry])[] {
  return map?.kind === 'map' ? [...map.entries] : [];
}

export function itemsOf(list: Tree | undefined): readonly Tree[] {
  return list?.kind === 'list' ? list.items : [];
}

export function mapsOf(list: Tree | undefined): readonly MapTree[] {
  return itemsOf(list).filter((item) => item.kind === 'map');
}

export function scalarOf(map: Tree | undefined, key: string): ScalarTree | undefined {
  const field = fieldOf(map, key);
  return field?.kind === 'scalar' ? field : undefined;
}

export function textOf(map: Tree | undefined, key: string): string | undefined {
  const value = scalarOf(map, key)?.value;
  return typeof value === 'string' ? value.trim() : undefined;
}

export function numberOf(map: Tree | undefined, key: string): number | undefined {
  const value = scalarOf(map, key)?.value;
  return typeof value === 'number' ? value : undefined;
}

export function trueOf(map: Tree | undefined, key: string): boolean {
  return scalarOf(map, key)?.value === true;
}

/** The texts of a list field; a single text counts as a list of one. */
export function textsOf(map: Tree | undefined, key: string): readonly ScalarTree[] {
  const field = fieldOf(map, key);
  const items = field?.kind === 'scalar' ? [field] : itemsOf(field);
  return items.filter((item) => item.kind === 'scalar' && item.value !== null) as ScalarTree[];
}

/** The `id` of each map in a list, and where it stands. */
export function namesOf(
  list: Tree | undefined,
): readonly { readonly id: string; readonly at: Place }[] {
  return mapsOf(list).flatMap((map) => {
    const id = scalarOf(map, 'id');
    return id ? [{ id: id.source, at: id.at }] : [];
  });
}
