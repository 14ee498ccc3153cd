import { defined } from '../core/defined.js';
import { dayNumber, dayOfDate } from '../core/zone.js';
import type { Fact } from '../domain/fact.js';
import type { FactFilter } from '../domain/playbook.js';
import type { Accumulator, Evidence, Known, RecordState, Subject } from '../domain/subject.js';
import {
  type AttributeValue,
  isMoney,
  type JsonValue,
  kindOf,
  type RecordId,
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
    records = foldChange(records, first, fact, before.rates, plan);
  } else if (first !== undefined && fact.type === 'record-deleted') {
    const record = records[first] ?? emptyRecord(first);
    records = { ...records, [first]: { ...record, deleted: true } };
  }
  for (const derived of plan.byFactType.get(fact.type) ?? []) {
    if (!passes(fact, derived.derive.facts)) continue;
    for (const id of concerned(fact, derived, records)) {
      const record = records[id] ?? emptyRecord(id);
      const earlier = record.derived[derived.bare];
      const later = accumulate(earlier ?? {}, fact, derived, before.rates, plan);
      if (later === earlier) continue;
      records = {
        ...records,
        [id]: { ...record, derived: { ...record.derived, [derived.bare]: later } },
      };
    }
  }
  return records === before.records ? before : { records, rates: before.rates };
}

const emptyRecord = (id: RecordId): RecordState => ({
  id,
  kind: kindOf(id),
  values: {},
  derived: {},
});

function foldRate(before: Folded, fact: Fact, plan: AttributePlan): Folded {
  const { from, to, rate } = fact.data;
  if (to !== plan.currency || typeof from !== 'string' || typeof rate !== 'number' || !(rate > 0))
    return before;
  const dated = { ...before.rates[from], [dayNumber(fact.occurredAt, plan.zone)]: rate };
  return { records: before.records, rates: { ...before.rates, [from]: dated } };
}

function foldChange(
  records: Records,
  id: RecordId,
  fact: Fact,
  rates: Rates,
  plan: AttributePlan,
): Records {
  const record = records[id] ?? emptyRecord(id);
  const changes = fact.data.values;
  const values: { [attribute: string]: Known } = { ...record.values };
  const at = { occurredAt: fact.occurredAt, id: fact.id };
  for (const [bare, raw] of Object.entries((changes ?? {}) as { [bare: string]: JsonValue })) {
    const earlier = Object.hasOwn(values, bare) ? values[bare] : undefined;
    if (
      earlier &&
      (earlier.at.occurredAt > at.occurredAt ||
        (earlier.at.occurredAt === at.occurredAt && earlier.at.id > at.id))
    )
      continue;
    const value = raw === null ? undefined : toValue(raw, fact.occurredAt, rates, plan);
    if (value === undefined) {
      delete values[bare];
      continue;
    }
    const same = earlier !== undefined && sameValue(earlier.value, value);
    values[bare] = defined({
      value,
      at,
      grade: fact.grade,
      since: same ? earlier.since : fact.occurredAt,
      source: fact.source,
      by: fact.by,
    });
  }
  // A record that is written again after it was deleted is there again.
  const { deleted: _, ...kept } = record;
  return { ...records, [id]: { ...kept, values } };
}

function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  return (
    a === b ||
    (Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => item === b[i]))
  );
}

/** What a fact says as an attribute holds it. Money without a rate for its day is unknown. */
function toValue(
  raw: JsonValue | undefined,
  at: number,
  rates: Rates,
  plan: AttributePlan,
): AttributeValue | undefined {
  if (isMoney(raw)) {
    if (raw.currency === plan.currency) return raw.amountMinor;
    const rate = rateOn(rates[raw.currency], dayNumber(at, plan.zone));
    return rate === undefined ? undefined : Math.round(raw.amountMinor * rate);
  }
  if (Array.isArray(raw)) return raw.filter((item) => typeof item === 'string');
  return typeof raw === 'object' || raw === undefined ? undefined : raw;
}

