import { isMissing } from '../core/condition.js';
import type { Card, Decision, Verdict } from '../domain/decision.js';
import type { AttributeValue, RecordId } from '../domain/value.js';
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

/** Choices and flags of the account and the record in view that the asker may see: what a tip may go with. */
export function findTipAttributes(
  situation: Situation,
  record: RecordId,
): NonNullable<Decision['situation']> {
  const own = situation.account.records[record] ?? situation.account.records[situation.account.key];
  if (!own) return {};
  const { situated } = situation.look(own);
  const found: { [attribute: string]: AttributeValue } = {};
  for (const { id, type, of } of situation.attributes.values()) {
    if (
      (type !== 'choice' && type !== 'multi' && type !== 'boolean') ||
      (of !== 'account' && of !== own.kind)
    )
      continue;
    if (situation.hidden.has(id)) continue;
    const value = situated.get(id);
    if (!isMissing(value)) found[id] = value;
  }
  return found;
}
