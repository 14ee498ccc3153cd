import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { cardOf, createKestrel, KESTREL, MAYA, titles } from '../test/kestrel.js';
import { createRandom } from './core/random.js';
import type { ByFactor, Decision } from './domain/decision.js';
import type { Playbook } from './domain/playbook.js';
import { toCardView } from './view/card-view.js';
import { createReading } from './view/reading.js';
import { ENGLISH } from './view/strings.js';
import { toWhyNot } from './view/why-not.js';

interface Written {
  readonly id: string;
  readonly chance: number;
  /** In the unit of the goal revenue, whose scale is 1. */
  readonly revenue: number;
  readonly satisfaction?: number;
  readonly lever?: number | string;
  /** Points where the industry is Retail, and where they bought elsewhere. */
  readonly retail?: number;
  readonly elsewhere?: number;
}

const KINDS = ['call', 'email', 'propose', 'meeting', 'bring-in', 'prepare', 'log', 'learn', 'fix'];

function productOf(plays: readonly Written[]): Playbook {
  const text = (
    { chance, revenue, satisfaction, lever, retail, elsewhere }: Written,
    i: number,
  ) => `
title: Play ${i}
why: It may pay.
about: account
trigger: { opened: true }
action: { kind: ${KINDS[i]}, minutes: 30 }
for: team
serves: { revenue: { value: ${revenue} }${satisfaction ? `, satisfaction: { value: ${satisfaction} }` : ''} }
propensity: ${chance}
${lever === undefined ? '' : `lever: ${lever}`}
${retail || elsewhere ? 'context:' : ''}
${retail ? `- { when: { industry: Retail }, points: ${retail} }` : ''}
${elsewhere ? `- { when: { boughtElsewhere: true }, points: ${elsewhere} }` : ''}
owner: ana@example.com
`;
  return acceptancePlaybook({
    settings: (settings) =>
      settings
        .replace('weight: 1, scale: 10000', 'weight: 1, scale: 1')
        .replace('propensity:', 'arbitration: product\npropensity:'),
    plays: Object.fromEntries(plays.map((one, i) => [one.id, text(one, i)])),
  });
}

async function decideFor(plays: readonly Written[], boughtElsewhere = false): Promise<Decision> {
  const { agent, values, decide } = await createKestrel(productOf(plays));
  await agent.record([values(KESTREL, KESTREL, { industry: 'Retail', boughtElsewhere })]);
  return decide(KESTREL, MAYA);
}

/** Our plays among those of the playbook, highest priority first. */
const order = ({ verdicts }: Decision, plays: readonly Written[]): readonly string[] =>
  verdicts
    .filter(({ play }) => plays.some(({ id }) => id === play))
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.play < b.play ? -1 : 1))
    .map(({ play }) => play);
const sumOf = ({ propensity, context, value, lever }: ByFactor): number =>
  propensity + context + value + lever;

// The published case: propensity x context x value x lever, and its order without each of the factors.
const PUBLISHED: readonly Written[] = [
  { id: 'A', chance: 0.12, revenue: 500 },
  { id: 'B', chance: 0.05, revenue: 900, retail: 100 },
  { id: 'C', chance: 0.3, revenue: 120, lever: '55 points' },
  { id: 'D', chance: 0.02, revenue: 4000 },
];

