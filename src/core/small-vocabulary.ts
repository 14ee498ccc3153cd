import fc from 'fast-check';
import type { Condition, Situated, Test } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import type { Domains } from './candidates.js';
import { dateOfDay } from './zone.js';

/** Test support: conditions over so few values that every record can be tried. */
export type Values = { readonly [attribute: string]: AttributeValue | undefined };

export interface Word {
  readonly type: NonNullable<ReturnType<Domains>>['type'];
  readonly values?: readonly string[];
  /** A value for each way in which the tests below can come out. */
  readonly every: readonly (AttributeValue | undefined)[];
  readonly test: (attribute: string) => fc.Arbitrary<Test>;
}

const range = fc
  .record(
    {
      gt: fc.integer({ min: 10, max: 12 }),
      gte: fc.integer({ min: 10, max: 12 }),
      lt: fc.integer({ min: 10, max: 12 }),
      lte: fc.integer({ min: 10, max: 12 }),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);

const missing = (attribute: string): fc.Arbitrary<Test> =>
  fc.boolean().map((one) => ({ attribute, missing: one }));
const inList =
  (...values: readonly (string | number | boolean)[]) =>
  (attribute: string): fc.Arbitrary<Test> =>
    fc.subarray([...values]).map((one) => ({ attribute, in: one }));
const oneOf =
  (...tests: readonly ((attribute: string) => fc.Arbitrary<Test>)[]) =>
  (attribute: string): fc.Arbitrary<Test> =>
    fc.oneof(...tests.map((test) => test(attribute)));

export const WORDS: { readonly [attribute: string]: Word } = {
  stage: {
    type: 'choice',
    values: ['a', 'b', 'c'],
    every: ['a', 'b', 'c', undefined],
    test: oneOf(inList('a', 'b', 'c', 'unlisted'), missing),
  },
  brand: {
    type: 'choice',
    every: ['a', 'b', 'x', undefined],
    test: oneOf(inList('a', 'b'), missing),
  },
  size: {
    type: 'number',
    every: [9, 10, 10.5, 11, 11.5, 12, 13, undefined],
    test: oneOf(
      (attribute) => range.map((one) => ({ attribute, range: one })),
      inList(11, 12),
      missing,
    ),
  },
  close: {
    type: 'date',
    every: [...[9, 10, 11, 12, 13].map(dateOfDay), undefined],
    test: oneOf(
      (attribute) => range.map((one) => ({ attribute, range: one })),
      inList(dateOfDay(11)),
      missing,
    ),
  },
  topics: {
    type: 'multi',
    values: ['p', 'q', 'r'],
    every: [
      [],
      ['p'],
      ['q'],
      ['r'],
      ['p', 'q'],
      ['p', 'r'],
      ['q', 'r'],
      ['p', 'q', 'r'],
      undefined,
    ],
    test: oneOf(
      inList('p', 'q', 'r'),
      (attribute) => fc.subarray(['p', 'q', 'r']).map((hasAll) => ({ attribute, hasAll })),
      (attribute) => fc.subarray(['p', 'q', 'r']).map((hasNone) => ({ attribute, hasNone })),
      missing,
    ),
  },
  open: {
    type: 'boolean',
    every: [true, false, undefined],
    test: oneOf(inList(true, false), missing),
  },
  name: {
    type: 'text',
    every: ['a', 'ab', 'ABC', 'abcd', 'b', 'zz', undefined],
    test: oneOf(
      (attribute) => fc.subarray(['ab', 'abc', 'b']).map((textIn) => ({ attribute, textIn })),
      (attribute) =>
        fc.constantFrom('a', 'ab', 'b').map((startsWith) => ({ attribute, startsWith })),
      missing,
    ),
  },
};

export const declared: Domains = (attribute) => {
  const word = WORDS[attribute];
  return word?.values
    ? { type: word.type, values: word.values.map((id) => ({ id, label: id })) }
    : word && { type: word.type };
};

/** Conditions over three of the attributes, nested up to three deep. */
export const conditions: fc.Arbitrary<Condition> = fc
  .shuffledSubarray(Object.keys(WORDS), { minLength: 1, maxLength: 3 })
  .chain(conditionsOver);

export function conditionsOver(attributes: readonly string[]): fc.Arbitrary<Condition> {
  const tests = attributes.map((attribute) => (WORDS[attribute] as Word).test(attribute));
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.oneof(...tests),
      fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
    ),
  }));
  return condition;
}

export function situate(values: Values): Situated {
  return { get: (attribute) => values[attribute], children: () => [] };
}

/** Every record over these attributes. */
export function everyRecord(attributes: readonly string[]): Values[] {
  let records: Values[] = [{}];
  for (const attribute of attributes) {
    const { every } = WORDS[attribute] as Word;
    records = records.flatMap((record) =>
      every.map((value) => ({ ...record, [attribute]: value })),
    );
  }
  return records;
}

/** A record over all attributes. */
export const records: fc.Arbitrary<Values> = fc.record(
  Object.fromEntries(
    Object.entries(WORDS).map(([name, { every }]) => [name, fc.constantFrom(...every)]),
  ),
);
