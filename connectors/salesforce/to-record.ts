import type { CrmRecord } from '../field-map/read-record.js';
import type { RowText } from './read-pages.js';

export const STAMP = 'SystemModstamp';

export function toRecord(row: RowText): CrmRecord {
  const mergedInto = row.get('MasterRecordId');
  return {
    id: row.get('Id') ?? '',
    changedAt: Date.parse(row.get(STAMP) ?? ''),
    read: (field) => row.get(field),
    gone: row.get('IsDeleted') === 'true',
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}

/** When it, or what decides over it, was last changed. */
export function stampOf(row: RowText, stamps: readonly string[]): number {
  const own = Date.parse(row.get(STAMP) ?? '');
  const others = stamps.map((path) => Date.parse(row.get(path) ?? '')).filter((at) => at > 0);
  return Math.max(own, ...others);
}
