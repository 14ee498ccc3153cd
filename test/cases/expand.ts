import { dateOfDay, dayNumber, startOfDay } from '../../src/core/zone.js';
import type { Fact, Grade } from '../../src/domain/fact.js';
import type { Response } from '../../src/domain/response.js';
import {
  COMPANY,
  type JsonObject,
  type JsonValue,
  type RecordId,
  type RecordKind,
} from '../../src/domain/value.js';

/** One line of a timeline as a person writes it; README.md beside this file says what each field means. */
export type Line = { readonly at: string } & (
  | { readonly record: string; readonly values: JsonObject }
  | {
      readonly did: string;
      readonly by?: string;
      readonly with?: readonly string[];
      readonly on?: readonly string[];
      readonly data?: JsonObject;
      readonly grade?: Grade;
    }
  | { readonly answer: 'done' | 'not-relevant'; readonly reason?: string; readonly value?: string }
);

export interface PlayCase {
  readonly name: string;
  readonly play: string;
  /** The record that the play is about; the account or the deal when left out. */
  readonly record?: string;
  /** Who looks; `maya` when left out. */
  readonly asker?: string;
  readonly arm?: 'guided' | 'holdout';
  readonly setup: readonly Line[];
  readonly then?: readonly Line[];
  readonly expect: {
    readonly status: 'shown' | 'withdrawn' | 'stopped';
    readonly stage?: string;
    readonly because?: string;
    readonly rank?: number;
    readonly margin?: number;
  };
}

export interface CaseTable {
  /** ISO 8601 UTC: the moment at which the look is taken. */
  readonly now: string;
  readonly zone: string;
  readonly records: { readonly [name: string]: RecordKind };
  readonly base: readonly Line[];
  readonly cases: readonly PlayCase[];
}

export type Step =
  | { readonly at: number; readonly fact: Fact }
  | { readonly at: number; readonly response: Response };

/** The record that a name stands for. */
export function toRecordId(name: string, table: Pick<CaseTable, 'records'>): RecordId {
  const kind = table.records[name];
  if (kind === undefined) throw new Error(`"${name}" is not in records`);
  return kind === 'company' ? COMPANY : `demo:${kind}:${name}`;
}

/** Lines as facts and answers, in order of time. `prefix` keeps their ids apart from those of other lines. */
export function expandLines(
  lines: readonly Line[],
  prefix: string,
  table: CaseTable,
): readonly Step[] {
  const steps = lines.map((line, index) => expandLine(line, `${prefix}-${index}`, table));
  return steps.sort((a, b) => a.at - b.at);
}

/** The fact that puts the account into an arm of the holdout, before anything else is known. */
export function assignArm(arm: 'guided' | 'holdout', table: CaseTable): Step {
  const at = toMoment('-400d', table);
  const account = toRecordId('account', table);
  return {
    at,
    fact: {
      id: 'arm',
      type: 'holdout-assigned',
      subjects: [account],
      about: [account],
      occurredAt: at,
      learnedAt: at,
      grade: 'observed',
      data: { arm },
    },
  };
}

function expandLine(line: Line, id: string, table: CaseTable): Step {
  const at = toMoment(line.at, table);
  if ('answer' in line) return { at, response: toResponse(line) };
  const base = { id, occurredAt: at, learnedAt: at };
  const account = toRecordId('account', table);
  if ('record' in line) {
    const record = toRecordId(line.record, table);
    const kind = table.records[line.record];
    const subjects =
      kind === 'rep'
        ? [record, COMPANY]
        : kind === 'company'
          ? [COMPANY]
          : kind === 'contact'
            ? [account, record]
            : [account];
    const values = expandValue(line.values, table) as JsonObject;
    return {
      at,
      fact: {
        ...base,
        type: 'record-changed',
        subjects,
        about: [record],
        grade: 'observed',
        data: { values },
      },
    };
  }
  const { did, by, grade, data = {} } = line;
  const actor = by === undefined ? undefined : toRecordId(by, table);
  const byBuyer = by !== undefined && table.records[by] === 'contact';
  const people = [...new Set([...(byBuyer ? [by] : []), ...(line.with ?? [])])];
  const contacts = people.map((name) => toRecordId(name, table));
  const subjects = did === 'product-added' ? [COMPANY] : [account, ...contacts];
  return {
    at,
    fact: {
      ...base,
      type: did,
      subjects,
      about: [...contacts, ...(line.on ?? []).map((name) => toRecordId(name, table))],
      grade: grade ?? (byBuyer ? 'buyer-verified' : did === 'note-added' ? 'claimed' : 'observed'),
      ...(actor !== undefined && { by: actor }),
      data: expandValue(data, table) as JsonObject,
    },
  };
}

function toResponse({
  answer,
  reason = '',
  value,
}: Extract<Line, { readonly answer: string }>): Response {
  if (answer === 'not-relevant') return { kind: 'not-relevant', reason };
  return { kind: 'done', ...(value !== undefined && { answer: value }) };
}

/** `-14d` is 14 days before now, at the same time of day; `+1d 09:00` is tomorrow at nine in the company's zone. */
function toMoment(text: string, { now, zone }: Pick<CaseTable, 'now' | 'zone'>): number {
  const match = /^([+-]?\d+)d(?: (\d\d):(\d\d))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is no moment: write -14d, 0d or +1d 09:00`);
  const at = Date.parse(now);
  const today = dayNumber(at, zone);
  const [, days, hours, minutes] = match;
  const start = startOfDay(today + Number(days), zone);
  const time =
    hours === undefined
      ? at - startOfDay(today, zone)
      : Number(hours) * 3_600_000 + Number(minutes) * 60_000;
  return start + time;
}

/** `$46000` is money, `@+60d` a day, `@+1d 09:00` a moment; anything else is itself. */
function expandValue(value: JsonValue, table: CaseTable): JsonValue {
  if (typeof value === 'string') {
    if (/^\$\d+$/.test(value))
      return { amountMinor: Number(value.slice(1)) * 100, currency: 'USD' };
    if (!value.startsWith('@')) return value;
    const at = toMoment(value.slice(1), table);
    return value.includes(' ') ? new Date(at).toISOString() : dateOfDay(dayNumber(at, table.zone));
  }
  if (Array.isArray(value)) {
    return value.map((item) =>
      typeof item === 'string' && item in table.records ? toRecordId(item, table) : item,
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'owner' && typeof item === 'string'
        ? toRecordId(item, table)
        : expandValue(item as JsonValue, table),
    ]),
  );
}
