import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type GatewayRequest, isRefused, type Reason } from './identity.js';
import { startGateway, type TestGateway } from './test-gateway.js';

export interface Attack {
  readonly title: string;
  readonly reason: Reason | readonly Reason[];
  readonly make: (gateway: TestGateway) => GatewayRequest | Promise<GatewayRequest>;
}

/** A test for each: refused for that reason, and told what everybody is told. */
export function refuseAll(attacks: readonly Attack[]): void {
  for (const { title, reason, make } of attacks)
    it(title, async () => {
      const gateway = await startGateway();
      const result = await gateway.authenticator.authenticate(await make(gateway));
      assert.ok(isRefused(result), 'it was let in');
      const { log, ...told } = result;
      assert.ok([reason].flat().includes(log.reason), `refused for ${log.reason}`);
      assert.deepEqual(told, { status: 401, code: 'opportune/unauthenticated' });
      // Nothing that was presented, nor what it was checked with.
      assert.match(JSON.stringify(log), /^[{}"a-z0-9:,-]{1,120}$/);
    });
}
