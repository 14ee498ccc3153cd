import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { medianDuration } from '../../src/analyze/survival.js';

describe('the time by which it has happened to half', () => {
  it('is the median where it has happened to all', () => {
    const days = [9, 3, 5, 7, 1];
    assert.equal(medianDuration(days.map((one) => ({ days: one, happened: true }))), 5);
  });

  it('counts who is still waiting as long as they were seen', () => {
    // Of six: 1 of 6 at 1, then 5 left; 1 of 5 at 3 leaves 4/6; one leaves at 4; 1 of 3 at 6 leaves 4/9.
    const durations = [
      [1, true],
      [3, true],
      [4, false],
      [6, true],
      [8, false],
      [9, false],
    ] as const;
    assert.equal(medianDuration(durations.map(([days, happened]) => ({ days, happened }))), 6);
  });

  it('is not known where less than half are seen to the end', () => {
    assert.equal(
      medianDuration([
        { days: 5, happened: false },
        { days: 9, happened: false },
      ]),
      undefined,
    );
    assert.equal(medianDuration([]), undefined);
  });
});
