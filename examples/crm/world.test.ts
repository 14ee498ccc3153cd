import { expect } from '@open-wc/testing';
import type { Fact, Playbook } from 'opportune';
import { comparePositions } from '../../src/domain/fact.js';
import { COMPANY, isMoney, type JsonObject, kindOf } from '../../src/domain/value.js';
import { startGuidance } from './agent-setup.js';
import { CATALOGUE } from './data/catalogue.js';
import { REPS } from './data/reps.js';
import { createDemoWorld } from './data/world.js';
import { LAUNCHES } from './simulate.js';

const world = createDemoWorld(7);
const { facts, now } = world;
const ofType = (...types: readonly string[]): readonly Fact[] =>
  facts.filter(({ type }) => types.includes(type));
const people = (fact: Fact): readonly string[] =>
  fact.about.filter((id) => kindOf(id) === 'contact');

describe('createDemoWorld', () => {
  it('gives the same bytes for seed 7 again, and others for seed 8', () => {
    const bytes = JSON.stringify(facts);
    // Compared by `===`: a difference of megabytes is not worth printing.
    expect(JSON.stringify(createDemoWorld(7).facts) === bytes).to.equal(true);
    expect(JSON.stringify(createDemoWorld(8).facts) === bytes).to.equal(false);
  });

  it('has 300 accounts, some 900 people, 13 reps, 38 products and two years of activities', () => {
    const count = (kind: string): number =>
      new Set(facts.flatMap(({ about }) => about).filter((id) => kindOf(id) === kind)).size;
    expect(count('account')).to.equal(300);
    expect(count('contact')).to.be.within(800, 1000);
    expect(count('rep')).to.equal(13);
    expect(count('product')).to.equal(38);
    expect(facts.length).to.be.within(30_000, 60_000);
    const first = ofType('call-made')[0]?.occurredAt ?? now;
    expect((now - first) / 86_400_000).to.be.within(720, 735);
  });

  it('tells everything in order, once, and nothing that has not happened yet', () => {
    const ids = new Set(facts.map(({ id }) => id));
    expect(ids.size).to.equal(facts.length);
    const wrong = facts.filter((fact, i) => {
      const before = facts[i - 1];
      return fact.occurredAt > now || (before && comparePositions(before, fact) >= 0);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('names no account, person, deal or product before its record is there', () => {
    const known = new Set<string>([COMPANY]);
    const strangers: string[] = [];
    for (const fact of facts) {
      if (fact.type === 'record-changed' && fact.about[0]) known.add(fact.about[0]);
      for (const id of [...fact.subjects, ...fact.about, fact.by ?? COMPANY])
        if (!known.has(id)) strangers.push(`${fact.id} names ${id}`);
    }
    expect(strangers).to.deep.equal([]);
  });

  it('calls buyer-verified only what a contact did, and money whole cents of US dollars', () => {
    const wrong = facts.filter(({ grade, by = '', type, data }) => {
      const money = [data, data.values ?? {}].flatMap((one) => Object.values(one)).filter(isMoney);
      return (
        (grade === 'buyer-verified' && kindOf(by) !== 'contact') ||
        (type === 'note-added' && grade !== 'claimed') ||
        money.some(
          ({ amountMinor, currency }) => !Number.isInteger(amountMinor) || currency !== 'USD',
        )
      );
    });
    expect(wrong).to.deep.equal([]);
  });

  it('answers no email that was not sent to the one who answers', () => {
    const written = new Map<string, number>();
    for (const fact of ofType('email-sent', 'email-received')) {
      if (fact.type === 'email-sent')
        for (const id of people(fact)) written.set(id, fact.occurredAt);
      else if (String(fact.data.subject ?? '').startsWith('Re:') && fact.id.match(/fact:\d/))
        expect(written.get(fact.by ?? ''), fact.id).to.be.below(fact.occurredAt);
    }
  });

  it('wins with more people and quicker answers than it loses', () => {
    const buyers = new Map<string, Set<string>>();
    const stage = new Map<string, string>();
    for (const fact of facts) {
      const deal = fact.about.find((id) => kindOf(id) === 'opportunity');
      if (!deal) continue;
      const values = fact.data.values as { readonly stage?: string } | undefined;
      if (values?.stage) stage.set(deal, values.stage);
      if (fact.grade === 'buyer-verified' && fact.by)
        buyers.set(deal, (buyers.get(deal) ?? new Set()).add(fact.by));
    }
    const mean = (end: string): number => {
      const deals = [...stage].filter(([, last]) => last === end).map(([deal]) => deal);
      return deals.reduce((sum, deal) => sum + (buyers.get(deal)?.size ?? 0), 0) / deals.length;
    };
    expect(mean('Won')).to.be.above(mean('Lost') + 0.5);
  });

  it('sold Kestrel Foods $312,400 in twelve months', () => {
    const bought = ofType('purchase')
      .filter(({ subjects }) => subjects.includes('demo:account:kestrel-foods'))
      .filter(({ occurredAt }) => occurredAt > now - 365 * 86_400_000)
      .reduce((sum, { data }) => sum + (isMoney(data.amount) ? data.amount.amountMinor : 0), 0);
    expect(bought).to.equal(31_240_000);
  });
});

describe('the demo playbook in this world', () => {
  let playbook: Playbook;
  before(async () => {
    playbook = await (await fetch(new URL('playbook.json', import.meta.url))).json();
  });

  it('sells the same products at the same prices', () => {
    const sold = playbook.products.map(({ id, label, brand, family, priceMinor }) => ({
      id,
      label,
      brand,
      family,
      price: priceMinor / 100,
    }));
    expect(sold).to.have.deep.members([...CATALOGUE]);
  });

  it('opens every play at one of the hand-made accounts, the news after a launch', async function () {
    this.timeout(20_000);
    const guidance = await startGuidance({
      facts,
      playbook,
      startsAt: now,
      clock: { now: () => now },
    });
    const accounts = new Map<string, readonly string[]>();
    for (const { about, data } of facts) {
      const { owner, service, engineer } = (data.values ?? {}) as JsonObject;
      if (/account:[a-z]/.test(about[0] ?? '') && owner)
        accounts.set(about[0] ?? '', [String(owner), String(service), String(engineer)]);
    }
    for (const account of accounts.keys()) await guidance.bring(account);
    const [launch] = LAUNCHES;
    await guidance.record([
      {
        id: 'launch',
        type: 'product-added',
        subjects: [COMPANY],
        about: [],
        occurredAt: now,
        learnedAt: now,
        grade: 'observed',
        data: { product: launch?.id ?? '', brand: launch?.brand ?? '' },
      },
    ]);
    const open = new Set<string>();
    const kinds = new Set<string>();
    const guided = new Set<string>();
    for (const [account, askers] of accounts) {
      for (const asker of askers) {
        const { shown, verdicts, nothing } = await guidance.agent.decide(account, asker, {
          verdicts: 'all',
        });
        if (nothing) kinds.add(nothing.because);
        if (shown.length > 0) guided.add(asker);
        for (const { play, stage } of verdicts)
          if (['shown', 'contact-policy', 'arbitration', 'profit-gate'].includes(stage))
            open.add(play);
      }
    }
    expect(playbook.plays.map(({ id }) => id).filter((id) => !open.has(id))).to.deep.equal([]);
    expect(kinds).to.include('holdout');
    const others = REPS.filter(({ role, team }) => role !== 'Sales' || team === 'Partner');
    expect([...guided]).to.include.members(others.map(({ id }) => id));
  });
});
