import { dayNumber, dayOfDate } from '../core/zone.js';
import { type Mutable, put, putDeleted, type RecordsDraft } from '../domain/draft.js';
import { comparePositions, type Fact } from '../domain/fact.js';
import type { FactFilter } from '../domain/playbook.js';
import type { Accumulator, Evidence, Known, Subject } from '../domain/subject.js';
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

/** What facts are folded into. */
export interface Folding extends RecordsDraft {
  rates: Rates;
}

/**
 * One fact into the attributes of a subject. What it makes does not depend on the order in which facts arrive, except
 * that an activity that names no opportunity concerns those opportunities that are known when it is folded.
 */
export function foldFact(folding: Folding, fact: Fact, plan: AttributePlan): void {
  const first = fact.about[0];
  if (fact.type === 'rate') {
    foldRate(folding, fact, plan);
    return;
  }
  if (first !== undefined && fact.type === 'record-changed') foldChange(folding, first, fact, plan);
  else if (first !== undefined && fact.type === 'record-deleted') {
    const { id, occurredAt } = fact;
    const values = Object.values(folding.records[first]?.values ?? {});
    if (!values.some(({ at }) => comparePositions(at, fact) > 0))
      putDeleted(folding, first, { occurredAt, id });
  }
  foldDerived(folding, fact, plan);
}

/** Into the derived attributes that the fact moves. */
function foldDerived(folding: Folding, fact: Fact, plan: AttributePlan): void {
  const moved = plan.byFactType.get(fact.type);
  if (!moved) return;
  const day = dayNumber(fact.occurredAt, plan.zone);
  const evidence = toEvidence(fact);
  let kind: RecordKind | undefined;
  let ids: readonly RecordId[] = [];
  for (const attribute of moved) {
    const { bare, derive, of } = attribute;
    if (!passes(fact, derive.facts)) continue;
    if (of !== kind) {
      kind = of;
      ids = concerned(fact, of, folding.records);
    }
    for (const id of ids) {
      const earlier = folding.records[id]?.derived[bare];
      const later = accumulate(earlier, { fact, day, evidence }, attribute, folding, plan);
      if (later) put(folding, id, 'derived', bare, later);
    }
  }
}

function foldRate(folding: Folding, { data, occurredAt }: Fact, plan: AttributePlan): void {
  const { from, to, rate } = data;
  if (to !== plan.currency || typeof from !== 'string' || !(Number(rate) > 0)) return;
  const dated = { ...folding.rates[from], [dayNumber(occurredAt, plan.zone)]: Number(rate) };
  folding.rates = { ...folding.rates, [from]: dated };
}

function foldChange(folding: Folding, id: RecordId, fact: Fact, plan: AttributePlan): void {
  const { occurredAt, grade, source, by, data } = fact;
  const deleted = folding.records[id]?.deleted;
  // What is written is there, also where nothing is written of it.
  if (!folding.records[id] || (deleted && comparePositions(deleted, fact) <= 0))
    putDeleted(folding, id, undefined);
  const at = { occurredAt, id: fact.id };
  const told = (data.values ?? {}) as JsonObject;
  for (const bare in told) {
    const values = folding.records[id]?.values ?? {};
    const earlier = Object.hasOwn(values, bare) ? values[bare] : undefined;
    if (earlier && comparePositions(earlier.at, fact) > 0) continue;
    const value = toValue(told[bare], fact, folding.rates, plan);
    if (value === undefined) {
      if (earlier) put(folding, id, 'values', bare, undefined);
      continue;
    }
    const same = earlier !== undefined && isSame(earlier.value, value);
    const known: Mutable<Known> = { value, at, grade, since: same ? earlier.since : occurredAt };
    if (source !== undefined) known.source = source;
    if (by !== undefined) known.by = by;
    put(folding, id, 'values', bare, known, same);
  }
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
  const { where } = filter;
  for (const field in where) {
    const wanted = where[field] as readonly AttributeValue[];
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
  const found: RecordId[] = [];
  for (const id of pool)
    if (isOfKind(id) && !found.includes(id) && (id in records || subjects.includes(id)))
      found.push(id);
  return found;
}

function fieldOf(fact: Fact, field: string): JsonValue | undefined {
  if (field === 'type') return fact.type;
  if (field === 'by') return sideOf(fact);
  if (field === 'contact') return fact.about.find((id) => kindOf(id) === 'contact');
  return Object.hasOwn(fact.data, field) ? fact.data[field] : undefined;
}

const comesBefore = (a: Evidence, b: Evidence): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.fact < b.fact);

/** A fact on its way into accumulators. */
interface Told {
  readonly fact: Fact;
  readonly day: number;
  readonly evidence: Evidence;
}

/** Undefined where it moves nothing. */
function accumulate(
  earlier: Accumulator | undefined,
  { fact, day, evidence: told }: Told,
  { derive }: DerivedAttribute,
  folding: Folding,
  plan: AttributePlan,
): Accumulator | undefined {
  const { op } = derive;
  const field =
    'field' in derive ? toValue(fieldOf(fact, derive.field), fact, folding.rates, plan) : undefined;
  const evidence = field === undefined ? told : toEvidence(fact, field);
  const isLast = !earlier?.last || comesBefore(earlier.last, evidence);
  const last = isLast ? evidence : (earlier?.last ?? evidence);
  if (op === 'days-since') return isLast ? { last } : undefined;
  if (op === 'last') return isLast && field !== undefined ? { last } : undefined;
  if (op === 'first') {
    const isFirst = !earlier?.first || comesBefore(evidence, earlier.first);
    return isFirst && field !== undefined ? { first: evidence } : undefined;
  }
  if (op === 'days-until') {
    if (typeof field !== 'string' || Number.isNaN(momentOf(evidence))) return undefined;
    return { last, ahead: insertAhead(earlier?.ahead ?? [], evidence) };
  }
  if (op === 'distinct') {
    if (typeof field !== 'string' && typeof field !== 'number') return undefined;
    const before = earlier?.seen ?? {};
    const known = Object.hasOwn(before, field) ? before[field] : undefined;
    const own = ownOf(earlier, folding) ?? { last, seen: { ...before } };
    own.last = last;
    (own.seen as { [value: string]: number })[field] = Math.max(day, known ?? day);
    return keep(own, folding);
  }
  const amount = op === 'count' ? 1 : typeof field === 'number' ? field : 0;
  if (!('days' in derive) || derive.days === undefined)
    return { last, total: (earlier?.total ?? 0) + amount };
  const newest = isLast ? day : dayNumber(last.occurredAt, plan.zone);
  const own = ownOf(earlier, folding) ?? { last, days: { ...earlier?.days } };
  own.last = last;
  addDay(own.days as { [day: number]: number }, day, amount, newest - derive.days);
  return keep(own, folding);
}

/** Where it may be changed in place. */
function ownOf(
  earlier: Accumulator | undefined,
  { own }: Folding,
): Mutable<Accumulator> | undefined {
  return earlier && own.has(earlier) ? earlier : undefined;
}

function keep(accumulator: Accumulator, { own, forgetful }: Folding): Accumulator {
  if (forgetful) own.add(accumulator);
  return accumulator;
}

/** Days that left the window before the newest one are dropped, so that the ring stays bounded. */
function addDay(
  days: { [day: number]: number },
  day: number,
  amount: number,
  lastGone: number,
): void {
  const known = days[day];
  days[day] = (known ?? 0) + amount;
  if (known !== undefined) return;
  // Keys that are whole numbers come in ascending order.
  for (const key in days) {
    if (+key > lastGone) return;
    delete days[+key];
  }
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
