import assert from 'node:assert/strict';
import { compilePlaybook } from 'opportune/plan';
import { type Guidance, startGuidance } from '../../../examples/crm/agent-setup.js';
import { createDemoWorld } from '../../../examples/crm/data/world.js';
import { readPlaybookFolder } from '../../../gateway/playbook-folder.js';
import { createFakeGateway } from '../../../src/remote/fake-gateway.js';
import { worker } from './worker-globals.js';

/** For tests: the world of the demo behind the card, whose users are signed by a token in the same process. */
export interface DemoCard {
  readonly guidance: Guidance;
  readonly clock: { now(): number };
  /** From now on HubSpot calls in the name of this rep. */
  signAs(rep: string): void;
}

export async function openDemoCard(): Promise<DemoCard> {
  const world = createDemoWorld(7);
  const clock = { now: () => world.now };
  const { playbook } = compilePlaybook(readPlaybookFolder('examples/crm/playbook'), {
    today: '2026-11-19',
  });
  assert.ok(playbook);
  const guidance = await startGuidance({
    facts: world.facts,
    playbook,
    startsAt: world.now,
    clock,
  });
  const every = (): (() => void) => () => undefined;
  const gateway = createFakeGateway(guidance.agent, { ...clock, every });
  return {
    guidance,
    clock,
    signAs(rep) {
      gateway.tokens.set(rep, rep);
      worker.hsFetch = (url, options = {}) => {
        const { method = 'GET', body } = options as { method?: string; body?: object };
        return gateway.fetch(url, {
          method,
          headers: { authorization: `Bearer ${rep}` },
          ...(body && { body: JSON.stringify(body) }),
        });
      };
    },
  };
}
