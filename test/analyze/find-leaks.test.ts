import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findLeaks } from '../../src/analyze/find-leaks.js';
import { runThrough } from '../../src/core/run-sliced.js';
import { createPatternWorld } from '../pattern-world.js';

describe('what an amount made', () => {
  it('is named: a copy of it, and bands of it; an honest column is not', () => {
    const world = { seed: 'leaks', isAmount: true, isSkewed: true, hasLeaks: true };
    const leaks = runThrough(findLeaks(createPatternWorld(world).table));
    assert.deepEqual(
      leaks.map(({ column, because }) => [column, because]),
      [
        ['opportunity.band', 'repeats-the-outcome'],
        ['opportunity.copy', 'repeats-the-outcome'],
      ],
    );
  });
});
