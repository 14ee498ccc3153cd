import assert from 'node:assert/strict';
import { it } from 'node:test';
import { torture } from './torture.js';

it('killed ten times at random moments under load, the gateway has what it said it has, once', async () => {
  const seed = Date.now() % 1_000_000;
  const { violations, kills, facts, restarts } = await torture({ on: 'embedded', kills: 10, seed });
  assert.deepEqual(violations, [], `seed ${seed}`);
  assert.equal(kills, 10);
  // It says nothing if nothing was taken, or nothing started again.
  assert.ok(facts > 60 && restarts.length > 5, `${facts} facts, ${restarts.length} restarts`);
});
