import { instantOf } from '../core/wall-time.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import type { Condition } from '../domain/condition.js';
import type { Changed } from '../domain/decision.js';
import type {
  Appointment,
  Comparison,
  EventTest,
  EventTests,
  Pattern,
  SequencePattern,
  Span,
  Step,
} from '../domain/pattern.js';
import type { Trigger } from '../domain/playbook.js';
import type { JsonValue } from '../domain/value.js';
import { capital, clean, plain } from './format.js';
import type { Reading } from './reading.js';

/** With the events that a sequence waits for, which its later steps compare with. */
type Telling = Reading & { readonly ones?: readonly EventTests[] };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a play waits for that no attribute tells: `proposal sent, then no call within 2 working days`. */
export function toWaiting(trigger: Trigger, reading: Reading): string | undefined {
  if ('event' in trigger) return eventsText([trigger], reading);
  if ('pattern' in trigger) return patternText(trigger.pattern, reading);
  return 'at' in trigger ? momentText(trigger.at, reading) : undefined;
}

/** What has happened of it, as a sentence without its stop: `Proposal sent 13 Nov, no call since`. */
export function toHappened(
  { matched, moment }: Changed,
  trigger: Trigger,
  reading: Reading,
): string | undefined {
  const { words, playbook } = reading;
  const { strings } = words;
  if ('at' in trigger) {
    const at = instantIn(moment, playbook.zone);
    return Number.isNaN(at)
      ? undefined
      : capital(
          words.fill(strings.eventAt, {
            event: nounsText(trigger.at.of, reading),
            when: words.when(at),
          }),
        );
  }
  const [first] = matched ?? [];
  if (!('pattern' in trigger) || !first) return undefined;
  const { pattern } = trigger;
  const when = (at: string): string => words.when(Date.parse(at));
  const told = (matched ?? []).map(({ type, at }) =>
    words.fill(strings.eventAt, {
      event: toEventText(type, trigger, reading),
      when: when(at),
    }),
  );
  if ('count' in pattern) {
    const event = eventsText(pattern.of, reading);
    const text = words.count(strings.timesSince, pattern.count, { event, when: when(first.at) });
    return capital(text);
  }
  if ('first' in pattern) {
    const event = words.fill(strings.firstOf, { event: nounsText(pattern.first, reading) });
    return capital(words.fill(strings.eventAt, { event, when: when(first.at) }));
  }
  if ('all' in pattern) return capital(words.list(told));
  const parts = told.reduce((first, next) => words.fill(strings.thenNext, { first, next }));
  const { sequence } = pattern;
  const [opening] = sequence;
  const quiet = opening && 'no' in opening && quietText(opening, reading);
  const what = quiet ? words.fill(strings.thenNext, { first: quiet, next: parts }) : parts;
  const last = sequence.at(-1);
  return capital(
    last && 'no' in last
      ? words.fill(strings.noneSince, {
          what,
          event: nounsText(last.no, withOnes(pattern, reading)),
        })
      : what,
  );
}

function patternText(pattern: Pattern, reading: Reading): string {
  const { words } = reading;
  const { strings } = words;
  if ('first' in pattern)
    return words.fill(strings.firstOf, { event: nounsText(pattern.first, reading) });
  const { within, without } = pattern;
  const span = within ? spanText(within, reading) : '';
  let what: string;
  if ('count' in pattern) {
    const event = eventsText(pattern.of, reading);
    what = words.count(strings.timesWithin, pattern.count, { event, span });
  } else {
    what =
      'all' in pattern
        ? words.list(pattern.all.map((tests) => eventsText(tests, reading)))
        : pattern.sequence
            .map((step, i, { length }) =>
              stepText(step, i === 0, i === length - 1, withOnes(pattern, reading)),
            )
            .reduce((first, next) => words.fill(strings.thenNext, { first, next }));
    if ('strict' in pattern) what = words.fill(strings.strictly, { what });
    if (span) what = words.fill(strings.allWithin, { what, span });
  }
  return without ? words.fill(strings.without, { what, event: nounsText(without, reading) }) : what;
}

function withOnes({ sequence }: SequencePattern, reading: Reading): Telling {
  return { ...reading, ones: sequence.flatMap((step) => ('one' in step ? [step.one] : [])) };
}

function stepText(step: Step, first: boolean, last: boolean, reading: Telling): string {
  if ('one' in step) return eventsText(step.one, reading);
  const { words } = reading;
  if (first) return quietText(step, reading);
  return words.fill(last ? words.strings.notFor : words.strings.noneMeanwhile, {
    event: nounsText(step.no, reading),
    span: step.within ? spanText(step.within, reading) : '',
  });
}

