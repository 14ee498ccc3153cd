import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { dateOfDay } from '../../core/zone.js';
import type { Condition } from '../../domain/condition.js';
import { createBook } from './create-book.js';
import { createMatcher, type MatcherAttribute } from './create-matcher.js';
import {
  attributes,
  conditions,
  judged,
  NAMES,
  records,
  situateAll,
  valueFor,
} from './matcher-vocabulary.js';

const ids = (slices: Iterable<readonly string[]>): string[] => [...slices].flat();

describe('createBook', () => {
  it('finds the records that the plain interpreter finds true, also after changes and removals', () => {
    const change = fc
      .constantFrom(...NAMES)
      .chain((name) => fc.tuple(fc.nat(20), fc.constant(name), valueFor(name)));
    fc.assert(
      fc.property(
        fc.array(records, { maxLength: 12 }),
        fc.array(change, { maxLength: 8 }),
        fc.option(fc.nat(20)),
        conditions,
        (some, changes, removed, when) => {
          const book = createBook(attributes);
          const all = some.map((record, i) => ({ id: `r${i}`, record: { ...record } }));
          for (const { id, record } of all) book.add(id, record);
          for (const [row, name, value] of changes) {
            const changed = all[row];
            if (!changed) continue;
            changed.record[name] = value;
            book.set(row, name, value);
          }
          if (removed !== null && removed < all.length) {
            book.remove(removed);
            all.splice(removed, 1);
          }
          const expected = all.filter(
            ({ record }) => judged([{ id: '', when }], situateAll(record)).length,
          );
          expect(ids(book.find(when))).to.deep.equal(expected.map(({ id }) => id));
        },
      ),
      { seed: 41, numRuns: 300 },
    );
  });

  it('counts days from dates as a matcher does', () => {
    const derived: MatcherAttribute[] = [
      { id: 'account.call', type: 'date' },
      {
        id: 'account.daysSinceCall',
        type: 'number',
        derive: { op: 'days-since-date', attribute: 'call' },
      },
    ];
    const when: Condition = { attribute: 'account.daysSinceCall', range: { gte: 2 } };
    const some = [
      { 'account.call': dateOfDay(8) },
      { 'account.call': dateOfDay(9) },
      { 'account.call': dateOfDay(9), 'account.daysSinceCall': 5 },
      { 'account.call': 'soon' },
      {},
    ];
    const book = createBook(derived);
    const matcher = createMatcher([{ id: 'p', when }], derived);
    for (const [i, record] of some.entries()) book.add(`r${i}`, record);
    for (const today of [9, 10, 11, undefined]) {
      const expected = some.flatMap((record, i) =>
        matcher.match(record, today).length ? [`r${i}`] : [],
      );
      expect(ids(book.find(when, today))).to.deep.equal(expected);
    }
    expect(
      ids(
        book.find({ attribute: 'account.daysSinceCall', inAttribute: 'account.daysSinceCall' }, 9),
      ),
    ).to.deep.equal(['r0', 'r1', 'r2']);
  });

  it('holds 100,000 records with 70,000 distinct values, and gives them slice by slice', () => {
    const book = createBook([]);
    for (let i = 0; i < 100_000; i++)
      book.add(`r${i}`, { size: i % 70_000, kind: `k${i % 300}`, even: i % 2 === 0 });
    const when: Condition = {
      all: [
        { attribute: 'size', range: { gte: 20_000, lt: 20_600 } },
        { attribute: 'kind', in: ['k7', 'k8'] },
        { not: { attribute: 'even', in: [true] } },
      ],
    };
    const slices = [...book.find(when)];
    expect(slices.length).to.equal(4);
    expect(slices.flat()).to.deep.equal(
      Array.from({ length: 100_000 }, (_, i) => i)
        .filter(
          (i) =>
            i % 70_000 >= 20_000 && i % 70_000 < 20_600 && [7, 8].includes(i % 300) && i % 2 === 1,
        )
        .map((i) => `r${i}`),
    );
  });

  it('takes rows set between two slices as they are then', () => {
    const book = createBook([]);
    for (let i = 0; i < 40_000; i++) book.add(`r${i}`, {});
    const slices = book.find({ attribute: 'new', in: [1] });
    expect(slices.next().value).to.deep.equal([]);
    book.set(5, 'new', 1);
    book.set(39_999, 'new', 1);
    expect(slices.next().value).to.deep.equal(['r39999']);
  });
});
