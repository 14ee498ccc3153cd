import { createAgent } from '../agent.js';
import { compilePlaybook } from '../plan/compile-playbook.js';
import { createMemoryStore } from '../stores/memory.js';
import { createFakeGateway } from './fake-gateway.js';
import {
  type GatewayBench,
  gatewayContract,
  MAYA,
  playbookFiles,
  repFacts,
  TOM,
} from './gateway-contract.js';

describe('the gateway of the tests', () => {
  for (const { name, run } of gatewayContract) it(name, async () => run(await startGateway()));
});

async function startGateway(): Promise<GatewayBench> {
  const clock = {
    now: () => Date.now(),
    every(ms: number, tick: () => void) {
      const timer = setInterval(tick, ms);
      return () => clearInterval(timer);
    },
  };
  const agent = await createAgent({ store: createMemoryStore(), clock });
  const sources = Object.entries(playbookFiles).map(([path, text]) => ({ path, text }));
  const { playbook, problems } = compilePlaybook(sources, { today: '2026-11-02' });
  if (!playbook) throw new Error(JSON.stringify(problems));
  await agent.publish(playbook);
  await agent.record(repFacts(clock.now()));
  const gateway = createFakeGateway(agent, clock);
  for (const rep of [MAYA, TOM]) gateway.tokens.set(`token of ${rep}`, rep);
  return {
    url: 'https://gateway.example',
    fetch: gateway.fetch,
    token: async (asker) => `token of ${asker}`,
    clock,
    record: async (facts) => void (await agent.record(facts)),
  };
}
