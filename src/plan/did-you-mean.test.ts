import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { findNearest, suggest } from './did-you-mean.js';

const NAMES = ['daysSinceBuyerReply', 'daysInStage', 'stage', 'amount', 'region'].map((id) => ({
  id,
}));

describe('findNearest', () => {
  const near: readonly (readonly [string, string | undefined])[] = [
    ['daysSinceByerReply', 'daysSinceBuyerReply'],
    ['days_since_buyer_reply', 'daysSinceBuyerReply'],
    ['DaysInStage', 'daysInStage'],
    ['satge', 'stage'],
    ['amout', 'amount'],
    ['regions', 'region'],
    ['industry', undefined],
    ['', undefined],
  ];
  for (const [written, id] of near)
    it(`${written || 'nothing'} is nearest to ${id ?? 'nothing'}`, () =>
      expect(findNearest(written, NAMES)?.id).to.equal(id));

  it('looks at labels too: "Pharmaceuticals" is "pharma"', () => {
    const values = [{ id: 'pharma', label: 'Pharmaceuticals' }, { id: 'food' }];
    expect(findNearest('Pharmaceuticls', values)?.id).to.equal('pharma');
  });

  it('takes the first of two that are equally near', () =>
    expect(findNearest('cat', [{ id: 'bat' }, { id: 'hat' }])?.id).to.equal('bat'));

  it('does not compare a text of 100,000 letters', () =>
    expect(findNearest('x'.repeat(100_000), NAMES)).to.equal(undefined));

  it('agrees with a distance that tries every edit, for short words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(word, word, (written, id) => {
        const found = findNearest(written, [{ id }]) !== undefined;
        expect(found).to.equal(reach(written, 1).has(id));
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});

/** Every word of a, b and c within that many insertions, deletions, replacements and swaps. */
function reach(word: string, edits: number): ReadonlySet<string> {
  const found = new Set([word]);
  for (let round = 0; round < edits; round++)
    for (const one of [...found]) {
      for (let i = 0; i <= one.length; i++) {
        const [head, tail] = [one.slice(0, i), one.slice(i)];
        for (const letter of 'abc')
          found.add(head + letter + tail).add(head + letter + tail.slice(1));
        found.add(head + tail.slice(1));
        if (tail.length > 1) found.add(head + tail[1] + tail[0] + tail.slice(2));
      }
    }
  return found;
}

describe('suggest', () => {
  it('names what exists when nothing is near and there are few', () =>
    expect(suggest('industry', NAMES.slice(2), 'declare it')).to.equal(
      'use one of stage, amount, region',
    ));
  it('falls back when there is nothing to name', () =>
    expect(suggest('industry', [], 'declare it')).to.equal('declare it'));
});
