import type { RecordState } from '../domain/subject.js';
import { COMPANY, type RecordId } from '../domain/value.js';
import type { Situation } from './situation.js';

/** An attribute of a record, where it is a text. */
function textOf(record: RecordState | undefined, attribute: string): string | undefined {
  const value = record?.values[attribute]?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The name of a record or person as this account or the company knows it, where the asker may see it. */
export function nameOf(situation: Situation, id: RecordId): string | undefined {
  const { account, subjects } = situation;
  return seenText(situation, account.records[id] ?? subjects.get(COMPANY)?.records[id], 'name');
}

/** As {@link textOf}, where the asker may see it. */
export function seenText(
  { hidden }: Situation,
  record: RecordState | undefined,
  attribute: string,
): string | undefined {
  return hidden.has(`${record?.kind}.${attribute}`) ? undefined : textOf(record, attribute);
}

/** The rep who owns a record, else its account. */
export function ownerOf({ account }: Situation, record: RecordState): string | undefined {
  return textOf(record, 'owner') ?? textOf(account.records[account.key], 'owner');
}
