import { COMPANY, type RecordId } from '../domain/value.js';
import type { Situation } from './situation.js';

/** The name of a record or person as this account or the company knows it. */
export function nameOf({ account, subjects }: Situation, id: RecordId): string | undefined {
  const name = (account.records[id] ?? subjects.get(COMPANY)?.records[id])?.values.name?.value;
  return typeof name === 'string' ? name : undefined;
}
