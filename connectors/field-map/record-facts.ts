import { fingerprint } from '../../src/core/hash.js';
import { dayNumber } from '../../src/core/zone.js';
import type { Fact } from '../../src/domain/fact.js';
import {
  COMPANY,
  type JsonValue,
  kindOf,
  type RecordId,
  type RecordKind,
} from '../../src/domain/value.js';
import { type CellValue, findDamage, readCell, repairCell } from '../reading/read-cell.js';
import type { FactRule, FieldMap, Reference, Source, When } from './field-map.js';
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

/** The facts that the rules make of one record, and why others were not made. */
export function makeFacts(
  record: CrmRecord,
  resolved: ResolvedObject,
  context: FactContext,
): { readonly facts: readonly Fact[]; readonly reasons: readonly Reason[] } {
  const reasons = new Map<string, Reason>();
  const tell = (reason: Reason): void => {
    reasons.set(reason.reason, reason);
  };
  const reader: Reader = { record, resolved, context, tell };
  const facts = resolved.object.facts.flatMap((rule) =>
    record.gone
      ? endFacts(reader, rule)
      : rule.when.every((when) => holds(reader, when))
        ? (factOf(reader, rule) ?? [])
        : [],
  );
  return { facts, reasons: [...reasons.values()] };
}

interface Reader {
  readonly record: CrmRecord;
  readonly resolved: ResolvedObject;
  readonly context: FactContext;
  readonly tell: (reason: Reason) => void;
}

function factOf(reader: Reader, rule: FactRule): Fact | undefined {
  const { record, context, resolved, tell } = reader;
  const { map, now } = context;
  const account = rule.of && idOf(reader, { kind: 'account', fields: rule.of });
  if (rule.of && account === undefined) {
    tell({ reason: `it belongs to no account: ${rule.of.join(', ')} is empty` });
    return undefined;
  }
  const at = rule.at === undefined ? record.changedAt : momentOf(reader, rule.at);
  if (at === undefined) return undefined;
  if (at > now) {
    tell({ reason: `"${rule.at}" lies in the future; it is told when its time has come` });
    return undefined;
  }
  const values: { [name: string]: JsonValue } = {};
  for (const [name, source] of rule.set) {
    const value = readSource(reader, source);
    // No value takes one away from a record; of an activity it says nothing.
    if (value !== undefined && !(value === null && rule.activity !== undefined))
      values[name] = value;
  }
  const slot = `${map.connection}/${resolved.object.name}/${record.id}/${rule.name}`;
  const learnedAt = Math.max(at, record.changedAt);
  const grade = rule.grade ?? map.grade;
  if (rule.record !== undefined) {
    const self = `${map.connection}:${rule.record}:${record.id}`;
    return {
      id: `${slot}/${versionOf(map, record, values)}`,
      type: 'record-changed',
      subjects: subjectsOf(rule.record, self, account),
      about: [self],
      occurredAt: at,
      learnedAt,
      grade,
      source: { record: self },
      data: { values },
    };
  }
  const about = rule.about
    .map((reference) => idOf(reader, reference))
    .filter((id) => id !== undefined);
  const by = rule.by && idOf(reader, rule.by);
  const others = by === undefined ? about : [...about, by];
  const subjects = [account, ...others.filter((id) => kindOf(id) === 'contact')];
  return {
    id: slot,
    type: rule.activity ?? '',
    subjects: [...new Set(subjects.filter((id) => id !== undefined))],
    about: [...new Set([account, ...about].filter((id) => id !== undefined))],
    occurredAt: at,
    learnedAt,
    grade,
    ...(by === undefined ? {} : { by }),
    source: { record: account ?? COMPANY },
    data: values,
  };
}

/** Later changes sort behind earlier ones, and what a later revision of the map says behind what an earlier one said. */
function versionOf({ revision }: FieldMap, { changedAt }: CrmRecord, values: JsonValue): string {
  const at = new Date(changedAt).toISOString().replaceAll(/[-:.]/g, '');
  return `${at}-${String(revision).padStart(4, '0')}-${fingerprint(values).slice(0, 8)}`;
}

function endFacts(reader: Reader, rule: FactRule): readonly Fact[] {
  const { record, context, resolved } = reader;
  const { connection, grade } = context.map;
  if (rule.record === undefined) return [];
  const self = `${connection}:${rule.record}:${record.id}`;
  const account = rule.of && idOf(reader, { kind: 'account', fields: rule.of });
  const slot = `${connection}/${resolved.object.name}/${record.id}/${rule.name}`;
  const base = {
    about: [self],
    occurredAt: record.changedAt,
    learnedAt: record.changedAt,
    grade,
    source: { record: self },
  };
  const gone: Fact = {
    ...base,
    id: `${slot}/gone-${record.changedAt}`,
    type: 'record-deleted',
    subjects: subjectsOf(rule.record, self, account),
    data: {},
  };
  const merges = rule.record === 'account' || rule.record === 'contact';
  // Where no timeline knew it, there is nothing to tell.
  if (record.mergedInto === undefined || !merges) return gone.subjects.length > 0 ? [gone] : [];
  const into = `${connection}:${rule.record}:${record.mergedInto}`;
  const merged: Fact = {
    ...base,
    id: `${slot}/merged`,
    type: 'merged',
    subjects: [self],
    data: { into },
  };
  // The account that a merged contact was in learns that the contact is gone; the contact itself lives on in another.
  return account === undefined ? [merged] : [merged, { ...gone, subjects: [account] }];
}

function subjectsOf(
  kind: RecordKind,
  self: RecordId,
  account: RecordId | undefined,
): readonly RecordId[] {
  if (kind === 'product') return [COMPANY];
  const own = kind === 'opportunity' ? [] : [self];
  const above = account !== undefined ? [account] : kind === 'rep' ? [COMPANY] : [];
  return [...above, ...own];
}

function readField({ record, resolved, context, tell }: Reader, field: string): CellValue {
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

function readSource(reader: Reader, source: Source): JsonValue | undefined {
  if ('value' in source) return source.value;
  if ('kind' in source) return idOf(reader, source) ?? null;
  const cell = readField(reader, source.field);
  if (cell.kind === 'missing') return null;
  return cell.kind === 'value' ? cell.value : undefined;
}

function idOf(reader: Reader, { kind, fields }: Reference): RecordId | undefined {
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

function momentOf(reader: Reader, field: string): number | undefined {
  const cell = readField(reader, field);
  if (cell.kind === 'value' && cell.at !== undefined) return cell.at;
  if (cell.kind === 'missing') reader.tell({ reason: `"${field}", the time of it, is empty` });
  return undefined;
}

function holds(reader: Reader, { field, in: values, missing }: When): boolean {
  const cell = readField(reader, field);
  if (missing !== undefined) return (cell.kind === 'missing') === missing;
  return cell.kind === 'value' && (values?.includes(cell.text) ?? false);
}
