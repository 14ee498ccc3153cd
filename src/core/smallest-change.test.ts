import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Change, Condition, Situated } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import { attributesOf, judge } from './condition.js';
import {
  conditions,
  declared,
  everyRecord,
  records,
  situate,
  type Values,
} from './small-vocabulary.js';
import { findSmallestChange } from './smallest-change.js';

const apply = (values: Values, changes: readonly Change[]): Values => ({
  ...values,
  ...Object.fromEntries(changes.map(({ attribute, to }) => [attribute, to])),
});

/** By trying every record: the fewest attributes that differ, the first such set by order of appearance. */
const bruteForce = (condition: Condition, values: Values): string[] | undefined => {
  const attributes = [...attributesOf(condition)];
  let best: number[] | undefined;
  for (const other of everyRecord(attributes)) {
    if (!judge(condition, situate(other))) continue;
    const altered = [...attributes.keys()].filter((i) => {
      const name = attributes[i] as string;
      return JSON.stringify(other[name]) !== JSON.stringify(values[name]);
    });
    if (
      !best ||
      altered.length < best.length ||
      (altered.length === best.length && altered < best)
    ) {
      best = altered;
    }
  }
  return best?.map((i) => attributes[i] as string);
};

const change = (condition: Condition, values: Values): ReturnType<typeof findSmallestChange> =>
  findSmallestChange(condition, situate(values), declared);

describe('findSmallestChange', () => {
  it('alters the attributes that trying every record finds, and what it says makes the condition true', () => {
    fc.assert(
      fc.property(conditions, records, (condition, values) => {
        const found = change(condition, values);
        if (judge(condition, situate(values))) {
          expect(found).to.equal(undefined);
          return;
        }
        const expected = bruteForce(condition, values);
        if (found === undefined || found === 'several') expect(found).to.equal(expected);
        else {
          expect(found.map(({ attribute }) => attribute)).to.deep.equal(expected);
          expect(judge(condition, situate(apply(values, found)))).to.equal(true);
          for (const { attribute, from } of found) expect(from).to.deep.equal(values[attribute]);
        }
      }),
      { seed: 21, numRuns: 700 },
    );
  });

  it('moves 9 to 14, the bound, and names the range', () => {
    const condition = { attribute: 'size', range: { gte: 14 } };
    expect(change(condition, { size: 9 })).to.deep.equal([
      { attribute: 'size', from: 9, to: 14, range: { gte: 14 } },
    ]);
  });

  it('moves 20 down to 10 when 12 and more are excluded elsewhere', () => {
    const condition: Condition = {
      all: [
        { attribute: 'size', range: { gt: 8, lte: 10 } },
        { not: { attribute: 'size', range: { gte: 12 } } },
      ],
    };
    expect(change(condition, { size: 20 })).to.deep.equal([
      { attribute: 'size', from: 20, to: 10, range: { gt: 8, lte: 10 } },
    ]);
  });

  it('names one value without a range when only that one will do', () => {
    expect(change({ attribute: 'size', in: [14] }, {})).to.deep.equal([
      { attribute: 'size', to: 14 },
    ]);
  });

  it('moves a date to the day', () => {
    const condition = { attribute: 'close', range: { lt: 11 } };
    expect(change(condition, { close: '1970-02-01' })).to.deep.equal([
      { attribute: 'close', from: '1970-02-01', to: '1970-01-11', range: { lt: 11 } },
    ]);
  });

  it('would have a value go away when nothing else will do', () => {
    const condition = { attribute: 'stage', missing: true };
    expect(change(condition, { stage: 'a' })).to.deep.equal([{ attribute: 'stage', from: 'a' }]);
  });

  it('adds to a list what is not in it, and leaves the rest there', () => {
    const condition = { attribute: 'topics', hasAll: ['p', 'q'] };
    expect(change(condition, { topics: ['r', 'p'] })).to.deep.equal([
      { attribute: 'topics', from: ['r', 'p'], to: ['r', 'p', 'q'] },
    ]);
  });

  it('prefers one alteration behind an "or" to two before it', () => {
    const condition: Condition = {
      any: [
        {
          all: [
            { attribute: 'stage', in: ['b'] },
            { attribute: 'open', in: [true] },
          ],
        },
        { attribute: 'size', range: { gte: 10 } },
      ],
    };
    expect(change(condition, { stage: 'a', open: false, size: 3 })).to.deep.equal([
      { attribute: 'size', from: 3, to: 10, range: { gte: 10 } },
    ]);
  });

  it('says several when four attributes stand in the way, and nothing when it can never be', () => {
    const four = ['stage', 'brand', 'open', 'size'].map((attribute) => ({
      attribute,
      missing: false,
    }));
    expect(change({ all: four }, {})).to.equal('several');
    expect(change({ attribute: 'stage', in: ['unlisted'] }, {})).to.equal(undefined);
  });

  it('counts a child as one alteration, named by its kind', () => {
    const condition: Condition = {
      all: [
        {
          has: 'opportunity',
          where: {
            all: [
              { attribute: 'x', in: ['a'] },
              { attribute: 'y', in: ['b'] },
            ],
          },
        },
        { hasNo: 'contact', where: { attribute: 'z', in: ['c'] } },
      ],
    };
    const situated: Situated = {
      get: () => undefined,
      children: (kind) => (kind === 'contact' ? [situate({ z: 'c' })] : []),
    };
    expect(findSmallestChange(condition, situated, declared)).to.deep.equal([
      { attribute: 'opportunity', from: false, to: true },
      { attribute: 'contact', from: true, to: false },
    ]);
  });

  it('makes two attributes equal by altering one, if it may hold the value of the other', () => {
    const condition: Condition = { attribute: 'stage', inAttribute: 'brand' };
    expect(change(condition, { stage: 'a', brand: 'b' })).to.deep.equal([
      { attribute: 'stage', from: 'a', to: 'b' },
    ]);
    expect(change(condition, { stage: 'a', brand: 'x' })).to.deep.equal([
      { attribute: 'brand', from: 'x', to: 'a' },
    ]);
    const apart: Condition = { not: condition };
    const found = change(apart, { stage: 'a', brand: 'a' }) as readonly Change[];
    expect(found.map(({ attribute }) => attribute)).to.deep.equal(['stage']);
    expect(judge(apart, situate(apply({ brand: 'a' }, found)))).to.equal(true);
  });

  it('makes an undeclared list share a value with another', () => {
    const values = { 'event.brand': 'x', liked: ['y', 'z'] } as {
      [attribute: string]: AttributeValue;
    };
    const found = change({ attribute: 'event.brand', inAttribute: 'liked' }, values);
    expect(found).to.deep.equal([{ attribute: 'event.brand', from: 'x', to: 'y' }]);
  });
});
