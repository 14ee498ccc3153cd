import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createSteadyClock } from './steady-clock.js';

it('a clock that is set back an hour goes on at half its speed until the hour is over twice', () => {
  const minute = 60_000;
  let machine = 1_000 * minute;
  const clock = createSteadyClock({ now: () => machine });
  assert.equal(clock.now(), 1_000 * minute);
  machine -= 60 * minute;
  assert.equal(clock.now(), 1_000 * minute);
  machine += 10 * minute;
  assert.equal(clock.now(), 1_005 * minute);
  machine += 109 * minute;
  assert.equal(clock.now(), 1_059.5 * minute);
  machine += 5 * minute;
  assert.equal(clock.now(), machine);
});
