import type { JsonValue } from '../../src/domain/value.js';
import type { CellColumn } from './cell-column.js';
import { parseDateTime, toInstant } from './dates.js';

/** What a cell says. */
export type CellValue =
  | { readonly kind: 'missing' }
  /** `at` for a date or time, in epoch milliseconds. */
  | {
      readonly kind: 'value';
      readonly text: string;
      readonly value: JsonValue;
      readonly at?: number;
    }
  | { readonly kind: 'problem'; readonly reason: string; readonly detail?: string };

export interface CellContext {
  readonly zone: string;
  /** Texts that mean "no value" in every column. */
  readonly empty: readonly string[];
  /** Of money in this row. */
  readonly currency?: string;
}

const LONGEST_VALUE = 131_072;
const MISSING: CellValue = { kind: 'missing' };

/** The text of a cell after its repairs; `repaired` when one was needed. Undefined when it means "no value". */
export function repairCell(
  raw: string,
  column: CellColumn,
  empty: readonly string[],
): { readonly text: string; readonly repaired: boolean } | undefined {
  const text = raw.trim().normalize('NFC');
  const repaired = column.values.get(text);
  const right = repaired ?? text;
  if (right !== '' && !empty.includes(right) && !column.empty?.includes(right))
    return { text: right, repaired: repaired !== undefined };
  return column.otherwise === undefined ? undefined : { text: column.otherwise, repaired: false };
}

/** Damage that no repair can undo. */
export function findDamage(raw: string): string | undefined {
  if (raw.includes('\0')) return 'holds a zero byte';
  if (raw.includes('\uFFFD')) return 'holds bytes that are not in the encoding of the file';
  if (raw.length > LONGEST_VALUE) return `is longer than ${LONGEST_VALUE} characters`;
  return undefined;
}

/** Reads a repaired text as its column's type. Text stays text, also when it looks like a formula. */
export function readCell(
  text: string | undefined,
  column: CellColumn,
  context: CellContext,
): CellValue {
  if (text === undefined) return MISSING;
  const problem = (what: string): CellValue => ({
    kind: 'problem',
    reason: `"${column.name}" ${what}`,
    detail: text,
  });
  const value = (read: JsonValue, at?: number): CellValue =>
    at === undefined
      ? { kind: 'value', text, value: read }
      : { kind: 'value', text, value: read, at };
  if (column.choices && column.type !== 'list' && !column.choices.includes(text))
    return problem('is none of its choices');
  switch (column.type) {
    case 'text':
      return value(text);
    case 'list': {
      const items = text
        .split(column.separator)
        .map((item) => item.trim())
        .filter((item) => item !== '');
      const strange = column.choices && items.find((item) => !column.choices?.includes(item));
      return strange === undefined
        ? value(items)
        : problem('holds a value that is none of its choices');
    }
    case 'boolean': {
      const word = text.toLowerCase();
      if (['true', 'yes', 'y', '1'].includes(word)) return value(true);
      return ['false', 'no', 'n', '0'].includes(word)
        ? value(false)
        : problem('is neither yes nor no');
    }
    case 'number': {
      const number = parseNumber(text, column.decimal);
      return number === undefined
        ? problem('is not a number')
        : value(trimError(number * column.scale));
    }
    case 'date':
    case 'time': {
      const read = parseDateTime(text, column.format);
      if (!read)
        return problem(
          column.format === undefined
            ? `is not a ${column.type} such as 2026-01-31`
            : `is not a ${column.type} in the form ${column.format}`,
        );
      const at = toInstant(read, context.zone);
      return value(column.type === 'date' ? read.date : new Date(at).toISOString(), at);
    }
    case 'money':
      return readMoney(text, column, context.currency) ?? problem('is not an amount of money');
  }
}

function readMoney(
  text: string,
  column: CellColumn,
  given: string | undefined,
): CellValue | undefined {
  const parts = /^\s*([A-Z]{3}|\p{Sc})?\s*([-+(]?[\d.,'’\s]+\)?)\s*([A-Z]{3}|\p{Sc})?\s*$/u.exec(
    text,
  );
  const [, before, digits = '', after] = parts ?? [];
  if (!parts || (before !== undefined && after !== undefined)) return undefined;
  const mark = before ?? after;
  const currency = mark !== undefined && /^[A-Z]{3}$/.test(mark) ? mark : given;
  const accounting = /^\((.*)\)$/.exec(digits.trim());
  const number = parseNumber(accounting?.[1] ?? digits.trim(), column.decimal);
  if (number === undefined || currency === undefined) return undefined;
  if (mark !== undefined && mark !== currency && mark !== symbolOf(currency))
    return {
      kind: 'problem',
      reason: `"${column.name}" is in another currency than ${currency}`,
      detail: text,
    };
  const amountMinor =
    Math.round(trimError(number * column.scale * 10 ** minorDigits(currency))) *
    (accounting ? -1 : 1);
  if (!Number.isSafeInteger(amountMinor)) return undefined;
  return { kind: 'value', text, value: { amountMinor: amountMinor + 0, currency } };
}

const NUMBERS = { '.': numberPattern(",'’\\s", '.'), ',': numberPattern(".'’\\s", ',') } as const;

function numberPattern(
  groups: string,
  decimal: string,
): { readonly whole: RegExp; readonly group: RegExp } {
  return {
    whole: new RegExp(
      `^[-+]?(?:\\d+|\\d{1,3}(?:[${groups}]\\d{3})+)?(?:[${decimal}]\\d+)?(?:[eE][-+]?\\d{1,2})?$`,
    ),
    group: new RegExp(`[${groups}]`, 'g'),
  };
}

/** Digits with an optional decimal part and groups of three; nothing else, so that "12 pcs" or "1.2.3" is no number. */
export function parseNumber(text: string, decimal: '.' | ','): number | undefined {
  const { whole, group } = NUMBERS[decimal];
  if (!whole.test(text) || !/\d/.test(text)) return undefined;
  const number = Number(text.replaceAll(group, '').replace(decimal, '.'));
  return Number.isFinite(number) ? number : undefined;
}

/** 1100.04 x 1000000 is 1100040000 and not 1100039999.9999999. */
function trimError(number: number): number {
  return Number(number.toPrecision(15));
}

const digitsBy = new Map<string, number>();

/** Digits of a currency's minor unit: 2 for USD, 0 for JPY, 3 for KWD; 2 for codes that the platform does not know. */
export function minorDigits(currency: string): number {
  let digits = digitsBy.get(currency);
  if (digits === undefined) {
    digits = format(currency).resolvedOptions().maximumFractionDigits ?? 2;
    digitsBy.set(currency, digits);
  }
  return digits;
}

function symbolOf(currency: string): string | undefined {
  return format(currency)
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value;
}

function format(currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
}
