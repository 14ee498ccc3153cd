import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createKestrel, KESTREL, MAYA, titles } from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import { createRandom } from './core/random.js';
import { type Decision, type Verdict, worthOf } from './domain/decision.js';
import type { LearnedCosts } from './domain/parameters.js';
import { COMPANY, type JsonObject } from './domain/value.js';
import { toCardView } from './view/card-view.js';
import { createReading } from './view/reading.js';
import { ENGLISH } from './view/strings.js';

const KINDS = ['call', 'email', 'propose', 'meeting', 'bring-in', 'prepare'];
const COSTS = { minute: 0.01, touch: 0.05 };

interface Written {
  readonly revenue: number;
  readonly minutes: number;
  readonly touches: boolean;
}

/** A play's revenue of 10,000 counts as 1, and a quarter of the buyers act. */
const playbookOf = (plays: readonly Written[]) =>
  acceptancePlaybook({
    settings: (text) => text.replace('minute: 0.001, touch: 0.01', 'minute: 0.01, touch: 0.05'),
    plays: Object.fromEntries(
      plays.map(({ revenue, minutes, touches }, i) => [
        `play-${i}`,
        `
title: Play ${i}
why: It may pay.
about: account
trigger: { opened: true }
action: { kind: ${KINDS[i]}, minutes: ${minutes}${touches ? ', touch: call' : ''} }
for: team
serves: { revenue: { value: ${revenue} } }
owner: ana@example.com
`,
      ]),
    ),
  });

const learn = async ({ agent, fact }: Scenario, costs: Partial<LearnedCosts>): Promise<void> => {
  const learned = { minute: 0, touch: 0, plans: 12, days: 3, day: 20_000, ...costs };
  const parameters = { version: 'priced', propensity: {}, levels: {}, costs: learned };
  await agent.record([
    fact('learned', [COMPANY], { parameters: parameters as unknown as JsonObject }),
  ]);
};

/** Stopped because it is worth nothing: nothing came before it, and no floor. */
const isStoppedAtWorth = ({ stage, arbitration }: Verdict): boolean =>
  stage === 'arbitration' && !arbitration?.behind && !arbitration?.vetoedBy;

describe('costs that the plans of days have taught', () => {
  it('stop no card that the declared costs let through, over random plays and prices', async () => {
    const random = createRandom('prices');
    let reordered = 0;
    for (let round = 0; round < 30; round++) {
      const plays = KINDS.map(
        (): Written => ({
          revenue: Math.round(1 + random() * 40_000),
          minutes: Math.round(random() * 60),
          touches: round % 2 === 0 && random() < 0.5,
        }),
      );
      const scenario = await createKestrel(playbookOf(plays));
      const declared = await scenario.decide(KESTREL, MAYA);
      await learn(scenario, { minute: random() * 0.2, touch: random() * 2 });
      const priced = await scenario.decide(KESTREL, MAYA);
      for (const verdict of priced.verdicts) {
        const before = declared.verdicts.find(({ play }) => play === verdict.play)?.priority;
        if (before === undefined || !verdict.arbitration) continue;
        const told = `round ${round}, ${verdict.play}`;
        expect(worthOf(verdict.arbitration), told).to.be.closeTo(before, 1e-12);
        if (isStoppedAtWorth(verdict)) expect(before, told).to.be.at.most(0);
        if (verdict.stage === 'shown') expect(before, told).to.be.above(0);
      }
      // What touches nobody meets no contact policy: then the very same are stopped.
      const stopped = (one: Decision) =>
        one.verdicts
          .filter(isStoppedAtWorth)
          .map(({ play }) => play)
          .sort();
      if (round % 2) expect(stopped(priced)).to.deep.equal(stopped(declared));
      if (titles(priced).join() !== titles(declared).join()) reordered++;
    }
    expect(reordered, 'prices order').to.be.above(5);
  });

  it('put what takes little of a scarce hour first', async () => {
    const long = { revenue: 40_000, minutes: 45, touches: false };
    const short = { revenue: 30_000, minutes: 5, touches: false };
    const scenario = await createKestrel(playbookOf([long, short]));
    const of = (decision: Decision, play: string) =>
      decision.verdicts.find((one) => one.play === play)?.arbitration;
    const declared = await scenario.decide(KESTREL, MAYA);
    expect(of(declared, 'play-0')?.priority).to.be.closeTo(1 - 45 * COSTS.minute, 1e-12);
    await learn(scenario, { minute: 0.02 });
    const priced = await scenario.decide(KESTREL, MAYA);
    expect(titles(priced)).to.deep.equal(['play-1', 'play-0']);
    expect(of(priced, 'play-0')).to.deep.include({ priced: { plans: 12, days: 3 } });
    expect(of(priced, 'play-0')?.minuteCost).to.be.closeTo(45 * 0.03, 1e-12);
    // Below zero at the learned price, and shown all the same.
    expect(of(priced, 'play-0')?.priority).to.be.below(0);
  });

  it('count only with enough plans, and every card says by what it is priced', async () => {
    const playbook = playbookOf([{ revenue: 40_000, minutes: 15, touches: true }]);
    const scenario = await createKestrel(playbook);
    const told = async () => {
      const decision = await scenario.decide(KESTREL, MAYA);
      const [card] = decision.shown;
      const { facts } = card
        ? toCardView(card, createReading(decision, playbook, ENGLISH))
        : { facts: [] };
      const fact = facts.find(({ label }) => label === 'Costs');
      return [fact?.strong, fact?.text];
    };
    const declared = [
      '15 minutes and one call',
      '$1,500 for the minutes, $500 for the touch, as the playbook declares',
    ];
    expect(await told()).to.deep.equal(declared);
    await learn(scenario, { minute: 0.02, touch: 0.05, plans: 9.9 });
    expect(await told()).to.deep.equal(declared);
    await learn(scenario, { minute: 0.02, touch: 0.05 });
    expect(await told()).to.deep.equal([
      '15 minutes and one call',
      '$4,500 for the minutes, $1,000 for the touch, by what it brings elsewhere in 12 plans of a day',
    ]);
  });

  it('are not taken from a fact that holds no prices', async () => {
    const scenario = await createKestrel(
      playbookOf([{ revenue: 40_000, minutes: 15, touches: true }]),
    );
    await learn(scenario, { minute: -1 });
    const [card] = (await scenario.decide(KESTREL, MAYA)).shown;
    expect(card?.arbitration.priced).to.equal(undefined);
  });
});
