import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Card, Fact } from 'opportune';
import { tell } from '../../test/told-deals.js';
import { TRIAL_PLAYBOOK, tellSeen } from '../../test/trial-world.js';
import { NOW, openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';

const DAY = 86_400_000;
const NEW = 'crm:rep:new';
const OLD = 'crm:rep:old';
const COMPANY = 'opportune:company:self';
const ACCOUNTS = Array.from({ length: 60 }, (_, i) => `crm:account:${i}`);

/** A play that anybody may follow, and one for who has something left to learn. */
const PLAYBOOK = {
  'playbook.yaml':
    `${TRIAL_PLAYBOOK['playbook.yaml']?.replace(/^learning:.*\n(trials:\n.*\n)/m, '')}`.replace(
      'goals:',
      `learning: { success: [session-booked], newReps: { attribute: leftToLearn, since: startedOn, days: 100 } }
goals:
  - { id: knowledge, label: Knowledge, weight: 1, scale: 1 }`,
    ),
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: startedOn, label: First day, type: date, of: rep }
  - { id: leftToLearn, label: Left to learn, type: number, of: rep }
`,
  'plays/call.yaml': `id: call
title: Call them
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
action: { kind: call, minutes: 1 }
for: owner
propensity: 0.5
serves: { revenue: { value: 1000 } }
`,
  'plays/watch.yaml': `id: watch
title: Watch how Ana opens such a call
about: account
owner: ana@example.com
why: It helps who has begun lately
trigger: { opened: true }
applicability: { rep.leftToLearn: { gte: 0.1 } }
action: { kind: learn, minutes: 5 }
for: owner
propensity: 1
serves: { knowledge: { share: 1, of: rep.leftToLearn } }
`,
};

const startOf = (rep: string, daysAgo: number): Fact =>
  tell(
    'record-changed',
    rep,
    NOW - 200 * DAY,
    {
      values: {
        name: rep,
        startedOn: new Date(NOW - daysAgo * DAY).toISOString().slice(0, 10),
      },
    },
    [rep],
  );

describe('who has begun lately', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      playbook: Object.entries(PLAYBOOK).map(([path, text]) => ({ path, text })),
    });
    await gateway.settled();
  });
  after(() => gateway.close());

  const take = async (facts: readonly Fact[]): Promise<void> => {
    await gateway.tenants.get('acme')?.take(facts);
    await gateway.settled();
  };
  const watch = async (rep: string, account: string): Promise<Card | undefined> => {
    const decision = await gateway.tenants.get('acme')?.agent.decide(account, rep);
    return decision?.shown.find(({ play }) => play === 'watch');
  };
  const leftAt = async (): Promise<number | undefined> =>
    (await watch(NEW, ACCOUNTS[1] as string))?.arbitration.goals[0]?.value;

  it('sees what there is to learn, worth as much as is left of their time, and nobody else does', async () => {
    await take([
      { ...startOf(NEW, 9), subjects: [NEW, COMPANY] },
      { ...startOf(OLD, 400), subjects: [OLD, COMPANY] },
      ...ACCOUNTS.map((id, i) =>
        tell('record-changed', id, NOW - 100 * DAY, {
          values: { name: id, owner: i % 2 ? NEW : OLD },
        }),
      ),
    ]);
    gateway.clock.set(NOW + DAY);
    // Of a hundred days ten are over.
    await until(async () => (await leftAt()) === 0.9);
    assert.equal(await watch(OLD, ACCOUNTS[0] as string), undefined);
  });

  it('sees less of it as buyers act on what they do as on what the others do', async () => {
    await take(
      ACCOUNTS.flatMap((account, i) =>
        tellSeen(account, {
          card: 'call',
          at: NOW + DAY,
          by: i % 2 ? NEW : OLD,
          books: i % 4 < 2,
        }),
      ),
    );
    gateway.clock.set(NOW + 40 * DAY);
    await until(async () => (await leftAt()) !== 0.9);
    // Fifteen of thirty booked at either of them: twelve to fifteen were to be expected after the half-life.
    const left = (await leftAt()) ?? 1;
    assert.ok(left > 0.05 && left < 0.25, `${left}`);
  });

  it('and nothing of it once nobody is new, though buyers act less', async () => {
    gateway.clock.set(NOW + 95 * DAY);
    await until(async () => (await watch(NEW, ACCOUNTS[1] as string)) === undefined);
  });

  it('what is left stands in their own timeline alone, which a manager does not read', async () => {
    const store = gateway.tenants.get('acme')?.store;
    assert.ok(store);
    const read = await store.read(NEW);
    assert.equal(read?.subject.records[NEW]?.values.leftToLearn?.value, 0);
    const company = await store.read(COMPANY);
    assert.equal(company?.subject.records[NEW]?.values.leftToLearn, undefined);
  });
});
