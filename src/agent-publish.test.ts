import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createKestrel, DANA, DEAL, KESTREL, MAYA, PRIYA, TOM, titles } from '../test/kestrel.js';
import { createScenario } from '../test/scenario.js';
import { createAgent } from './agent.js';
import type { Playbook } from './domain/playbook.js';
import { createMemoryStore } from './stores/memory.js';

const DAY = 86_400_000;
const COMPANY = 'opportune:company:self';

describe('publishing', () => {
  const stricter = (): Playbook =>
    acceptancePlaybook({
      settings: (text) => text.replace('minMarginRate: 0.18', 'minMarginRate: 0.9'),
    });

  it('does not judge the past again: what holds stays open, under its old beginning', async () => {
    const { agent, values } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { openCases: 1 })]);
    const before = (await agent.history(KESTREL, MAYA)).map(({ opening }) => opening);
    const result = await agent.publish(stricter());
    expect(result).to.deep.include({ stillOpen: 1, opened: 0, withdrawn: 0 });
    expect((await agent.history(KESTREL, MAYA)).map(({ opening }) => opening)).to.deep.equal(
      before,
    );
  });

  it('withdraws what no longer holds, and says that the playbook changed', async () => {
    const { agent, values } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { openCases: 1 })]);
    const playbook = acceptancePlaybook();
    const without = {
      ...playbook,
      version: 'without',
      plays: playbook.plays.filter(({ id }) => id !== 'service-follow-up'),
    };
    expect((await agent.publish(without)).withdrawn).to.equal(1);
    expect((await agent.history(KESTREL, MAYA))[0]).to.deep.include({
      type: 'withdrawn',
      ended: 'playbook-changed',
    });
  });

  it('gives back the same decisions to the byte after rolling back', async () => {
    const { agent, values, store, clock } = await createKestrel();
    const accounts = Array.from({ length: 40 }, (_, i) => `crm:account:${i}`);
    await agent.record(
      accounts.map((account, i) =>
        values(account, account, {
          name: `Account ${i}`,
          owner: MAYA,
          openCases: i % 3,
          satisfaction: i % 11,
          ...(i % 4 > 0 && { industry: i % 2 ? 'Food' : 'Retail' }),
          costToServe: { amountMinor: (i % 7) * 100_000, currency: 'USD' },
        }),
      ),
    );
    const looks = async (): Promise<string> => {
      const all = [];
      for (const account of accounts) {
        for (const asker of [MAYA, TOM]) {
          // The count of commits goes on, whatever is published.
          const { inputs: _, ...decision } = await agent.decide(account, asker, {
            verdicts: 'all',
          });
          all.push(decision);
        }
      }
      return JSON.stringify(all);
    };
    const before = await looks();
    const old = JSON.stringify(await agent.playbook());
    await agent.publish(stricter());
    expect(await looks()).not.to.equal(before);
    await agent.publish(JSON.parse(old));
    expect(JSON.stringify(await agent.playbook())).to.equal(old);
    expect(await looks()).to.equal(before);
    const restarted = await createAgent({ store, clock: { now: () => clock.at } });
    expect(JSON.stringify(await restarted.playbook())).to.equal(old);
  });

  it('opens what is true at a first import through the roll-out limit, marked as true since before', async () => {
    const playbook = { ...acceptancePlaybook(), rollOut: 2, version: 'two-a-day' };
    const clock = { at: Date.UTC(2026, 10, 2, 9) };
    const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => clock.at } });
    const accounts = ['1', '2', '3', '4', '5'].map((id) => `crm:account:${id}`);
    await agent.record(
      accounts.map((account) => ({
        id: account,
        type: 'record-changed',
        subjects: [account],
        about: [account],
        occurredAt: clock.at - 300 * DAY,
        learnedAt: clock.at,
        grade: 'observed' as const,
        data: { values: { owner: MAYA, openCases: 1 } },
      })),
      { history: true },
    );
    expect(await agent.publish(playbook)).to.deep.include({ opened: 5, waiting: 3 });
    const shown = async (): Promise<number> => {
      const looks = await Promise.all(accounts.map((account) => agent.decide(account, MAYA)));
      return looks.filter(({ shown: cards }) => cards.length > 0).length;
    };
    expect(await shown()).to.equal(2);
    expect((await agent.decide('crm:account:1', MAYA)).shown[0]?.changed?.trueSinceBefore).to.equal(
      true,
    );
    clock.at += DAY;
    expect(await shown()).to.equal(4);
    clock.at += DAY;
    expect(await shown()).to.equal(5);
  });

  it('numbers a revision of content on when its text changes, and not when it does not', async () => {
    const { agent } = await createKestrel();
    const playbook = acceptancePlaybook();
    const content = (text: string) => [
      {
        id: 'c',
        title: 'Guide',
        kind: 'guide',
        attributes: {},
        owner: 'ana@example.com',
        revision: 1,
        body: [{ type: 'text' as const, text }],
        file: 'c.md',
      },
    ];
    await agent.publish({ ...playbook, version: 'one', contents: content('first') });
    await agent.publish({ ...playbook, version: 'two', contents: content('first') });
    expect((await agent.playbook())?.contents[0]?.revision).to.equal(1);
    await agent.publish({ ...playbook, version: 'three', contents: content('second') });
    expect((await agent.playbook())?.contents[0]?.revision).to.equal(2);
  });
});

