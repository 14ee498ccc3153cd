import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { MAYA, seller } from '../test/kestrel.js';
import { createScenario, type Scenario } from '../test/scenario.js';
import { createRandom } from './core/random.js';
import { createSubject } from './create-subject.js';
import { assignArm, assignHoldout } from './deliver/holdout.js';
import { type Decision, worthOf } from './domain/decision.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import type { JsonObject } from './domain/value.js';
import { toCardView } from './view/card-view.js';
import { createReading } from './view/reading.js';
import { ENGLISH } from './view/strings.js';
import { toWhyNot } from './view/why-not.js';

const KINDS = ['call', 'email', 'propose', 'meeting', 'bring-in'];
const ARMS = { salt: 'arms', random: 0.3, propensity: 0.1, noLevers: 0.1 };

/** Five plays that differ in all that ranks them; two touch the buyer, one hurts satisfaction, one is worth nothing. */
const PLAYS = [
  { chance: 0.5, revenue: 4000, satisfaction: 0, touch: 'call' },
  { chance: 0.1, revenue: 90_000, satisfaction: -0.1 },
  { chance: 0.35, revenue: 9000, satisfaction: 0.2, touch: 'email' },
  { chance: 0.4, revenue: 2000, satisfaction: 3 },
  { chance: 0.9, revenue: 1, satisfaction: 0 },
];

function armsPlaybook(plays: typeof PLAYS = PLAYS): Playbook {
  return acceptancePlaybook({
    settings: (text) =>
      text
        .replace(
          'holdout: { rate: 0, salt: acceptance }',
          `holdout: { rate: 0.1, salt: acceptance, arms: ${JSON.stringify(ARMS)} }`,
        )
        .replace('weight: 1, scale: 10000', 'weight: 3, scale: 10000'),
    plays: Object.fromEntries(
      plays.map(({ chance, revenue, satisfaction, touch }, i) => [
        `play-${i}`,
        `
title: Play ${i}
why: It may pay.
about: account
trigger: { opened: true }
action: { kind: ${KINDS[i]}, minutes: 5${touch ? `, touch: ${touch}` : ''} }
for: owner
serves: { revenue: { value: ${revenue} }${satisfaction ? `, satisfaction: { value: ${satisfaction} }` : ''} }
propensity: ${chance}
owner: ana@example.com
`,
      ]),
    ),
  });
}

const accountsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `crm:account:${i}`);

async function armsWorld(
  count: number,
  playbook: Playbook,
  more: (scenario: Scenario, account: string) => readonly Fact[] = () => [],
  values: (account: string) => JsonObject = () => ({}),
): Promise<readonly { readonly decision: Decision; readonly subject: Subject }[]> {
  const scenario = await createScenario(playbook);
  const accounts = accountsOf(count);
  await scenario.agent.record(
    accounts.map((id) => scenario.values(id, id, { name: id, owner: MAYA, ...values(id) })),
  );
  const facts = accounts.flatMap((id) => more(scenario, id));
  if (facts.length > 0) await scenario.agent.record(facts);
  return Promise.all(
    accounts.map(async (id) => ({
      decision: await scenario.decide(id, MAYA),
      subject: (await scenario.store.read(id))?.subject as Subject,
    })),
  );
}

/** Of so many draws among so many, how far off an even spread (Pearson). */
function chiSquare(counts: readonly number[]): number {
  const even = counts.reduce((sum, one) => sum + one, 0) / counts.length;
  return counts.reduce((sum, one) => sum + (one - even) ** 2 / even, 0);
}