function quietText({ no, within }: Extract<Step, { no: unknown }>, reading: Telling): string {
  return reading.words.fill(reading.words.strings.quietBefore, {
    event: nounsText(no, reading),
    span: within ? spanText(within, reading) : '',
  });
}

function momentText({ of, time, before, after }: Appointment, reading: Reading): string {
  const { words } = reading;
  const { strings } = words;
  const text = /^(starts|begins)/.test(time)
    ? strings.startOfNext
    : /^ends/.test(time)
      ? strings.endOfNext
      : strings.timeOfNext;
  const what = words.fill(text, { event: nounsText(of, reading) });
  const span = before ?? after;
  return span
    ? words.fill(before ? strings.before : strings.after, { span: spanText(span, reading), what })
    : what;
}

function spanText(span: Span, { words }: Reading): string {
  const { strings } = words;
  if ('days' in span) return words.count(strings.days, span.days);
  if ('workdays' in span) return words.count(strings.workdays, span.workdays);
  return span.ms % HOUR_MS === 0
    ? words.count(strings.hours, span.ms / HOUR_MS)
    : words.count(strings.minutes, span.ms / MINUTE_MS);
}

function eventText(test: EventTest, reading: Telling): string {
  return withWhich(reading.words.event(test.event), test, reading);
}

function eventsText(tests: EventTests, reading: Telling): string {
  return either(
    tests.map((test) => eventText(test, reading)),
    reading,
  );
}

function nounsText(tests: EventTests, reading: Telling): string {
  const nouns: { readonly [type: string]: string } = reading.words.strings.eventNouns;
  return either(
    tests.map((test) =>
      withWhich(nouns[test.event] ?? reading.words.event(test.event), test, reading),
    ),
    reading,
  );
}

function either(texts: readonly string[], { words }: Reading): string {
  return words.list([...new Set(texts)], true);
}

function withWhich(
  event: string,
  { where, compare = [] }: Pick<EventTest, 'where' | 'compare'>,
  reading: Telling,
): string {
  const which = [
    ...(where ? valuesIn(where, reading) : []),
    ...compare.flatMap((one) => comparisonText(one, reading)),
  ];
  return which.length === 0
    ? event
    : reading.words.fill(reading.words.strings.eventOf, {
        event,
        which: reading.words.list(which, compare.length === 0),
      });
}

function comparisonText({ field, is, step }: Comparison, reading: Telling): readonly string[] {
  const { words, ones } = reading;
  const earlier = ones?.[step];
  if (!earlier) return [];
  const { strings } = words;
  const texts = {
    eq: strings.sameFieldAs,
    ne: strings.otherFieldThan,
    gt: strings.moreFieldThan,
    gte: strings.atLeastFieldOf,
    lt: strings.lessFieldThan,
    lte: strings.atMostFieldOf,
  };
  const event = nounsText(
    earlier.map((test) => ({ event: test.event })),
    reading,
  );
  return [words.fill(texts[is], { field: plain(field), event })];
}

/** The values that the fields of an event must have, where it lists them. */
function valuesIn(where: Condition, reading: Reading): readonly string[] {
  if ('all' in where) return where.all.flatMap((part) => valuesIn(part, reading));
  const values = 'in' in where ? where.in : 'textIn' in where ? where.textIn : [];
  return values.map((value) => {
    const product = reading.playbook.products.find(({ id }) => id === value);
    return product ? clean(product.label, 80) : plain(String(value));
  });
}

/** An activity that opened a play, as the trigger tells it: `page looked at (prices)`. */
export function toEventText(type: string, trigger: Trigger, reading: Reading): string {
  const tests =
    'event' in trigger ? [trigger] : 'pattern' in trigger ? testsOf(trigger.pattern) : [];
  return eventText(tests.find(({ event }) => event === type) ?? { event: type }, reading);
}

function testsOf(pattern: Pattern): EventTests {
  if ('sequence' in pattern)
    return pattern.sequence.flatMap((step) => ('one' in step ? step.one : []));
  return 'all' in pattern ? pattern.all.flat() : 'count' in pattern ? pattern.of : pattern.first;
}

/** An instant, a time of the company's clock, or the beginning of a day; not a number where it is none of these. */
function instantIn(moment: JsonValue | undefined, zone: string): number {
  if (typeof moment !== 'string') return Number.NaN;
  const day = dayOfDate(moment);
  if (!Number.isNaN(day)) return startOfDay(day, zone);
  if (/(Z|[+-]\d\d:?\d\d)$/i.test(moment)) return Date.parse(moment);
  const wall = Date.parse(`${moment.replace(' ', 'T')}Z`);
  return Number.isNaN(wall) ? wall : instantOf(wall, zone);
}
