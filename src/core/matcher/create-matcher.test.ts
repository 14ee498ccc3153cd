import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { explain } from '../../core/condition.js';
import { situate } from '../../core/small-vocabulary.js';
import type { Condition } from '../../domain/condition.js';
import { createMatcher } from './create-matcher.js';
import {
  attributes,
  entryLists,
  judged,
  records,
  situateAll,
  type Values,
} from './matcher-vocabulary.js';

describe('createMatcher', () => {
  it('matches what the plain interpreter finds true, whatever the entries and the record', () => {
    fc.assert(
      fc.property(entryLists, fc.array(records, { maxLength: 5 }), (entries, some) => {
        const matcher = createMatcher(entries, attributes);
        for (const record of some) {
          expect(matcher.match(record)).to.deep.equal(judged(entries, situateAll(record)));
        }
      }),
      { seed: 31, numRuns: 250 },
    );
  });

  it('does so for a record with children', () => {
    fc.assert(
      fc.property(entryLists, records, records, (entries, record, child) => {
        const situated = situateAll(record, [situateAll(child)]);
        const matcher = createMatcher(entries, attributes);
        expect(matcher.match(situated)).to.deep.equal(judged(entries, situated));
      }),
      { seed: 32, numRuns: 100 },
    );
  });

  it('does so without any declaration', () => {
    fc.assert(
      fc.property(entryLists, records, (entries, record) => {
        const matcher = createMatcher(entries, []);
        expect(matcher.match(record)).to.deep.equal(judged(entries, situateAll(record)));
      }),
      { seed: 33, numRuns: 100 },
    );
  });

  it('stays right with more values and bounds than fit in a word, and when more come later', () => {
    const many = fc.record({
      owner: fc.constantFrom(...Array.from({ length: 100 }, (_, i) => `u${i}`)),
      size: fc.integer({ min: 0, max: 100 }),
      tags: fc.array(fc.constantFrom(...Array.from({ length: 80 }, (_, i) => `t${i}`)), {
        maxLength: 5,
      }),
    });
    const tests: fc.Arbitrary<Condition> = fc.oneof(
      fc
        .array(fc.nat(99), { maxLength: 6 })
        .map((list) => ({ attribute: 'owner', in: list.map((i) => `u${i}`) })),
      fc.nat(100).map((gte) => ({ attribute: 'size', range: { gte } })),
      fc.nat(100).map((lt) => ({ attribute: 'size', range: { lt } })),
      fc
        .array(fc.nat(79), { maxLength: 3 })
        .map((list) => ({ attribute: 'tags', in: list.map((i) => `t${i}`) })),
      fc
        .array(fc.nat(79), { maxLength: 3 })
        .map((list) => ({ attribute: 'tags', hasNone: list.map((i) => `t${i}`) })),
    );
    const part = fc.oneof(
      tests,
      tests.map((not) => ({ not })),
    );
    const several = fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        several,
        several,
        fc.array(many, { minLength: 4, maxLength: 4 }),
        (first, second, some) => {
          const entries = [...first, ...second].map((all, i) => ({ id: `p${i}`, when: { all } }));
          const matcher = createMatcher(entries.slice(0, first.length), [
            { id: 'tags', type: 'multi' },
          ]);
          const handle = matcher.open(some[0] as Values);
          for (const entry of entries.slice(first.length)) matcher.add(entry);
          for (const record of some) {
            expect(matcher.match(record)).to.deep.equal(judged(entries, situateAll(record)));
            for (const name of ['owner', 'size', 'tags'] as const) handle.set(name, record[name]);
            expect(handle.ids()).to.deep.equal(judged(entries, situateAll(record)));
          }
        },
      ),
      { seed: 35, numRuns: 40 },
    );
  });

  it('judges a condition of 20,000 tests of 20,000 attributes', () => {
    const any = Array.from(
      { length: 20_000 },
      (_, i): Condition => ({ attribute: `a${i}`, in: [i] }),
    );
    const matcher = createMatcher([{ id: 'p', when: { any } }], []);
    expect(matcher.match({ a19999: 19_999 })).to.deep.equal(['p']);
    expect(matcher.match({ a19999: 1 })).to.deep.equal([]);
    const handle = matcher.open({});
    expect(handle.set('a777', 777)).to.deep.equal({ entered: ['p'], left: [] });
  });

  it('explains an entry with actual values', () => {
    const when: Condition = { all: [{ attribute: 'size', range: { gte: 11 } }] };
    const matcher = createMatcher([{ id: 'p', when }], attributes);
    expect(matcher.explain('p', { size: 9 })).to.deep.equal(explain(when, situate({ size: 9 })));
    expect(matcher.explain('q', {})).to.equal(undefined);
  });

  it('refuses an id that is there already, and to replace one that is not', () => {
    const entry = { id: 'p', when: { all: [] } };
    const matcher = createMatcher([entry], []);
    expect(() => matcher.add(entry)).to.throw('entry "p" is there already');
    expect(() => createMatcher([entry, entry], [])).to.throw('entry "p" is there already');
    expect(() => matcher.replace({ ...entry, id: 'q' })).to.throw('there is no entry "q"');
    expect(matcher.remove('q')).to.equal(false);
  });
});
