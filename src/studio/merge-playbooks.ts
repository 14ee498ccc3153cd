import type { JsonObject, JsonValue } from '../domain/value.js';
import { isMap, sameData } from './play-data.js';
import type { Item, Items } from './playbook-folder.js';

/** Two people changed the same words in different ways. */
export interface Conflict {
  /** The id of the item. */
  readonly item: string;
  /** Where in it: `trigger.becomes.stage`, `body`; empty for the item as a whole, which one of them took away. */
  readonly field: string;
  /** Absent where it was not there. */
  readonly base?: JsonValue;
  readonly mine?: JsonValue;
  readonly theirs?: JsonValue;
}

export interface Merged {
  /** What both changed. Where they conflict it is what was chosen, mine where nothing was. */
  readonly items: Items;
  readonly conflicts: readonly Conflict[];
}

/** Whose words stand where both changed the same. */
export type Choose = (conflict: Pick<Conflict, 'item' | 'field'>) => 'mine' | 'theirs';

/**
 * Brings together what two people changed since they had the same playbook: item by item and field by field. Changes of
 * different items and different fields go together by themselves; so do equal ones.
 */
export function mergePlaybooks(
  base: Items,
  mine: Items,
  theirs: Items,
  choose: Choose = () => 'mine',
): Merged {
  const conflicts: Conflict[] = [];
  const items = new Map<string, Item>();
  for (const id of new Set([...mine.keys(), ...theirs.keys()])) {
    const merged = mergeItem(id, base.get(id), mine.get(id), theirs.get(id), (conflict) => {
      conflicts.push(conflict);
      return choose(conflict);
    });
    if (merged) items.set(id, merged);
  }
  return { items, conflicts };
}

function mergeItem(
  id: string,
  base: Item | undefined,
  mine: Item | undefined,
  theirs: Item | undefined,
  tell: (conflict: Conflict) => 'mine' | 'theirs',
): Item | undefined {
  if (!mine || !theirs) {
    const left = mine ?? theirs;
    if (!base || !left) return left;
    if (sameItem(base, left)) return undefined;
    // One changed what the other took away.
    const chosen = tell({
      item: id,
      field: '',
      base: wordsOf(base),
      ...(mine && { mine: wordsOf(mine) }),
      ...(theirs && { theirs: wordsOf(theirs) }),
    });
    return chosen === 'mine' ? mine : theirs;
  }
  const put: Put = (field, was, my, their) => {
    const chosen = tell({
      item: id,
      field,
      ...(was !== undefined && { base: was }),
      ...(my !== undefined && { mine: my }),
      ...(their !== undefined && { theirs: their }),
    });
    return chosen === 'mine' ? my : their;
  };
  const data = mergeFields(base?.data ?? {}, mine.data, theirs.data, '', put);
  const body = mergeValue(base?.body, mine.body, theirs.body, 'body', put);
  const merged: Item = { ...mine, data, ...(typeof body === 'string' && { body }) };
  // Their keys stay in their order, so that what is theirs is no change of mine.
  return sameItem(merged, theirs) ? theirs : merged;
}

function sameItem(a: Item, b: Item): boolean {
  return a.body === b.body && sameData(a.data, b.data);
}

function wordsOf({ data, body }: Item): JsonValue {
  return body === undefined ? data : { ...data, body };
}

type Put = (
  field: string,
  base: JsonValue | undefined,
  mine: JsonValue | undefined,
  theirs: JsonValue | undefined,
) => JsonValue | undefined;

function mergeFields(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  place: string,
  put: Put,
): JsonObject {
  const merged: [string, JsonValue][] = [];
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, my, their] = [base, mine, theirs].map((one) =>
      Object.hasOwn(one, key) ? one[key] : undefined,
    );
    const value = mergeValue(was, my, their, place === '' ? key : `${place}.${key}`, put);
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged);
}

function mergeValue(
  base: JsonValue | undefined,
  mine: JsonValue | undefined,
  theirs: JsonValue | undefined,
  field: string,
  put: Put,
): JsonValue | undefined {
  if (sameData(mine, theirs) || sameData(base, theirs)) return mine;
  if (sameData(base, mine)) return theirs;
  if (isMap(base) && isMap(mine) && isMap(theirs) && !haveParted(base, mine, theirs))
    return mergeFields(base, mine, theirs, field, put);
  return put(field, base, mine, theirs);
}

/** Both changed which fields it has: taken together they could say what neither meant, such as two triggers. */
function haveParted(base: JsonObject, mine: JsonObject, theirs: JsonObject): boolean {
  const keys = (map: JsonObject): JsonValue => Object.keys(map).sort();
  const [was, my, their] = [keys(base), keys(mine), keys(theirs)];
  return !sameData(was, my) && !sameData(was, their) && !sameData(my, their);
}
