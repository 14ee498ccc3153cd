import { defined } from '../core/defined.js';
import { dayNumber, dayOfDate } from '../core/zone.js';
import { comparePositions, type Fact } from '../domain/fact.js';
import type { FactFilter } from '../domain/playbook.js';
import type { Accumulator, Evidence, Known, RecordState, Subject } from '../domain/subject.js';
import {
  type AttributeValue,
  isMoney,
  type JsonObject,
  type JsonValue,
  kindOf,
  type RecordId,
  type RecordKind,
} from '../domain/value.js';
import type { AttributePlan, DerivedAttribute } from './attribute-plan.js';
import { toEvidence } from './evidence.js';

export type Records = Subject['records'];
export type Rates = Subject['rates'];

export interface Folded {
  readonly records: Records;
  readonly rates: Rates;
}

/**
 * One fact into the attributes of a subject. Only the records it touches are new objects; without an effect the very
 * same objects come back. What it makes does not depend on the order in which facts arrive, except that an activity
 * that names no opportunity concerns those opportunities that are known when it is folded.
 */
export function foldFact(before: Folded, fact: Fact, plan: AttributePlan): Folded {
  const first = fact.about[0];
  if (fact.type === 'rate') return foldRate(before, fact, plan);
  let records = before.records;
  if (first !== undefined && fact.type === 'record-changed') {
    records = foldChange(before, first, fact, plan);
  } else if (first !== undefined && fact.type === 'record-deleted') {
    const record = records[first] ?? emptyRecord(first);
    const { id, occurredAt } = fact;
    if (!Object.values(record.values).some(({ at }) => comparePositions(at, fact) > 0))
      records = { ...records, [first]: { ...record, deleted: { occurredAt, id } } };
  }
  const changed = foldDerived(records, fact, before.rates, plan);
  if (changed.size > 0) records = { ...records, ...Object.fromEntries(changed) };
  return records === before.records ? before : { records, rates: before.rates };
}

/** Records of which the fact moves derived attributes, as they are then. */
function foldDerived(
  records: Records,
  fact: Fact,
  rates: Rates,
  plan: AttributePlan,
): ReadonlyMap<RecordId, RecordState> {
  const changed = new Map<RecordId, RecordState & { derived: { [bare: string]: Accumulator } }>();
  const byKind = new Map<RecordKind, readonly RecordId[]>();
  for (const attribute of plan.byFactType.get(fact.type) ?? []) {
    const { bare, derive, of } = attribute;
    if (!passes(fact, derive.facts)) continue;
    let ids = byKind.get(of);
    if (!ids) {
      ids = concerned(fact, of, records);
      byKind.set(of, ids);
    }
    for (const id of ids) {
      const own = changed.get(id);
      const record = own ?? records[id] ?? emptyRecord(id);
      const earlier = record.derived[bare];
      const later = accumulate(earlier ?? {}, fact, attribute, rates, plan);
      if (later === earlier) continue;
      if (own) own.derived[bare] = later;
      else changed.set(id, { ...record, derived: { ...record.derived, [bare]: later } });
    }
  }
  return changed;
}

const emptyRecord = (id: RecordId): RecordState => ({
  id,
  kind: kindOf(id),
  values: {},
  derived: {},
});

function foldRate(before: Folded, { data, occurredAt }: Fact, plan: AttributePlan): Folded {
  const { from, to, rate } = data;
  if (to !== plan.currency || typeof from !== 'string' || !(Number(rate) > 0)) return before;
  const dated = { ...before.rates[from], [dayNumber(occurredAt, plan.zone)]: Number(rate) };
  return { records: before.records, rates: { ...before.rates, [from]: dated } };
}

function foldChange(
  { records, rates }: Folded,
  id: RecordId,
  fact: Fact,
  plan: AttributePlan,
): Records {
  const { occurredAt, grade, source, by } = fact;
  const { deleted, ...record } = records[id] ?? emptyRecord(id);
  const values: { [attribute: string]: Known } = { ...record.values };
  const at = { occurredAt, id: fact.id };
  for (const [bare, raw] of Object.entries((fact.data.values ?? {}) as JsonObject)) {
    const earlier = Object.hasOwn(values, bare) ? values[bare] : undefined;
    if (earlier && comparePositions(earlier.at, fact) > 0) continue;
    const value = toValue(raw, fact, rates, plan);
    if (value === undefined) {
      delete values[bare];
      continue;
    }
    const same = earlier && isSame(earlier.value, value);
    values[bare] = defined({
      value,
      at,
      grade,
      since: same ? earlier.since : occurredAt,
      source,
      by,
    });
  }
  const stays = deleted && comparePositions(deleted, fact) > 0 ? deleted : undefined;
  return { ...records, [id]: defined({ ...record, values, deleted: stays }) };
}

