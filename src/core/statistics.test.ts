import { expect } from '@open-wc/testing';
import { median, quantile, wilsonInterval } from './statistics.js';

describe('wilsonInterval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20; the others computed apart.
  for (const [successes, trials, low, high] of [
    [81, 263, 0.2552885199, 0.366209577],
    [15, 148, 0.06238639953, 0.1604872417],
    [0, 20, 0, 0.1611251581],
    [0, 10, 0, 0.2775327999],
    [5, 56, 0.03874214845, 0.1925600139],
  ] as const) {
    it(`is ${low} to ${high} for ${successes} of ${trials}`, () => {
      const [from, to] = wilsonInterval(successes, trials);
      expect(from).to.be.closeTo(low, 1e-6);
      expect(to).to.be.closeTo(high, 1e-6);
    });
  }

  it('says nothing without trials, and mirrors when success and failure change places', () => {
    expect(wilsonInterval(0, 0)).to.deep.equal([0, 1]);
    const [low, high] = wilsonInterval(7, 31);
    const [mirroredLow, mirroredHigh] = wilsonInterval(24, 31);
    expect(mirroredLow).to.be.closeTo(1 - high, 1e-12);
    expect(mirroredHigh).to.be.closeTo(1 - low, 1e-12);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours: a quarter of [1, 2, 3, 4] is 1.75', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).to.equal(1.75);
    expect(quantile([4, 1, 3, 2], 0)).to.equal(1);
    expect(quantile([4, 1, 3, 2], 1)).to.equal(4);
  });

  it('is NaN for an empty sample', () => {
    expect(quantile([], 0.5)).to.be.NaN;
  });

  it('is the median at one half', () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2.5);
  });
});
