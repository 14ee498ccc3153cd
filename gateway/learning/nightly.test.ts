import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Card, Decision, Fact } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { tell } from '../../test/told-deals.js';
import { ARM, TRIAL_PLAYBOOK, tellSeen } from '../../test/trial-world.js';
import { NOW, openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';
import { createNightly } from './nightly.js';

const DAY = 86_400_000;
const REP = 'crm:rep:ana';
const MANAGER = 'acme crm:rep:boss manager';
const ACCOUNTS = Array.from({ length: 80 }, (_, i) => `crm:account:${i}`);

describe('each day, by itself,', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      playbook: Object.entries(TRIAL_PLAYBOOK).map(([path, text]) => ({ path, text })),
    });
    await gateway.settled();
  });
  after(() => gateway.close());

  const take = async (facts: readonly Fact[]): Promise<void> => {
    await gateway.tenants.get('acme')?.take(facts);
    await gateway.settled();
  };
  const decide = async (account: string): Promise<Decision> => {
    const agent = gateway.tenants.get('acme')?.agent;
    assert.ok(agent);
    return agent.decide(account, REP);
  };
  const shownAt = async (account: string): Promise<readonly string[]> =>
    (await decide(account)).shown.map((card) => card.play);
  const told = async (question: object): Promise<string> => {
    const { json } = await gateway.call(MANAGER, 'POST', '/v1/analyses', question);
    const path = `/v1/analyses/${(json() as { readonly id: string }).id}`;
    let text = '';
    await until(async () => {
      text = (await gateway.call(MANAGER, 'GET', path)).text;
      return /"state":"done"/.test(text);
    });
    return text;
  };

  it('every account of a trial gets an arm, half of them each', async () => {
    await take(
      ACCOUNTS.map((id) =>
        tell('record-changed', id, NOW - 100 * DAY, { values: { name: id, owner: REP } }),
      ),
    );
    await gateway.settled();
    gateway.clock.set(NOW + DAY);
    await until(async () => (await shownAt('crm:account:79')).length === 1);
    await gateway.settled();
    const shown = await Promise.all(ACCOUNTS.map(shownAt));
    assert.equal(shown.filter(([only]) => only === 'plain').length, 40);
    assert.equal(shown.filter(([only]) => only === 'with-case').length, 40);
  });

  it('the propensity follows what buyers did, and a manager sees from how much', async () => {
    assert.equal((await decide('crm:account:1')).shown[0]?.arbitration.propensity.rate, 0.2);
    const at = NOW + DAY;
    const shown = await Promise.all(ACCOUNTS.map(shownAt));
    await take(
      ACCOUNTS.flatMap((account, i): readonly Fact[] => {
        const [card = ''] = shown[i] ?? [];
        return [
          // Of three quarters the buyer books; whoever saw the second version complains.
          ...tellSeen(account, { card, at, by: REP, books: i % 4 > 0 }),
          ...(card === 'with-case' ? [tell('complaint', account, at + 4_000, {})] : []),
        ];
      }),
    );
    gateway.clock.set(NOW + 12 * DAY);
    const known = async (): Promise<Card['arbitration']['propensity'] | undefined> =>
      (await decide('crm:account:1')).shown[0]?.arbitration.propensity;
    await until(async () => ((await known())?.sampleSize ?? 0) > 0);
    const { rate = 0, sampleSize = 0 } = (await known()) ?? {};
    assert.ok(rate > 0.6 && rate < 0.85, `${rate}`);
    assert.ok(sampleSize > 30, `${sampleSize}`);
    assert.match(await told({ topic: 'learning' }), /a rep acted on its card.*80 cards were seen/);
  });

  it('a trial goes on until its accounts have had their time', async () => {
    assert.match(
      await told({ topic: 'trial', arm: ARM }),
      /withCase against plain: not enough yet/,
    );
    const shown = await Promise.all(ACCOUNTS.map(shownAt));
    assert.equal(shown.filter(([only]) => only === 'with-case').length, 40);
  });

  it('a trial whose guardrail breaks ends: every account is back in the first arm', async () => {
    gateway.clock.set(NOW + 30 * DAY);
    await until(async () =>
      (await Promise.all(ACCOUNTS.map(shownAt))).every(([only]) => only === 'plain'),
    );
    const report = await told({ topic: 'trial', arm: ARM });
    assert.match(report, /complaint has become more frequent in withCase, and not by chance/);
  });
});

describe('each day, where the playbook prices its costs by plans,', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      playbook: Object.entries(TRIAL_PLAYBOOK).map(([path, text]) => ({
        path,
        text: text.replace(
          'success: [session-booked] }',
          'success: [session-booked], costs: true }',
        ),
      })),
    });
    await gateway.settled();
  });
  after(() => gateway.close());

  it('one plan for each rep joins those before', async () => {
    const tenant = gateway.tenants.get('acme');
    assert.ok(tenant);
    await tenant.take(
      ACCOUNTS.map((id, i) =>
        tell('record-changed', id, NOW - 100 * DAY, {
          values: { name: id, owner: `crm:rep:${i % 8}` },
        }),
      ),
    );
    await gateway.settled();
    const costs = async () =>
      (await tenant.store.read('opportune:company:self'))?.subject.parameters?.costs;
    // In the first night every account gets its arm, and so its card.
    gateway.clock.set(NOW + DAY);
    await until(
      async () => (await tenant.agent.decide('crm:account:79', 'crm:rep:7')).shown.length === 1,
    );
    await gateway.settled();
    gateway.clock.set(NOW + 2 * DAY);
    await until(async () => (await costs())?.days === 1);
    const first = await costs();
    assert.equal(first?.plans, 8);
    gateway.clock.set(NOW + 3 * DAY);
    await until(async () => (await costs())?.days === 2);
    const { plans = 0, day = 0 } = (await costs()) ?? {};
    // Two weeks old counts half.
    const earlier = 8 * 2 ** (((first?.day ?? 0) - day) / 14);
    assert.ok(earlier < 8 && Math.abs(plans - (8 + earlier)) < 1e-9, `${plans}`);
  });
});

it('a night of work that ends after midnight is not taken for that of the next day', async () => {
  const { playbook } = compilePlaybook(
    Object.entries(TRIAL_PLAYBOOK).map(([path, text]) => ({ path, text })),
    { today: '2026-11-20' },
  );
  assert.ok(playbook);
  const clock = { at: NOW, now: () => clock.at };
  const nightly = createNightly({
    store: createMemoryStore(),
    clock,
    async *accounts() {
      clock.at = NOW + DAY;
      yield [];
    },
    take: async () => undefined,
  });
  await nightly.work(playbook);
  assert.equal(await nightly.doneAt(), NOW);
});
