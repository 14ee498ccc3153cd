import { bareLetters } from '../core/count-edits.js';
import type { JsonValue } from '../domain/value.js';
import { parseDays, parseDuration, parseSpan } from '../plan/durations.js';
import { isDate } from '../plan/literal.js';
import { minorDigits, parseMoney } from '../plan/money.js';
import { ENGLISH } from '../view/strings.js';
import { sameData } from './play-data.js';
import type { SlotKind } from './sentence.js';
import { optionsThere } from './slot-options.js';
import type { Env, Option } from './vocabulary.js';

type Found = { readonly value: JsonValue } | undefined;

/** A value in the words of its slot; undefined where it has none of its own. */
export function wordsOf(kind: SlotKind, value: JsonValue, env: Env): string | undefined {
  const option = optionsThere(kind, env).find((one) => sameData(one.value, value));
  if (option) return option.label;
  if (typeof value === 'number') return numberWords(kind, value, env);
  if (typeof value === 'boolean') {
    const { yesValue, noValue } = ENGLISH;
    return value ? yesValue : noValue;
  }
  return typeof value === 'string' ? value : undefined;
}

/** The value that such words mean in that slot. */
export function readWords(kind: SlotKind, words: string, env: Env): Found {
  return readOption(optionsThere(kind, env), words) ?? readFree(kind, words, env);
}

function readOption(options: readonly Option[], words: string): Found {
  const letters = bareLetters(words);
  return (
    options.find(({ label }) => label === words) ??
    options.find(({ label }) => bareLetters(label) === letters) ??
    options.find(({ value }) => value === words) ??
    options.find(({ also = [] }) => also.some((one) => bareLetters(one) === letters))
  );
}

/** What is not picked from a list. */
function readFree(kind: SlotKind, words: string, env: Env): Found {
  switch (kind) {
    case 'value':
    case 'tag-value':
      return readValue(words, env);
    case 'amount':
      return readNumber(words, env.unit, env);
    case 'share':
      return readNumber(words, 'rate', env);
    case 'minutes':
    case 'count':
      return readNumber(words, undefined, env);
    case 'duration':
      return readChecked(words, parseDuration);
    case 'span':
      return readChecked(words, parseSpan);
    case 'date':
      return isDate(words) ? { value: words } : undefined;
    case 'activity':
    case 'absent':
    case 'id':
      return /^[A-Za-z0-9][\w-]*$/.test(words) ? { value: words } : undefined;
    case 'field':
      return /^[A-Za-z][\w.]*$/.test(words) ? { value: words } : undefined;
    case 'name':
      return env.bare === 'event' && /^(event\.)?[A-Za-z][A-Za-z0-9]*$/.test(words)
        ? { value: words }
        : undefined;
    case 'tag':
      return /^[A-Za-z][A-Za-z0-9]*$/.test(words) ? { value: words } : undefined;
    case 'text':
      return words === '' ? undefined : { value: words };
    default:
      return undefined;
  }
}

function readChecked(words: string, parse: (text: string) => unknown): Found {
  try {
    parse(words);
    return { value: words };
  } catch {
    return undefined;
  }
}

function readValue(words: string, env: Env): Found {
  const { vocabulary, attribute } = env;
  const declared = attribute === undefined ? undefined : vocabulary.attribute(attribute);
  switch (declared?.type) {
    case 'number':
      return readNumber(words, declared.unit, env);
    case 'date':
      return isDate(words) ? { value: words } : undefined;
    case 'boolean':
      return undefined;
    case 'choice':
    case 'multi':
      return declared.values || words === '' ? undefined : { value: words };
    case 'text':
      return words === '' ? undefined : { value: words };
    case undefined: {
      const { yesValue, noValue } = ENGLISH;
      if (words === '') return undefined;
      if (words === yesValue || words === noValue) return { value: words === yesValue };
      return readNumber(words, undefined, env) ?? { value: words };
    }
  }
}

function numberWords(kind: SlotKind, value: number, env: Env): string {
  const unit = unitOf(kind, env);
  if (unit === 'money') return `${value.toLocaleString('en', EXACT)} ${env.vocabulary.currency}`;
  if (unit === 'rate') return `${Number((value * 100).toPrecision(12))}%`;
  if (unit === 'days') return value === 1 ? '1 day' : `${value} days`;
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

const EXACT = { maximumFractionDigits: 20 } as const;

function unitOf(kind: SlotKind, { vocabulary, attribute, unit }: Env): string | undefined {
  if (kind === 'share') return 'rate';
  if (kind === 'amount') return unit;
  return kind === 'value' || kind === 'tag-value'
    ? vocabulary.attribute(attribute ?? '')?.unit
    : undefined;
}

/** As a number of the file: money in whole units, a rate from 0 to 1, days. */
function readNumber(words: string, unit: string | undefined, env: Env): Found {
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(words)) return { value: Number(words) };
  const { currency } = env.vocabulary;
  if (unit === 'money') {
    if (!readChecked(words, (text) => parseMoney(text, currency))) return undefined;
    return { value: parseMoney(words, currency) / 10 ** minorDigits(currency) };
  }
  const match = /^(-?\d+(?:\.\d+)?) ?(\S.*)$/.exec(words);
  if (unit === 'rate' && match?.[2] === '%')
    return { value: Number((Number(match[1]) / 100).toPrecision(12)) };
  if (unit === 'days' && /^-\d+ days$/.test(words)) return { value: Number.parseInt(words, 10) };
  if (unit === 'days')
    return readChecked(words, parseDays) ? { value: parseDays(words) } : undefined;
  return unit !== undefined && match?.[2] === unit ? { value: Number(match[1]) } : undefined;
}