describe('priority as a product', () => {
  it('is propensity x context x value x lever (pcvl_priority, pega_weight_normalisation)', async () => {
    const decision = await decideFor(PUBLISHED);
    const found = new Map(decision.verdicts.map((one) => [one.play, one.arbitration]));
    for (const [id, priority] of Object.entries({ A: 60, B: 90, C: 55.8, D: 80 }))
      expect(found.get(id)?.priority).to.be.closeTo(priority, 1e-9);
    expect(found.get('C')?.product?.lever).to.be.closeTo(1.55, 1e-6);
    expect(titles(decision)).to.deep.equal(['B', 'D', 'A']);
    // The minutes of all of them cost something in this playbook, and nothing here.
    expect(found.get('A')).to.include({ minuteCost: 0, touchCost: 0 });
  });

  it('ranks as published when a factor is left out (pcvl_priority)', async () => {
    const without = {
      P: (one: Written): Written => ({ ...one, chance: 0.1 }),
      C: ({ retail: _, ...one }: Written): Written => one,
      V: (one: Written): Written => ({ ...one, revenue: 1 }),
      L: ({ lever: _, ...one }: Written): Written => one,
    };
    const found: { [factor: string]: string } = {};
    for (const [factor, leave] of Object.entries(without)) {
      const plays = PUBLISHED.map(leave);
      found[factor] = order(await decideFor(plays), plays).join('');
    }
    expect(found).to.deep.equal({ P: 'DBAC', C: 'DACB', V: 'CABD', L: 'BDAC' });
  });

  it('says why one is above another, by shares of ln that add up (pcvl_priority)', async () => {
    const decision = await decideFor(PUBLISHED);
    const card = cardOf(decision, 'B');
    const { play, logs } = card.ahead ?? {};
    expect(play).to.equal('D');
    expect(logs?.propensity).to.be.closeTo(0.9162907319, 1e-9);
    expect(logs?.context).to.be.closeTo(Math.LN2, 1e-9);
    expect(logs?.value).to.be.closeTo(-1.491654877, 1e-9);
    expect(logs?.lever).to.be.closeTo(0, 1e-9);
    expect(logs && sumOf(logs)).to.be.closeTo(0.1177830357, 1e-9);
    const reading = createReading(decision, productOf(PUBLISHED), ENGLISH);
    const told = toCardView(card, reading).facts.find(({ label }) => label === 'Ahead of');
    expect([told?.strong, told?.text]).to.deep.equal([
      'Play 3',
      '1.13 times its priority. For it: chance 29.5%, what fits here 22.4%. Against it: worth 48.1%.',
    ]);
  });

  it('says the lever that is enough, and with it the card shows', async () => {
    const decision = await decideFor(PUBLISHED);
    const reading = createReading(decision, productOf(PUBLISHED), ENGLISH);
    const [item] = toWhyNot(reading)
      .groups.flatMap(({ items }) => items)
      .filter(({ play }) => play === 'C');
    expect(item?.change).to.equal(
      'Shows with a lever of 1.67, now 1.55. “Play 0” comes first. For it: worth 51.3%. Against it: chance 32.9%, lever 15.8%.',
    );
    const raised = (lever: number): readonly Written[] =>
      PUBLISHED.map((one) => (one.id === 'C' ? { ...one, lever } : one));
    expect(titles(await decideFor(raised(1.67)))).to.deep.equal(['B', 'D', 'C']);
    expect(titles(await decideFor(raised(1.66)))).to.deep.equal(['B', 'D', 'A']);
  });

  it('agrees with the product counted out by hand, over random plays and situations', async () => {
    const random = createRandom('products');
    const upTo = (most: number): number => Number((random() * most).toPrecision(3));
    for (let round = 0; round < 25; round++) {
      const boughtElsewhere = round % 2 === 1;
      const plays = KINDS.map(
        (_, i): Written => ({
          id: `play-${i}`,
          chance: 0.01 + upTo(0.9),
          revenue: 1 + upTo(900),
          satisfaction: upTo(40) - 10,
          lever: random() < 0.5 ? 0.1 + upTo(3) : `${Math.round(random() * 150 - 50)} points`,
          retail: Math.round(random() * 120 - 40),
          elsewhere: Math.round(random() * 120 - 40),
        }),
      );
      const byHand = plays.map((one) => {
        const lever =
          typeof one.lever === 'number'
            ? one.lever
            : 1 + Number(String(one.lever).split(' ')[0]) / 100;
        const points = (one.retail ?? 0) + (boughtElsewhere ? (one.elsewhere ?? 0) : 0);
        const value = one.revenue + (one.satisfaction ?? 0);
        return { id: one.id, priority: one.chance * (1 + points / 100) * value * lever };
      });
      const decision = await decideFor(plays, boughtElsewhere);
      const found = new Map(decision.verdicts.map((one) => [one.play, one]));
      for (const { id, priority } of byHand)
        expect(found.get(id)?.priority).to.be.closeTo(priority, 1e-9 * Math.abs(priority));
      const best = byHand
        .filter(({ priority }) => priority > 0)
        .sort((a, b) => b.priority - a.priority)
        .slice(0, 3);
      expect(titles(decision)).to.deep.equal(best.map(({ id }) => id));
      for (const { priority, arbitration } of decision.verdicts) {
        const logs = arbitration?.behind?.logs;
        const other = found.get(arbitration?.behind?.play ?? '')?.priority;
        if (!logs || !other || !priority) continue;
        expect(sumOf(logs)).to.be.closeTo(Math.log(other / priority), 1e-9);
      }
    }
  });

  it('lets no lever carry a play through a floor', async () => {
    const hurts = { id: 'hurts', chance: 1, revenue: 9000, satisfaction: -0.1, lever: 1000 };
    const { agent, values, decide } = await createKestrel(productOf([hurts]));
    await agent.record([values(KESTREL, KESTREL, { industry: 'Food', satisfaction: 5 })]);
    const decision = await decide(KESTREL, MAYA);
    expect(titles(decision)).not.to.include('hurts');
    const verdict = decision.verdicts.find(({ play }) => play === 'hurts');
    expect(verdict?.arbitration?.vetoedBy).to.equal('satisfaction');
  });
});
