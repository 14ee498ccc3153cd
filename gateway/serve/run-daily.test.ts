import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Playbook } from 'opportune';
import { runDaily } from './run-daily.js';
import { until } from './test-gateway.js';

const HOUR = 3_600_000;
const MORNING = Date.parse('2026-11-20T06:00:00Z');
const LOOK_MS = 1_500;

/** One that notes when it was done where all processes see it. */
function open(test: TestContext, doneAt?: number) {
  const world = { now: MORNING, leads: true, away: false, doneAt, worked: 0 };
  const stop = new AbortController();
  const over = runDaily(
    {
      async playbook() {
        if (world.away) throw new Error('the store is away');
        return { zone: 'UTC' } as Playbook;
      },
      clock: { now: () => world.now },
      leads: async () => world.leads,
      failed: () => {
        world.away = false;
      },
      doneAt: async () => world.doneAt,
      async work() {
        world.worked++;
        world.doneAt = world.now;
        return true;
      },
    },
    stop.signal,
  );
  test.after(() => {
    stop.abort();
    return over;
  });
  return world;
}

describe('what is done once a day', () => {
  it('is not done again where a later look fails', async (test) => {
    const world = open(test);
    await until(() => world.worked === 1);
    world.away = true;
    await until(() => !world.away);
    world.now += HOUR + 1;
    await wait(LOOK_MS);
    assert.equal(world.worked, 1);
    world.now += 24 * HOUR;
    await until(() => world.worked === 2);
  });

  it('is not done again by who takes over from the process that did it', async (test) => {
    const world = open(test, MORNING - 24 * HOUR);
    world.leads = false;
    await wait(LOOK_MS);
    world.doneAt = MORNING;
    world.leads = true;
    await wait(LOOK_MS);
    assert.equal(world.worked, 0);
  });
});
