import type { Card, Verdict } from '../domain/decision.js';
import type { RecordId } from '../domain/value.js';
import { nameOf } from './names.js';
import type { Situation } from './situation.js';

/** Names of the records and people that cards and verdicts mention, as far as they are known. */
export function findNames(
  situation: Situation,
  record: RecordId,
  cards: readonly Card[],
  verdicts: readonly Verdict[],
): { [id: RecordId]: string } {
  const ids = new Set<RecordId>();
  const said = [situation.account.key, situation.asker, record, cards, verdicts];
  JSON.stringify(said, (_, value) => {
    if (typeof value === 'string' && value.includes(':')) ids.add(value);
    return value;
  });
  const names: { [id: RecordId]: string } = {};
  for (const id of [...ids].sort()) {
    const name = nameOf(situation, id);
    if (name !== undefined) names[id] = name;
  }
  return names;
}
