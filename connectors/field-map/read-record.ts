import { dayNumber } from '../../src/core/zone.js';
import type { JsonValue, RecordId, RecordKind } from '../../src/domain/value.js';
import { type CellValue, findDamage, readCell, repairCell } from '../reading/read-cell.js';
import type { FieldMap, Reference, Source, When } from './field-map.js';
import type { ResolvedObject } from './resolve-field-map.js';

/** One record of the CRM, every value as text. */
export interface CrmRecord {
  readonly id: string;
  /** Epoch milliseconds at which the CRM last changed it. */
  readonly changedAt: number;
  /** Undefined and empty are both "no value". */
  readonly read: (field: string) => string | undefined;
  readonly gone: boolean;
  /** The record that took over all that hung on it. */
  readonly mergedInto?: string;
}

export interface FactContext {
  readonly map: FieldMap;
  readonly now: number;
  /** What an id of this CRM names, where the id tells; undefined: it does not. */
  readonly kindOfId?: (id: string) => RecordKind | 'other' | undefined;
}

export interface Reason {
  readonly reason: string;
  readonly detail?: string;
}

/** A record, what reads it, and who is told why something of it was not read. */
export interface Reader {
  readonly record: CrmRecord;
  readonly resolved: ResolvedObject;
  readonly context: FactContext;
  readonly tell: (reason: Reason) => void;
}

export function readField({ record, resolved, context, tell }: Reader, field: string): CellValue {
  const column = resolved.columns.get(field);
  const raw = record.read(field);
  if (!column) return { kind: 'missing' };
  const damage = raw === undefined ? undefined : findDamage(raw);
  if (damage !== undefined) {
    tell({ reason: `"${field}" ${damage}` });
    return { kind: 'problem', reason: damage };
  }
  const held = repairCell(raw ?? '', column, []);
  const currency = record.read(resolved.currencies.get(field) ?? '') || context.map.currency;
  const { zone } = context.map;
  const text = column.type === 'date' ? dayOf(held?.text, zone) : held?.text;
  const cell = readCell(text, column, {
    zone,
    empty: [],
    ...(currency === undefined ? {} : { currency }),
  });
  if (cell.kind === 'problem') tell(cell);
  return cell;
}

/** The day that a moment falls on where the map says; a text that is a day, or none, stays as it is. */
function dayOf(text: string | undefined, zone: string): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return text;
  const at = Date.parse(text);
  return Number.isNaN(at)
    ? text
    : new Date(dayNumber(at, zone) * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

export function readSource(reader: Reader, source: Source): JsonValue | undefined {
  if ('value' in source) return source.value;
  if ('kind' in source) return idOf(reader, source) ?? null;
  const cell = readField(reader, source.field);
  if (cell.kind === 'missing') return null;
  return cell.kind === 'value' ? cell.value : undefined;
}

export function idOf(reader: Reader, { kind, fields }: Reference): RecordId | undefined {
  const { record, context } = reader;
  for (const field of fields) {
    const id = record.read(field)?.trim();
    if (id === undefined || id === '' || /[\s|]/.test(id)) continue;
    // A field may name records of several kinds: another rule is for those.
    const named = context.kindOfId?.(id);
    if (named === undefined || named === kind) return `${context.map.connection}:${kind}:${id}`;
  }
  return undefined;
}

export function momentOf(reader: Reader, field: string): number | undefined {
  const cell = readField(reader, field);
  if (cell.kind === 'value' && cell.at !== undefined) return cell.at;
  if (cell.kind === 'missing') reader.tell({ reason: `"${field}", the time of it, is empty` });
  return undefined;
}

export function holds(reader: Reader, { field, in: values, missing }: When): boolean {
  const cell = readField(reader, field);
  if (missing !== undefined) return (cell.kind === 'missing') === missing;
  return cell.kind === 'value' && (values?.includes(cell.text) ?? false);
}
