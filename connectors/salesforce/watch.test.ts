import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Hint } from '../../src/domain/connector.js';
import { type Bench, startBench } from './salesforce-bench.js';

describe('hints from Salesforce that something changed', () => {
  let bench: Bench;
  let stop: AbortController;
  let hints: AsyncIterator<Hint>;
  beforeEach(async () => {
    bench = await startBench({ accounts: 3 });
    stop = new AbortController();
    const items = bench.open().watch?.({ signal: stop.signal });
    assert.ok(items);
    hints = items[Symbol.asyncIterator]();
    // It listens now.
    assert.deepEqual(await next(), {});
  });
  afterEach(async () => {
    stop.abort(new Error('stopped by the test'));
    await bench.close();
  });

  const next = async (): Promise<Hint> => (await hints.next()).value;
  const change = (object: string): void => {
    const { org } = bench.emulator;
    const [id = ''] = org.rows(object).keys();
    org.update(object, id, { Phone: '1' });
  };

  it('name the object, of each that is watched, and of no other', async () => {
    const first = next();
    change('Contact');
    assert.deepEqual(await first, { object: 'Contact' });
    const { org, user } = bench.emulator;
    org.create('Product2', { Name: 'x' }, user);
    change('Account');
    assert.deepEqual(await next(), { object: 'Account' });
  });

  it('go on after the token ended and after Salesforce forgot us, and tell that something may have been missed', async () => {
    const { emulator } = bench;
    for (const break_ of [() => emulator.oauth.expire(), () => emulator.forgetStreams()]) {
      break_();
      bench.pass(60_000);
      const after = next();
      // The poll under way ends with this; the next one is refused.
      change('Account');
      let hint = await after;
      if (hint.object !== undefined) hint = await next();
      assert.deepEqual(hint, {});
    }
    change('Contact');
    assert.deepEqual(await next(), { object: 'Contact' });
  });

  it('end with the reason of the signal while nothing happens', async () => {
    const waiting = next();
    const reason = new Error('stopped by the test');
    stop.abort(reason);
    await assert.rejects(waiting, reason);
  });
});
