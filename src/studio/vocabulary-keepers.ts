import { isList, isMap } from './play-data.js';
import type { Items } from './playbook-folder.js';

/** Who alone changes the vocabulary, as `vocabulary: { changedBy: [...] }` in playbook.yaml says; undefined: anybody. */
export function keepersOf(items: Items): readonly string[] | undefined {
  const setting = items.get('playbook.yaml')?.data.vocabulary;
  const names = isMap(setting) ? setting.changedBy : undefined;
  return isList(names) ? names.map(String) : undefined;
}

/** Addresses differ not by their case. */
export function mayChangeVocabulary(items: Items, author: string): boolean {
  const keepers = keepersOf(items);
  const own = author.trim().toLowerCase();
  return !keepers || keepers.some((name) => name.trim().toLowerCase() === own);
}
