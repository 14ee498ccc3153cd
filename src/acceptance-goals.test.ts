import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { cardOf, createKestrel, KESTREL, MAYA, titles } from '../test/kestrel.js';

describe('S4: several goals', () => {
  it('puts the follow-up first while satisfaction is below its floor, and vetoes the up-sell that would hurt it', async () => {
    const { agent, values, decide } = await createKestrel();
    await agent.record([
      values(KESTREL, KESTREL, { industry: 'Food', openCases: 1, satisfaction: 5 }),
    ]);
    const decision = await decide(KESTREL, MAYA);
    expect(titles(decision)).to.deep.equal(['service-follow-up']);
    const card = cardOf(decision, 'service-follow-up');
    expect(card.goal?.goal).to.equal('satisfaction');
    expect(card.deferred).to.deep.include({ play: 'upsell', goal: 'revenue', value: 4_000_000 });
    const upsell = decision.verdicts.find(({ play }) => play === 'upsell');
    expect(upsell?.arbitration?.vetoedBy).to.equal('satisfaction');
  });

  it('lets the up-sell lead when satisfaction stands above its target', async () => {
    const { agent, values, decide } = await createKestrel();
    await agent.record([
      values(KESTREL, KESTREL, { industry: 'Food', openCases: 1, satisfaction: 9 }),
    ]);
    expect(titles(await decide(KESTREL, MAYA))[0]).to.equal('upsell');
  });

  it('lets no setting carry an action through a floor: not weight, propensity, scale or the value of other goals', async () => {
    for (const weight of [0.001, 1, 1000]) {
      for (const scale of [1, 10_000, 1e9]) {
        for (const value of [1, 40_000, 1e9]) {
          const scenario = await createKestrel(
            acceptancePlaybook({
              settings: (text) =>
                text.replace('weight: 1, scale: 10000', `weight: ${weight}, scale: ${scale}`),
              plays: { upsell: upsellOf(value) },
            }),
          );
          await scenario.agent.record([
            scenario.values(KESTREL, KESTREL, { industry: 'Food', satisfaction: 5.99 }),
          ]);
          expect(
            titles(await scenario.decide(KESTREL, MAYA)),
            `weight ${weight}, scale ${scale}, value ${value}`,
          ).not.to.include('upsell');
        }
      }
    }
  });

  const upsellOf = (value: number): string => `
title: Offer the big machine
why: They have room for it.
about: account
trigger: { becomes: { industry: Food } }
action: { kind: propose, minutes: 0 }
for: team
serves: { revenue: { value: ${value} }, satisfaction: { value: -0.001 } }
propensity: 1
expires: 30 days
coolDown: { done: 90 days, notRelevant: 90 days }
owner: ana@example.com
`;
});
