import type { Item, Items } from './playbook-folder.js';
import type { Use } from './vocabulary-uses.js';

/** What kinds of items a person tells apart. */
export type ItemGroup =
  | 'plays'
  | 'contents'
  | 'machines'
  | 'attributes'
  | 'products'
  | 'settings'
  | 'maps';

const FOLDERS: readonly (readonly [string, ItemGroup])[] = [
  ['plays/', 'plays'],
  ['content/', 'contents'],
  ['machines/', 'machines'],
];

function groupOf({ file, list }: Item): ItemGroup {
  if (list === 'attributes' || list === 'products') return list;
  const folder = FOLDERS.find(([start]) => file.startsWith(start));
  if (folder) return folder[1];
  return file === 'playbook.yaml' ? 'settings' : 'maps';
}

/** How many items of each kind differ, those that were added or went away among them. */
export function countChanges(before: Items, after: Items): ReadonlyMap<ItemGroup, number> {
  const changed = [...after]
    .filter(([id, item]) => before.get(id) !== item)
    .map(([, item]) => item);
  const gone = [...before].filter(([id]) => !after.has(id)).map(([, item]) => item);
  return countGroups([...changed, ...gone]);
}

/** How many items of each kind use something. */
export function countUses(uses: readonly Use[]): ReadonlyMap<ItemGroup, number> {
  return countGroups([...new Set(uses.map(({ item }) => item))]);
}

function countGroups(items: readonly Item[]): ReadonlyMap<ItemGroup, number> {
  const counts = new Map<ItemGroup, number>();
  for (const item of items) counts.set(groupOf(item), (counts.get(groupOf(item)) ?? 0) + 1);
  return counts;
}
