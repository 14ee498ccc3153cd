import { expect } from '@open-wc/testing';
import { foldCosts } from './learn-costs.js';

const plan = (minute: number, touch: number, plans = 1) => ({ minute, touch, plans });

describe('costs learned from plans', () => {
  it('are the mean over all plans, one two weeks old counting half', () => {
    const first = foldCosts(undefined, plan(0.4, 1), 100);
    const second = foldCosts(first, plan(0.1, 0), 114);
    expect(second?.minute).to.be.closeTo((0.5 * 0.4 + 0.1) / 1.5, 1e-12);
    expect(second?.touch).to.be.closeTo(0.5 / 1.5, 1e-12);
    expect(second?.plans).to.be.closeTo(1.5, 1e-12);
    expect(second?.days).to.equal(2);
  });

  it('count a day once, and no day before the last', () => {
    const first = foldCosts(undefined, plan(0.4, 1), 100);
    expect(foldCosts(first, plan(9, 9), 100)).to.equal(first);
    expect(foldCosts(first, plan(9, 9), 99)).to.equal(first);
  });

  it('stay what they were on a day without a plan', () => {
    expect(foldCosts(undefined, plan(0, 0, 0), 100)).to.equal(undefined);
    const first = foldCosts(undefined, plan(0.4, 1), 100);
    expect(foldCosts(first, plan(0, 0, 0), 101)).to.equal(first);
  });
});
