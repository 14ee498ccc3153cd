import type { JsonObject } from '../domain/value.js';
import { fieldWords, valueWords } from './field-words.js';
import { isMap, sameData } from './play-data.js';
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
  return [valueWords(data, [], vocabulary), body].filter((text) => text).join('\n');
}

/** What became of one field, in words. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Field by field, so far down as both have the same fields. */
export function changedFields(
  before: JsonObject,
  after: JsonObject,
  vocabulary: Vocabulary,
  at: readonly string[] = [],
): readonly FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [before, after].map((map) =>
      Object.hasOwn(map, key) ? map[key] : undefined,
    );
    if (sameData(was, is)) return [];
    const here = [...at, key];
    if (isMap(was) && isMap(is)) return changedFields(was, is, vocabulary, here);
    return [
      {
        field: fieldWords(here, vocabulary),
        before: valueWords(was, here, vocabulary),
        after: valueWords(is, here, vocabulary),
      },
    ];
  });
}
