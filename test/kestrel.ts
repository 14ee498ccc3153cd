import type { Card, Decision } from '../src/domain/decision.js';
import type { Fact } from '../src/domain/fact.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { RecordId } from '../src/domain/value.js';
import { acceptancePlaybook } from './acceptance-playbook.js';
import { createScenario, type Scenario } from './scenario.js';

export const KESTREL = 'crm:account:kestrel';
export const DEAL = 'crm:opportunity:renewal';
export const DANA = 'crm:contact:dana';
export const PRIYA = 'crm:contact:priya';
export const MAYA = 'crm:rep:maya';
export const TOM = 'crm:rep:tom';

export const buyer = (contact: RecordId): Partial<Fact> => ({
  by: contact,
  grade: 'buyer-verified',
});
export const seller = (rep: RecordId): Partial<Fact> => ({ by: rep });
export const titles = (decision: Decision): readonly string[] =>
  decision.shown.map(({ play }) => play);
export const cardOf = (decision: Decision, play: string): Card => {
  const card = decision.shown.find((one) => one.play === play);
  if (!card)
    throw new Error(
      `no card ${play} among ${titles(decision).join(', ')}: ${JSON.stringify(decision.counts)}`,
    );
  return card;
};

/** Kestrel Foods of Maya's, with Dana who signs and Priya who helps, and a deal in Evaluation. */
export async function createKestrel(playbook: Playbook = acceptancePlaybook()): Promise<Scenario> {
  const scenario = await createScenario(playbook);
  const { agent, values } = scenario;
  await agent.record([
    values(KESTREL, KESTREL, {
      name: 'Kestrel Foods',
      owner: MAYA,
      openCases: 0,
      preferredBrands: ['Acme'],
    }),
    values(DANA, KESTREL, { name: 'Dana Ruiz', role: ['economicBuyer'] }),
    values(PRIYA, KESTREL, { name: 'Priya Nair', role: ['champion'] }),
    values(MAYA, KESTREL, { name: 'Maya', team: 'West' }),
    values(TOM, KESTREL, { name: 'Tom', team: 'West' }),
    values(DEAL, KESTREL, {
      name: 'Renewal',
      stage: 'Evaluation',
      amount: { amountMinor: 8_400_000, currency: 'USD' },
      owner: MAYA,
      contacts: [DANA],
    }),
  ]);
  return scenario;
}
