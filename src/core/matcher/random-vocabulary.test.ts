import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { dateOfDay } from '../../core/zone.js';
import type { Condition } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import { createBook } from './create-book.js';
import { createMatcher, type MatcherAttribute } from './create-matcher.js';
import { judged, situateAll, type Values } from './matcher-vocabulary.js';

interface Word extends MatcherAttribute {
  /** How many values it has, or how far its numbers go. */
  readonly size: number;
}

const TYPES = ['choice', 'multi', 'number', 'boolean', 'date', 'text'] as const;
const words = fc
  .array(fc.tuple(fc.constantFrom(...TYPES), fc.integer({ min: 2, max: 70 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => list.map(([type, size], i): Word => ({ id: `a${i}`, type, size })));

const textOf = (n: number): string => `${'xyz'.slice(0, n % 4)}${n}`;

function drawValue({ type, size }: Word): fc.Arbitrary<AttributeValue | undefined> {
  const n = fc.nat(size - 1);
  if (type === 'multi') return fc.array(n.map(textOf), { maxLength: 4 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'number') return n.map((one) => one / 2);
  return n.map(type === 'date' ? dateOfDay : textOf);
}

function testOf(word: Word): fc.Arbitrary<Condition> {
  const { id: attribute, type, size } = word;
  const text = fc.nat(size).map(textOf);
  const texts = fc.array(text, { maxLength: 5 });
  const bound = fc.nat(size).map((one) => one / 2);
  const tests: fc.Arbitrary<Condition>[] = [
    fc.boolean().map((missing) => ({ attribute, missing })),
  ];
  if (type === 'multi') {
    tests.push(
      texts.map((hasAll) => ({ attribute, hasAll })),
      texts.map((hasNone) => ({ attribute, hasNone })),
    );
  }
  if (type === 'choice' || type === 'multi')
    tests.push(texts.map((some) => ({ attribute, in: some })));
  if (type === 'boolean') tests.push(fc.boolean().map((one) => ({ attribute, in: [one] })));
  if (type === 'text') {
    tests.push(
      texts.map((textIn) => ({ attribute, textIn })),
      text.map((startsWith) => ({ attribute, startsWith })),
    );
  }
  if (type === 'number' || type === 'date') {
    tests.push(
      bound.map((gte) => ({ attribute, range: { gte } })),
      bound.map((lt) => ({ attribute, range: { lt } })),
      fc.tuple(bound, bound).map(([gt, lte]) => ({ attribute, range: { gt, lte } })),
    );
  }
  return fc.oneof(...tests);
}

/** A vocabulary with conditions nested to the given depth, and records of which a third of the values are missing. */
const worlds = words.chain((vocabulary) => {
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      fc.oneof(...vocabulary.map(testOf)),
      fc.array(tie('condition'), { maxLength: 4 }).map((all) => ({ all })),
      fc.array(tie('condition'), { maxLength: 10 }).map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
    ),
  }));
  const record: fc.Arbitrary<Values> = fc.record(
    Object.fromEntries(
      vocabulary.map((word) => [word.id, fc.option(drawValue(word), { freq: 2, nil: undefined })]),
    ),
  );
  return fc.record({
    vocabulary: fc.constant(vocabulary),
    first: fc.array(condition, { minLength: 1, maxLength: 15 }),
    later: fc.array(fc.tuple(fc.nat(14), condition), { maxLength: 8 }),
    records: fc.array(record, { minLength: 2, maxLength: 5 }),
  });
});

describe('a matcher over any vocabulary', () => {
  it('agrees with the interpreter on every record and on every change from one to the next, before and after edits', () => {
    fc.assert(
      fc.property(worlds, ({ vocabulary, first, later, records }) => {
        const entries = first.map((when, i) => ({ id: `p${i}`, when }));
        const matcher = createMatcher(entries, vocabulary);
        const agree = (): void => {
          const now: Values = { ...records[0] };
          const handle = matcher.open(now);
          for (const record of records) {
            const expected = judged(entries, situateAll(record));
            expect(matcher.match(record)).to.deep.equal(expected);
            for (const { id } of vocabulary) {
              const before = judged(entries, situateAll(now));
              now[id] = record[id];
              const after = judged(entries, situateAll(now));
              expect(handle.set(id, record[id])).to.deep.equal({
                entered: after.filter((one) => !before.includes(one)),
                left: before.filter((one) => !after.includes(one)),
              });
            }
            expect(handle.ids()).to.deep.equal(expected);
          }
        };
        agree();
        for (const [at, when] of later) {
          const known = entries[at];
          if (known === undefined) {
            const entry = { id: `q${entries.length}`, when };
            entries.push(entry);
            matcher.add(entry);
          } else {
            entries[at] = { id: known.id, when };
            matcher.replace({ id: known.id, when });
          }
        }
        agree();
        const [gone] = entries.splice(0, 1);
        matcher.remove(gone?.id ?? '');
        agree();
      }),
      { seed: 41, numRuns: 150 },
    );
  });

  it('finds in a book what filtering by the interpreter finds', () => {
    fc.assert(
      fc.property(worlds, ({ vocabulary, first, records }) => {
        const book = createBook(vocabulary);
        for (const [i, record] of records.entries()) book.add(`r${i}`, record);
        for (const when of first) {
          const entry = { id: 'p', when };
          const expected = records.flatMap((record, i) =>
            judged([entry], situateAll(record)).length > 0 ? [`r${i}`] : [],
          );
          expect([...book.find(when)].flat()).to.deep.equal(expected);
        }
      }),
      { seed: 42, numRuns: 150 },
    );
  });
});
