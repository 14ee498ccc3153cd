import { createAgent } from '../agent.js';
import type { Agent } from '../domain/agent.js';
import type { RecordId } from '../domain/value.js';
import { compilePlaybook } from '../plan/compile-playbook.js';
import { createMemoryStore } from '../stores/memory.js';
import { accountFacts, MAYA, playbookFiles, repFacts, TOM } from './contract-world.js';
import { createFakeGateway, type FakeGateway } from './fake-gateway.js';
import type { RemoteClock } from './pause.js';

export const KESTREL = 'crm:account:kestrel';
export const LARKEYE = 'crm:account:larkeye';

/** A gateway with two reps and two accounts, for tests. */
export interface Team {
  /** The one in the gateway. */
  readonly agent: Agent;
  readonly gateway: FakeGateway;
}

export async function createTeam(clock: RemoteClock): Promise<Team> {
  const agent = await createAgent({ store: createMemoryStore(), clock });
  const sources = Object.entries(playbookFiles).map(([path, text]) => ({ path, text }));
  const { playbook, problems } = compilePlaybook(sources, { today: '2026-11-02' });
  if (!playbook) throw new Error(JSON.stringify(problems));
  await agent.publish(playbook);
  await agent.record(repFacts(clock.now()));
  for (const account of [KESTREL, LARKEYE]) await agent.record(accountFacts(account, clock.now()));
  // What an agent loads when it is first asked for, so that later only the hands of the test's clock move time.
  await Promise.all([
    agent.decide(KESTREL, MAYA, { verdicts: 'all' }),
    agent.history(KESTREL, MAYA),
    agent.tips(MAYA),
    agent.kindsOff(MAYA),
    import('../unclaim.js'),
  ]);
  const gateway = createFakeGateway(agent, clock);
  for (const rep of [MAYA, TOM]) gateway.tokens.set(tokenOf(rep), rep);
  return { agent, gateway };
}

export const tokenOf = (rep: RecordId): string => `token of ${rep}`;