const isSame = (a: AttributeValue, b: AttributeValue): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** What a fact says as an attribute holds it. Money without a rate for its day is unknown. */
function toValue(
  raw: JsonValue | undefined,
  { occurredAt }: Fact,
  rates: Rates,
  { currency, zone }: AttributePlan,
): AttributeValue | undefined {
  if (isMoney(raw)) {
    if (raw.currency === currency) return raw.amountMinor;
    const dated = rates[raw.currency] ?? {};
    const today = dayNumber(occurredAt, zone);
    const days = Object.keys(dated).filter((day) => +day <= today);
    const rate = dated[Math.max(...days.map(Number))];
    return rate === undefined ? undefined : Math.round(raw.amountMinor * rate);
  }
  if (Array.isArray(raw)) return raw.filter((item) => typeof item === 'string');
  return typeof raw === 'object' ? undefined : raw;
}

function passes(fact: Fact, filter: FactFilter): boolean {
  if (filter.grades && !filter.grades.includes(fact.grade)) return false;
  if (filter.by && sideOf(fact) !== filter.by) return false;
  for (const [field, wanted] of Object.entries(filter.where ?? {})) {
    const held = fact.data[field];
    const matches = Array.isArray(held)
      ? held.some((item) => wanted.includes(item))
      : wanted.includes(held as AttributeValue);
    if (!matches) return false;
  }
  return true;
}

/** Who acted: the buyer, the seller, or nobody we know. */
function sideOf(fact: Fact): 'buyer' | 'seller' | undefined {
  if (fact.by === undefined) return undefined;
  return kindOf(fact.by) === 'contact' ? 'buyer' : 'seller';
}

/** The records of this subject whose derived attributes the fact moves. */
function concerned(
  { about, subjects }: Fact,
  of: RecordKind,
  records: Records,
): readonly RecordId[] {
  const isOfKind = (id: RecordId): boolean => kindOf(id) === of;
  const pool = about.some(isOfKind)
    ? about
    : of === 'opportunity'
      ? Object.keys(records)
      : subjects;
  return [...new Set(pool)].filter(
    (id) => isOfKind(id) && (id in records || subjects.includes(id)),
  );
}

function fieldOf(fact: Fact, field: string): JsonValue | undefined {
  if (field === 'type') return fact.type;
  if (field === 'by') return sideOf(fact);
  if (field === 'contact') return fact.about.find((id) => kindOf(id) === 'contact');
  return Object.hasOwn(fact.data, field) ? fact.data[field] : undefined;
}

const comesBefore = (a: Evidence, b: Evidence): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.fact < b.fact);

function accumulate(
  earlier: Accumulator,
  fact: Fact,
  { derive }: DerivedAttribute,
  rates: Rates,
  plan: AttributePlan,
): Accumulator {
  const { op } = derive;
  const day = dayNumber(fact.occurredAt, plan.zone);
  const field =
    'field' in derive ? toValue(fieldOf(fact, derive.field), fact, rates, plan) : undefined;
  const evidence = toEvidence(fact, field);
  const isLast = !earlier.last || comesBefore(earlier.last, evidence);
  const last = isLast ? evidence : earlier.last;
  if (op === 'days-since') return isLast ? { last } : earlier;
  if (op === 'last') return isLast && field !== undefined ? { last } : earlier;
  if (op === 'first') {
    const isFirst = !earlier.first || comesBefore(evidence, earlier.first);
    return isFirst && field !== undefined ? { first: evidence } : earlier;
  }
  if (op === 'days-until') {
    if (typeof field !== 'string' || Number.isNaN(momentOf(evidence))) return earlier;
    return { last, ahead: insertAhead(earlier.ahead ?? [], evidence) };
  }
  if (op === 'distinct') {
    if (typeof field !== 'string' && typeof field !== 'number') return earlier;
    const seen = new Map(Object.entries(earlier.seen ?? {}));
    seen.set(String(field), Math.max(day, seen.get(String(field)) ?? day));
    return { last, seen: Object.fromEntries(seen) };
  }
  const amount = op === 'count' ? 1 : typeof field === 'number' ? field : 0;
  if (!('days' in derive) || derive.days === undefined)
    return { last, total: (earlier.total ?? 0) + amount };
  return { last, days: addDay(earlier.days ?? {}, day, amount, derive.days) };
}

/** Days that left the window before the newest one are dropped, so that the ring stays bounded. */
function addDay(
  days: NonNullable<Accumulator['days']>,
  day: number,
  amount: number,
  window: number,
): NonNullable<Accumulator['days']> {
  const next: { [day: number]: number } = { ...days, [day]: (days[day] ?? 0) + amount };
  let newest = day;
  for (const key in days) newest = Math.max(newest, +key);
  for (const key in next) if (+key <= newest - window) delete next[+key];
  return next;
}

/** The day that a date or a moment names, in the zone; NaN when it names none. */
export function dayOfText(text: string, zone: string): number {
  const day = dayOfDate(text);
  if (!Number.isNaN(day)) return day;
  const at = Date.parse(text);
  return Number.isNaN(at) ? Number.NaN : dayNumber(at, zone);
}

const momentOf = ({ value }: Evidence): number => Date.parse(String(value));

function insertAhead(ahead: readonly Evidence[], evidence: Evidence): readonly Evidence[] {
  return [...ahead, evidence]
    .filter((one) => momentOf(one) > evidence.occurredAt - 2 * 86_400_000)
    .sort((a, b) => momentOf(a) - momentOf(b) || (comesBefore(a, b) ? -1 : 1))
    .slice(0, 20);
}
