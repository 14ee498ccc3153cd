import { gatewayContract } from './gateway-contract.js';
import { createTeam, tokenOf } from './team.js';

describe('the gateway of the tests', () => {
  for (const { name, run } of gatewayContract)
    it(name, async () => {
      const clock = {
        now: () => Date.now(),
        every(ms: number, tick: () => void) {
          const timer = setInterval(tick, ms);
          return () => clearInterval(timer);
        },
      };
      const { agent, gateway } = await createTeam(clock);
      await run({
        url: 'https://gateway.example',
        fetch: gateway.fetch,
        token: async (asker) => ({ token: tokenOf(asker) }),
        clock,
        record: async (facts) => void (await agent.record(facts)),
      });
    });
});