function rateOn(
  dated: { readonly [day: number]: number } | undefined,
  day: number,
): number | undefined {
  let best: number | undefined;
  let bestDay = Number.NEGATIVE_INFINITY;
  for (const [key, rate] of Object.entries(dated ?? {})) {
    if (+key <= day && +key > bestDay) {
      best = rate;
      bestDay = +key;
    }
  }
  return best;
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

/** The records of this subject whose derived attribute the fact moves. */
function concerned(fact: Fact, derived: DerivedAttribute, records: Records): readonly RecordId[] {
  const named = fact.about.filter((id) => kindOf(id) === derived.of);
  if (derived.of !== 'opportunity') {
    const own = named.length > 0 ? named : fact.subjects.filter((id) => kindOf(id) === derived.of);
    return own.filter((id) => id in records || fact.subjects.includes(id));
  }
  if (named.length > 0) return named.filter((id) => id in records);
  return Object.keys(records).filter((id) => kindOf(id) === 'opportunity');
}

function fieldOf(fact: Fact, field: string): JsonValue | undefined {
  if (field === 'type') return fact.type;
  if (field === 'by') return sideOf(fact);
  if (field === 'contact') return fact.about.find((id) => kindOf(id) === 'contact');
  return Object.hasOwn(fact.data, field) ? fact.data[field] : undefined;
}

const before = (a: Evidence, b: Evidence): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.fact < b.fact);

function accumulate(
  earlier: Accumulator,
  fact: Fact,
  { derive }: DerivedAttribute,
  rates: Rates,
  plan: AttributePlan,
): Accumulator {
  const day = dayNumber(fact.occurredAt, plan.zone);
  const field =
    'field' in derive
      ? toValue(fieldOf(fact, derive.field), fact.occurredAt, rates, plan)
      : undefined;
  const evidence = toEvidence(fact, field);
  const last = earlier.last && !before(earlier.last, evidence) ? earlier.last : evidence;
  const { op } = derive;
  if (op === 'days-since') return last === earlier.last ? earlier : { last };
  if (op === 'first') {
    if (field === undefined || (earlier.first && before(earlier.first, evidence))) return earlier;
    return { first: evidence };
  }
  if (op === 'last') return field === undefined || last === earlier.last ? earlier : { last };
  if (op === 'days-until') {
    if (typeof field !== 'string' || Number.isNaN(Date.parse(field))) return earlier;
    return { last, ahead: insertAhead(earlier.ahead ?? [], evidence) };
  }
  if (op === 'distinct') {
    if (typeof field !== 'string' && typeof field !== 'number') return earlier;
    const key = String(field);
    return { last, seen: { ...earlier.seen, [key]: Math.max(day, earlier.seen?.[key] ?? day) } };
  }
  const amount = op === 'count' ? 1 : typeof field === 'number' ? field : 0;
  if (!('days' in derive) || derive.days === undefined)
    return { last, total: (earlier.total ?? 0) + amount };
  return { last, days: addDay(earlier.days, day, amount, derive.days) };
}

/** Days that left the window before the newest one are dropped, so that the ring stays bounded. */
function addDay(
  days: Accumulator['days'],
  day: number,
  amount: number,
  window: number,
): NonNullable<Accumulator['days']> {
  const next: { [day: number]: number } = { ...days, [day]: (days?.[day] ?? 0) + amount };
  const keys = Object.keys(next);
  if (keys.length <= window) return next;
  const newest = Math.max(...keys.map(Number));
  return Object.fromEntries(Object.entries(next).filter(([key]) => +key > newest - window));
}

/** The day that a date or a moment names, in the zone; NaN when it names none. */
export function dayOfText(text: string, zone: string): number {
  const day = dayOfDate(text);
  if (!Number.isNaN(day)) return day;
  const at = Date.parse(text);
  return Number.isNaN(at) ? Number.NaN : dayNumber(at, zone);
}

function insertAhead(ahead: readonly Evidence[], evidence: Evidence): readonly Evidence[] {
  const key = (item: Evidence): number => Date.parse(String(item.value));
  return [...ahead, evidence].sort((a, b) => key(a) - key(b) || (before(a, b) ? -1 : 1)).slice(-20);
}