describe('late facts', () => {
  it('a fact within the correction days corrects what is open; an older one changes attributes only, and is counted', async () => {
    const { agent, store, fact, clock, pass } = await createKestrel();
    await agent.record([
      fact('email-received', [KESTREL, DANA, DEAL], {}, { by: DANA, grade: 'buyer-verified' }),
    ]);
    await pass({ days: 20 });
    const late = fact(
      'email-received',
      [KESTREL, DANA, DEAL],
      {},
      { by: DANA, grade: 'buyer-verified', occurredAt: clock.at - 2 * DAY },
    );
    expect((await agent.record([late])).withdrawn).to.have.length(1);
    await pass({ days: 100 });
    const tooLate = fact(
      'email-received',
      [KESTREL, PRIYA],
      {},
      { by: PRIYA, grade: 'buyer-verified', occurredAt: clock.at - 95 * DAY },
    );
    await agent.record([tooLate]);
    expect((await store.read(KESTREL))?.subject.tooLate).to.equal(1);
  });
});

describe('holdout', () => {
  it('keeps a stable share of accounts without guidance, mandatory cards excepted, and says that it is by design', async () => {
    const playbook = acceptancePlaybook({
      settings: (text) => text.replace('rate: 0,', 'rate: 0.2,'),
    });
    const scenario = await createScenario(playbook);
    const { agent, values, fact, store } = scenario;
    const accounts = Array.from({ length: 300 }, (_, i) => `crm:account:${i}`);
    await agent.record([
      values('crm:rep:maya', '', { team: 'West' }),
      ...accounts.map((account) =>
        values(account, account, { name: account, owner: MAYA, openCases: 1 }),
      ),
    ]);
    const arms = await Promise.all(
      accounts.map(async (account) => (await store.read(account))?.subject.holdout),
    );
    const kept = accounts.filter((_, i) => arms[i] === 'holdout');
    expect(kept.length).to.be.within(36, 84);
    const account = kept[0] ?? '';
    expect((await agent.decide(account, MAYA)).nothing?.because).to.equal('holdout');
    expect((await agent.why('service-follow-up', account, MAYA)).stage).to.equal('holdout');
    await agent.record([fact('notice-due', [account])]);
    expect(titles(await agent.decide(account, MAYA))).to.deep.equal(['contract-notice']);
    await agent.publish({ ...playbook, version: 'again' });
    expect(
      await Promise.all(accounts.map(async (id) => (await store.read(id))?.subject.holdout)),
    ).to.deep.equal(arms);
  });
});

describe('money and visibility', () => {
  it('converts by the rate of the day, and without a rate the amount is unknown', async () => {
    const { agent, store, fact, values, pass } = await createKestrel();
    const amount = async (): Promise<unknown> =>
      (await store.read(KESTREL))?.subject.records[DEAL]?.values.amount?.value;
    const euros = { amount: { amountMinor: 1_000_000, currency: 'EUR' } };
    await agent.record([values(DEAL, KESTREL, euros)]);
    expect(await amount()).to.equal(undefined);
    await agent.record([
      fact('rate', [], { from: 'EUR', to: 'USD', rate: 1.1 }, { subjects: [COMPANY] }),
    ]);
    await pass({ days: 1 });
    await agent.record([values(DEAL, KESTREL, euros)]);
    expect(await amount()).to.equal(1_100_000);
  });

  it('neither shows nor names a play that reads what the asker may not see, nor one that derives from it', async () => {
    const { store, clock, agent, values } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { openCases: 1, industry: 'Food' })]);
    const hidden = new Set(['account.openCases']);
    const limited = await createAgent({
      store,
      clock: { now: () => clock.at },
      access: {
        maySee: async (_, record) => record !== 'crm:account:secret',
        hiddenFrom: async () => hidden,
      },
    });
    const decision = await limited.decide(KESTREL, MAYA, { verdicts: 'all' });
    expect(titles(decision)).to.deep.equal(['upsell']);
    expect(JSON.stringify(decision)).not.to.match(/service-follow-up|ask-reference|openCases/);
    await agent.record([
      values('crm:account:secret', 'crm:account:secret', {
        name: 'Secret',
        owner: MAYA,
        openCases: 1,
      }),
    ]);
    const bytes = (id: string, answer: unknown): string =>
      JSON.stringify(answer).replaceAll(id, '');
    expect(bytes('crm:account:secret', await limited.decide('crm:account:secret', MAYA))).to.equal(
      bytes('crm:account:nobody', await limited.decide('crm:account:nobody', MAYA)),
    );
  });
});
