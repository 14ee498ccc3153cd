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

  it('puts first what is left of the expected margin after what it costs, and nothing that leaves less than nothing', async () => {
    // Chance, margin, cost and what is left, as published with the specification.
    const published = [
      { id: 'visit', chance: 0.08, margin: 5200, cost: 260, net: 156 },
      { id: 'call', chance: 0.03, margin: 5200, cost: 35, net: 121 },
      { id: 'email', chance: 0.01, margin: 5200, cost: 2, net: 50 },
      { id: 'trial', chance: 0.12, margin: 1800, cost: 400, net: -184 },
    ];
    const kinds = { visit: 'meeting', call: 'call', email: 'email', trial: 'propose' };
    const { decide } = await createKestrel(
      acceptancePlaybook({
        settings: (text) =>
          text
            .replace('minute: 0.001, touch: 0.01', 'minute: 1, touch: 0')
            .replace('weight: 1, scale: 10000', 'weight: 1, scale: 1'),
        plays: Object.fromEntries(
          published.map(({ id, chance, margin, cost }) => [
            id,
            `
title: Do it
why: It may pay.
about: account
trigger: { opened: true }
action: { kind: ${kinds[id as keyof typeof kinds]}, minutes: ${cost} }
for: team
serves: { revenue: { value: ${margin} } }
propensity: ${chance}
owner: ana@example.com
`,
          ]),
        ),
      }),
    );
    const { shown } = await decide(KESTREL, MAYA);
    expect(shown.map(({ play }) => play)).to.deep.equal(['visit', 'call', 'email']);
    for (const card of shown) {
      const known = published.find(({ id }) => id === card.play);
      expect(card.arbitration.priority).to.be.closeTo(known?.net ?? Number.NaN, 1e-6);
    }
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
