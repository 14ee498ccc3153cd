import type { JsonObject, JsonValue } from '../domain/value.js';
import { isList, isMap, sameData } from './play-data.js';
import type { Item, Items } from './playbook-folder.js';
import { sentenceText } from './sentence.js';
import { toSentence } from './to-sentence.js';
import type { Vocabulary } from './vocabulary.js';
import { isNote } from './workbench.js';

/** What became of one thing of a playbook. */
export interface ItemChange {
  readonly id: string;
  /** Absent: it is new, or it has gone. */
  readonly before?: Item;
  readonly after?: Item;
}

/** What differs between two playbooks, plays first. */
export function changedItems(before: Items, after: Items): readonly ItemChange[] {
  const ids = [...new Set([...after.keys(), ...before.keys()])].filter((id) => !isNote(id));
  const changes = ids.flatMap((id): readonly ItemChange[] => {
    const [old, next] = [before.get(id), after.get(id)];
    if (old && next && old.body === next.body && sameData(old.data, next.data)) return [];
    return [{ id, ...(old && { before: old }), ...(next && { after: next }) }];
  });
  const rank = ({ id }: ItemChange): number => (id.startsWith('plays/') ? 0 : 1);
  return changes.sort((a, b) => rank(a) - rank(b));
}

/** All that a thing says, as it is read aloud: a play as its sentence. */
export function wholeText({ id, data, body }: Item, vocabulary: Vocabulary): string {
  if (id.startsWith('plays/'))
    return sentenceText(toSentence(data, vocabulary)).replaceAll(/[[\]]/g, '');
  return [inWords(data), body].filter((text) => text).join('\n');
}

/** What became of one field, which is named by the way to it. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Field by field, so far down as both have the same fields. */
export function changedFields(
  before: JsonObject,
  after: JsonObject,
  at: readonly string[] = [],
): readonly FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [before, after].map((map) =>
      Object.hasOwn(map, key) ? map[key] : undefined,
    );
    if (sameData(was, is)) return [];
    const here = [...at, key];
    if (isMap(was) && isMap(is)) return changedFields(was, is, here);
    return [{ field: here.join(', '), before: inWords(was), after: inWords(is) }];
  });
}

/** A value as it is read aloud. */
export function inWords(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (isList(value)) return value.map(inWords).join(', ');
  if (isMap(value))
    return Object.entries(value)
      .map(([key, held]) => `${key}: ${inWords(held)}`)
      .join('; ');
  return String(value);
}
