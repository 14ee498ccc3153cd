import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFuzz } from './run-fuzz.js';

describe('the gateway under a fuzzer that is driven by its own document', () => {
  it('answers 2,000 requests, good and bad, as documented, and goes on', async () => {
    const { faults, requests, statuses, reached } = await runFuzz({ requests: 2000, seed: 'ci' });
    assert.deepEqual(faults, []);
    assert.equal(requests, 2000);
    // It got behind the doors, and was stopped before them.
    for (const route of [
      'POST /v1/decide',
      'POST /v1/facts',
      'POST /v1/responses',
      'GET /v1/events',
    ])
      assert.ok((reached[route]?.[0] ?? 0) > 0, `nothing came of ${route}`);
    for (const status of ['400', '401', '403', '404', '415'])
      assert.ok((statuses[status] ?? 0) > 0, `nothing was answered with ${status}`);
  });
});
