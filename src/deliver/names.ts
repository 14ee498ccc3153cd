import type { RecordState } from '../domain/subject.js';
import { COMPANY, type RecordId } from '../domain/value.js';
import type { Situation } from './situation.js';

/** An attribute of a record, where it is a text. */
export function textOf(record: RecordState | undefined, attribute: string): string | undefined {
  const value = record?.values[attribute]?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The name of a record or person as this account or the company knows it. */
export function nameOf({ account, subjects }: Situation, id: RecordId): string | undefined {
  return textOf(account.records[id] ?? subjects.get(COMPANY)?.records[id], 'name');
}

/** The rep who owns a record, else its account. */
export function ownerOf({ account }: Situation, record: RecordState): string | undefined {
  return textOf(record, 'owner') ?? textOf(account.records[account.key], 'owner');
}
