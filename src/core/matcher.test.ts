import { expect } from '@open-wc/testing';
import { createMatcher } from './matcher.js';
import { situate } from './small-vocabulary.js';

describe('createMatcher, plain', () => {
  it('gives the entries that are true, not those that are false or unknown, in their order', () => {
    const matcher = createMatcher(
      [
        { id: 'c', when: { attribute: 'size', range: { gte: 11 } } },
        { id: 'b', when: { attribute: 'size', range: { gte: 12 } } },
        { id: 'a', when: { all: [] } },
        { id: 'd', when: { not: { attribute: 'stage', in: ['a'] } } },
      ],
      [],
    );
    expect(matcher.match(situate({ size: 11 }))).to.deep.equal(['c', 'a']);
  });
});
