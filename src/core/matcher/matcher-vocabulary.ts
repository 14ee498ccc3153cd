import fc from 'fast-check';
import { judge } from '../../core/condition.js';
import type { Entry } from '../../core/matcher.js';
import { conditionsOver, declared, WORDS } from '../../core/small-vocabulary.js';
import type { Condition, Situated } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import type { MatcherAttribute } from './create-matcher.js';

/** Test support: entries and records for a matcher, and what the plain interpreter makes of them. */
export const NAMES: string[] = Object.keys(WORDS);
export const attributes: MatcherAttribute[] = NAMES.map((id) => ({
  id,
  type: declared(id)?.type ?? 'text',
  ...(declared(id)?.values ? { values: declared(id)?.values ?? [] } : {}),
}));

/** Also comparisons of attributes, and children. */
export const conditions: fc.Arbitrary<Condition> = fc
  .shuffledSubarray(NAMES, { minLength: 1, maxLength: 4 })
  .chain((names) => {
    const plain = conditionsOver(names);
    return fc.oneof(
      { weight: 6, arbitrary: plain },
      {
        weight: 1,
        arbitrary: fc
          .tuple(plain, fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), fc.boolean())
          .map(([one, attribute, inAttribute, negated]): Condition => {
            const pair = { attribute, inAttribute };
            return { all: [one, negated ? { not: pair } : pair] };
          }),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(plain, plain, fc.boolean()).map(
          ([one, where, some]): Condition => ({
            any: [one, some ? { has: 'contact', where } : { hasNo: 'contact', where }],
          }),
        ),
      },
    );
  });

/** Values as CRMs send them: missing in three ways, lists where one is expected, numbers as text. */
const STRANGE = [
  null,
  Number.NaN,
  undefined,
  ['a', 'b'],
  [],
  11,
  '11',
  'ABC',
  true,
  '1970-01-12',
  -0,
];
export const valueFor = (name: string): fc.Arbitrary<AttributeValue | null | undefined> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(WORDS[name]?.every ?? [])) },
    { weight: 1, arbitrary: fc.constantFrom<AttributeValue | null | undefined>(...STRANGE) },
  );
export type Values = { [name: string]: AttributeValue | null | undefined };
export const records: fc.Arbitrary<Values> = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, valueFor(name)])),
);
export const entryLists: fc.Arbitrary<Entry[]> = fc
  .array(conditions, { maxLength: 25 })
  .map((list) => list.map((when, i) => ({ id: `p${i}`, when })));

export const situateAll = (values: Values, children: readonly Situated[] = []): Situated => ({
  get: (name) => values[name] ?? undefined,
  children: () => children,
});
export const judged = (entries: Iterable<Entry>, situated: Situated): string[] =>
  [...entries].filter(({ when }) => judge(when, situated)).map(({ id }) => id);
