import type { Range, Test } from '../domain/condition.js';
import type { Playbook } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { clean, createWords, plain, type Words } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';

/** Tests and values in the words of a playbook. */
export interface PatternWords {
  readonly words: Words;
  /** `Product is GTX Basic, and Amount is at least $1,000`. */
  pattern(tests: readonly Test[]): string;
  label(attribute: string): string;
  value(attribute: string, value: AttributeValue): string;
  /** `Stage is Won`. */
  is(attribute: string, values: readonly AttributeValue[]): string;
}

/** Whole numbers from 0 on. */
const COUNTS = new Set(['count', 'distinct', 'count-records', 'days-since', 'days-since-change']);

function wholeRange({ gte = 0, lt }: Range): string {
  const from = Math.ceil(gte);
  if (lt === undefined) return `${from} or more`;
  const to = Math.ceil(lt) - 1;
  return from === to ? String(to) : `${from} to ${to}`;
}

function timesText(event: string, range: Range): string {
  const times = wholeRange(range);
  if (times === '0') return `no ${event}`;
  if (times === '1') return `${event} once`;
  return times === '1 or more' ? `${event} at least once` : `${event} ${times} times`;
}

export interface PatternWordsOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly firstDays?: number;
  readonly sequences?: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export function createPatternWords(
  playbook: Playbook,
  { now, firstDays = 0, sequences }: PatternWordsOptions,
): PatternWords {
  const words = createWords(ENGLISH, playbook, now);
  const known = new Map(playbook.attributes.map((one) => [one.id, one]));
  const label = (attribute: string): string => {
    const found = known.get(attribute)?.label;
    return found ? clean(found) : plain(attribute.slice(attribute.indexOf('.') + 1));
  };
  const value = (attribute: string, one: AttributeValue): string => {
    const { type = 'text', unit, values } = known.get(attribute) ?? {};
    const named = values?.find(({ id }) => id === one)?.label;
    return words.value(one, { type, ...(unit && { unit }), ...(named && { labels: [named] }) });
  };
  const either = (attribute: string, values: readonly AttributeValue[]): string =>
    words.list(
      values.map((one) => value(attribute, one)),
      true,
    );
  const bounds = (
    test: Extract<Test, { range: unknown }>,
    show: (bound: number) => string,
  ): string =>
    (
      [
        ['gte', 'at least'],
        ['gt', 'more than'],
        ['lt', 'less than'],
        ['lte', 'at most'],
      ] as const
    )
      .flatMap(([bound, said]) => {
        const limit = test.range[bound];
        return limit === undefined ? [] : [`${said} ${show(limit)}`];
      })
      .join(' and ');

  function testText(test: Test): string {
    if (test.attribute.startsWith('activity.')) return activityText(test);
    const name = label(test.attribute);
    if ('missing' in test)
      return test.missing ? `${name} is not filled in` : `${name} is filled in`;
    if ('range' in test && COUNTS.has(known.get(test.attribute)?.derive?.op ?? ''))
      return `${name}: ${wholeRange(test.range)}`;
    if ('range' in test) return `${name} is ${bounds(test, (one) => value(test.attribute, one))}`;
    if ('in' in test) return `${name} is ${either(test.attribute, test.in)}`;
    if ('hasAll' in test) return `${name} has ${either(test.attribute, test.hasAll)}`;
    if ('hasNone' in test) return `${name} has not ${either(test.attribute, test.hasNone)}`;
    return name;
  }

  function activityText(test: Test): string {
    const within = `in the first ${firstDays} days`;
    const sequence = sequences?.get(test.attribute);
    if (sequence) {
      const steps = sequence
        .map((kinds) => kinds.map((kind) => words.event(kind)).join(' and '))
        .join(', and on a later day ');
      const happened = 'in' in test && test.in.includes(true);
      return happened ? `${steps} came ${within}` : `not so that ${within} ${steps} came`;
    }
    const [, type = '', what] = /^activity\.(.*)\.(count|firstDay)$/.exec(test.attribute) ?? [];
    const event = words.event(type);
    if ('missing' in test)
      return test.missing ? `no ${event} ${within}` : `some ${event} ${within}`;
    if (!('range' in test)) return event;
    return what === 'count'
      ? `${timesText(event, test.range)} ${within}`
      : `the first ${event} ${wholeRange(test.range)} days after the beginning`;
  }

  return {
    words,
    label,
    value,
    pattern: (tests) => tests.map(testText).join(', and '),
    is: (attribute, values) => `${label(attribute)} is ${either(attribute, values)}`,
  };
}
