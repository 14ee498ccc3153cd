import type { Condition, Explanation, Situated, Test, Truth } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import { dayOfDate } from './zone.js';

const NOT_ASCII = /[^\0-\x7f]/;

/** Text as text tests compare it: Unicode NFC, without difference of case. */
export function foldText(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  // Down, up and down again: ß, ẞ and ss become one. A sigma at the end of a word is written as one in the middle.
  const folded = text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase();
  return folded.replaceAll('ς', 'σ').normalize('NFC');
}

/** True for what counts as missing: nothing, null as CRMs send it, and what is not a number. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null || Number.isNaN(value);
}

/** A value as a range test compares it: a number, or the day number of a `YYYY-MM-DD`; NaN, which is missing, for all else. */
export function toNumber(value: AttributeValue | undefined): number {
  return typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? dayOfDate(value)
      : Number.NaN;
}

/**
 * Three-valued truth of a condition. A comparison with a missing value is unknown (undefined), and so is its `not`;
 * `all` is false beside one false part, `any` true beside one true part, whatever else is unknown. An empty multi value
 * is a value: it has none.
 */
export function judge(condition: Condition, situated: Situated): Truth {
  if ('all' in condition)
    return negate(someOf(condition.all, (part) => negate(judge(part, situated))));
  if ('any' in condition) return someOf(condition.any, (part) => judge(part, situated));
  if ('not' in condition) return negate(judge(condition.not, situated));
  if ('has' in condition || 'hasNo' in condition) {
    const { where } = condition;
    const kind = 'has' in condition ? condition.has : condition.hasNo;
    const met = someOf(situated.children(kind), (child) => judge(where, child));
    return 'has' in condition ? met : negate(met);
  }
  const value = situated.get(condition.attribute);
  return 'inAttribute' in condition
    ? judgePair(value, situated.get(condition.inAttribute))
    : judgeTest(condition, value);
}

function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** True beside one that is true, whatever else is unknown. */
function someOf<Item>(items: readonly Item[], judgeOne: (item: Item) => Truth): Truth {
  let truth: Truth = false;
  for (const item of items) {
    const judged = judgeOne(item);
    if (judged) return true;
    if (judged === undefined) truth = undefined;
  }
  return truth;
}

/** A test of one attribute against what was written, for a value of that attribute. */
export type ValueTest = Exclude<Test, { readonly inAttribute: string }>;

export function judgeTest(test: ValueTest, value: AttributeValue | undefined): Truth {
  if ('missing' in test) return isMissing(value) === test.missing;
  if (isMissing(value)) return undefined;
  if ('range' in test) {
    const number = toNumber(value);
    if (Number.isNaN(number)) return undefined;
    const { gt, gte, lt, lte } = test.range;
    return (
      (gt === undefined || number > gt) &&
      (gte === undefined || number >= gte) &&
      (lt === undefined || number < lt) &&
      (lte === undefined || number <= lte)
    );
  }
  if ('in' in test) {
    return isList(value) ? value.some((one) => test.in.includes(one)) : test.in.includes(value);
  }
  const values = isList(value) ? value : typeof value === 'string' ? [value] : [];
  if ('hasAll' in test) return test.hasAll.every((one) => values.includes(one));
  if ('hasNone' in test) return !test.hasNone.some((one) => values.includes(one));
  if ('textIn' in test) return values.some((one) => test.textIn.includes(foldText(one)));
  return values.some((one) => foldText(one).startsWith(test.startsWith));
}

/** Whether two attributes are equal or, as lists, share a value. */
export function judgePair(
  value: AttributeValue | undefined,
  other: AttributeValue | undefined,
): Truth {
  if (isMissing(value) || isMissing(other)) return undefined;
  const others: readonly unknown[] = isList(other) ? other : [other];
  return isList(value) ? value.some((one) => others.includes(one)) : others.includes(value);
}

function isList(value: AttributeValue): value is readonly string[] {
  return typeof value === 'object';
}

/**
 * The condition with how each part came out. The parts of `has` and `hasNo` are children judged by `where`: the child
 * that meets it, or every child when none does.
 */
export function explain(condition: Condition, situated: Situated): Explanation {
  const truth = judge(condition, situated);
  if ('attribute' in condition) {
    const actual = situated.get(condition.attribute);
    return isMissing(actual) ? { truth, condition } : { truth, condition, actual };
  }
  return { truth, condition, parts: explainParts(condition, situated) };
}

function explainParts(condition: Exclude<Condition, Test>, situated: Situated): Explanation[] {
  if ('all' in condition) return condition.all.map((part) => explain(part, situated));
  if ('any' in condition) return condition.any.map((part) => explain(part, situated));
  if ('not' in condition) return [explain(condition.not, situated)];
  const kind = 'has' in condition ? condition.has : condition.hasNo;
  const children = situated.children(kind).map((child) => explain(condition.where, child));
  const met = children.find((child) => child.truth);
  return met ? [met] : children;
}

/** Every test of a condition in the order it is written, those of children included. */
export function testsOf(condition: Condition): readonly Test[] {
  if ('attribute' in condition) return [condition];
  if ('all' in condition) return condition.all.flatMap(testsOf);
  if ('any' in condition) return condition.any.flatMap(testsOf);
  return testsOf('not' in condition ? condition.not : condition.where);
}

/** Every attribute a condition reads, those of children and those compared with included. */
export function attributesOf(condition: Condition): ReadonlySet<string> {
  return new Set(
    testsOf(condition).flatMap((test) =>
      'inAttribute' in test ? [test.attribute, test.inAttribute] : [test.attribute],
    ),
  );
}