describe('arms that go without a layer of the ranking', () => {
  it('are drawn once a buying group, as often as the playbook says, whatever the holdout draws', () => {
    const playbook = armsPlaybook();
    const draw = (key: string, ultimateParent?: string) => {
      const own = createSubject(key);
      const record = { id: key, kind: 'account', values: {}, derived: {} } as const;
      const values = ultimateParent && { ultimateParent: { value: ultimateParent } };
      const subject = {
        ...own,
        records: { [key]: { ...record, values: values ?? {} } },
      } as unknown as Subject;
      return [assignArm(subject, ARMS, 0).data.arm, assignHoldout(subject, playbook, 0).data.arm];
    };
    const drawn = accountsOf(20_000).map((key) => draw(key));
    const share = (arm: string, among = drawn): number =>
      among.filter(([one]) => one === arm).length / among.length;
    for (const [arm, expected] of Object.entries({
      random: 0.3,
      propensity: 0.1,
      'no-levers': 0.1,
      full: 0.5,
    })) {
      expect(share(arm), arm).to.be.closeTo(expected, 0.012);
      const heldOut = drawn.filter(([, holdout]) => holdout === 'holdout');
      expect(share(arm, heldOut), `${arm} among those held out`).to.be.closeTo(expected, 0.04);
    }
    for (const i of [1, 2, 3]) {
      const parent = `crm:account:parent${i}`;
      expect(draw('crm:account:a', parent)[0]).to.equal(draw(parent)[0]);
    }
  });

  it('by lot, put each eligible card first alike (chi-square), the same at every look', async () => {
    const even = KINDS.map((_, i) => ({
      chance: 0.1 + 0.2 * i,
      revenue: 9000 * (i + 1),
      satisfaction: 0,
    }));
    const playbook = armsPlaybook(even as unknown as typeof PLAYS);
    const world = await armsWorld(500, playbook);
    const byLot = world.filter(
      ({ subject }) => subject.arm === 'random' && subject.holdout === 'guided',
    );
    expect(byLot.length).to.be.above(100);
    const counts = KINDS.map(
      (_, i) => byLot.filter(({ decision }) => decision.shown[0]?.play === `play-${i}`).length,
    );
    // 18.47 is passed by one lot in a thousand with five cards; the seed is fixed.
    expect(chiSquare(counts), counts.join()).to.be.below(18.47);
    const whole = world.filter(
      ({ subject }) => subject.arm === 'full' && subject.holdout === 'guided',
    );
    for (const { decision } of whole) expect(decision.shown[0]?.play).to.equal('play-4');
  });

  it('rank by likelihood alone, and without weights set by hand', async () => {
    const world = await armsWorld(120, armsPlaybook(), undefined, () => ({ satisfaction: 7 }));
    const first = (arm: string): readonly (readonly string[])[] =>
      world
        .filter(({ subject }) => subject.arm === arm && subject.holdout === 'guided')
        .map(({ decision }) => decision.shown.map(({ play }) => play));
    const [likely] = first('propensity');
    // play-4 is the likeliest, and worth less than its minutes: nobody sees it.
    expect(likely).to.deep.equal(['play-0', 'play-3', 'play-2']);
    expect(first('propensity').every((shown) => shown.join() === likely?.join())).to.equal(true);
    // Satisfaction at 7 has half its credit: play-2 has 3 x 0.315 + 0.035 and play-3 3 x 0.08 + 0.6, or once the former.
    expect(first('no-levers')[0]?.slice(0, 2)).to.deep.equal(['play-1', 'play-3']);
    expect(first('full')[0]).to.deep.equal(['play-1', 'play-2', 'play-3']);
  });

  it('break no floor and no contact policy, and show nothing that is not worth it, in any arm', async () => {
    const random = createRandom('arms');
    const calls = new Map(accountsOf(240).map((id) => [id, Math.floor(random() * 5)]));
    const levels = new Map(accountsOf(240).map((id) => [id, 4 + random() * 5]));
    const world = await armsWorld(
      240,
      armsPlaybook(),
      ({ fact }, account) =>
        Array.from({ length: calls.get(account) ?? 0 }, () =>
          fact('call-made', [account], {}, seller(MAYA)),
        ),
      (account) => ({ satisfaction: levels.get(account) ?? 0 }),
    );
    const seen = new Set<string | undefined>();
    for (const { decision, subject } of world) {
      const told = `${subject.key} ${subject.arm} ${subject.holdout}`;
      seen.add(subject.arm);
      if (subject.holdout === 'holdout') expect(decision.shown, told).to.deep.equal([]);
      const left = 3 - (calls.get(subject.key) ?? 0);
      const touching = decision.shown.filter(({ action }) => action.touch);
      expect(touching.length, told).to.be.at.most(Math.max(0, left));
      for (const { play, arbitration } of decision.shown) {
        expect(worthOf(arbitration), told).to.be.above(0);
        expect(play, told).not.to.equal('play-4');
        if ((levels.get(subject.key) ?? 0) < 6) expect(play, told).not.to.equal('play-1');
      }
    }
    expect([...seen].sort()).to.deep.equal(['full', 'no-levers', 'propensity', 'random']);
  });

  it('say on the card what orders it, and claim no goal that decided', async () => {
    const playbook = armsPlaybook();
    const world = await armsWorld(60, playbook);
    const { decision } =
      world.find(({ subject }) => subject.arm === 'random' && subject.holdout === 'guided') ??
      expect.fail('nobody by lot');
    const reading = createReading(decision, playbook, ENGLISH);
    const [card] = decision.shown;
    const facts = card ? toCardView(card, reading).facts : [];
    expect(facts.map(({ label, strong }) => `${label}: ${strong}`)[0]).to.equal('Order: By lot');
    expect(facts.some(({ label }) => label === 'Goal' || label === 'Puts off')).to.equal(false);
    const behind = toWhyNot(reading)
      .groups.flatMap(({ items }) => items)
      .find(
        ({ play, need }) => play.startsWith('play-') && need.some(({ text }) => /first/.test(text)),
      );
    expect(behind?.need.map(({ text }) => text).join('')).to.match(
      /comes first\. Order here: By lot\. Part of measuring/,
    );
  });
});
