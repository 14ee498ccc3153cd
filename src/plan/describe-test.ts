import type { NeverTrue } from '../core/condition-logic.js';
import { dateOfDay } from '../core/zone.js';
import type { Condition, Test } from '../domain/condition.js';
import type { RecordKind } from '../domain/value.js';
import type { Context } from './context.js';
import { minorDigits } from './money.js';

/** Why nothing meets a condition: `stage is Won and stage is Lost exclude each other`. */
export function describeClash({ tests }: NeverTrue, context: Context): string {
  const words = tests.slice(0, 4).map((test) => describeTest(test, context));
  // A test of the product on offer leaves nothing behind when the product fails it.
  if (words.length === 0) return 'the product on offer does not meet it';
  return words.length > 1
    ? `${words.join(' and ')} exclude each other`
    : `nothing meets ${words.join('')}`;
}

/** A test in words, for messages: `opportunity.daysSinceReply >= 14`. */
function describeTest(
  test: Test | { readonly has: RecordKind; readonly where: Condition },
  context: Context,
): string {
  if ('has' in test) return `has ${test.has}`;
  const { attribute } = test;
  if ('missing' in test) return `${attribute} ${test.missing ? 'is missing' : 'is not missing'}`;
  if ('inAttribute' in test) return `${attribute} in ${test.inAttribute}`;
  if ('startsWith' in test) return `${attribute} starts with "${test.startsWith}"`;
  if ('textIn' in test) return `${attribute} is ${test.textIn.join(' or ')}`;
  if ('in' in test) return `${attribute} is ${test.in.join(' or ')}`;
  if ('hasAll' in test) return `${attribute} has all of ${test.hasAll.join(', ')}`;
  if ('hasNone' in test) return `${attribute} has none of ${test.hasNone.join(', ')}`;
  const { gt, gte, lt, lte } = test.range;
  const show = (bound: number): string => showNumber(attribute, bound, context);
  if (gte !== undefined && gte === lte) return `${attribute} = ${show(gte)}`;
  const bounds = [
    ['>', gt],
    ['>=', gte],
    ['<', lt],
    ['<=', lte],
  ] as const;
  return bounds
    .flatMap(([sign, bound]) =>
      bound === undefined ? [] : [`${attribute} ${sign} ${show(bound)}`],
    )
    .join(' and ');
}

function showNumber(attribute: string, value: number, { attributes, currency }: Context): string {
  const declared = attributes.get(attribute);
  if (declared?.type === 'date') return dateOfDay(value);
  if (declared?.unit === 'money') return `${value / 10 ** minorDigits(currency)} ${currency}`;
  return String(value);
}
