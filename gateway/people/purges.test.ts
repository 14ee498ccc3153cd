import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from 'opportune/stores/memory';
import { CACHE_MS, createPurges } from './purges.js';

describe('purges for devices', () => {
  it('wait for each device until it has acknowledged, and for none longer than its cache lives', async () => {
    const clock = { at: 1000, now: () => clock.at };
    const store = createMemoryStore();
    const purges = createPurges(store, clock);
    await purges.add(['crm:contact:3'], ['laptop', 'phone']);
    const [purge] = await purges.waiting('laptop');
    assert.deepEqual(purge?.persons, ['crm:contact:3']);
    await purges.acknowledge('laptop', purge?.id ?? '');
    assert.deepEqual(await purges.waiting('laptop'), []);
    assert.deepEqual((await purges.waiting())[0]?.waitingFor, ['phone']);
    clock.at += CACHE_MS;
    assert.deepEqual(await purges.waiting('phone'), []);
    assert.deepEqual(await store.names(''), []);
  });
});
