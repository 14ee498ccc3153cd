import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY, createAgent, type Fact, type Store } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { createAccess } from './create-access.js';
import { ownersInStore } from './owners-in-store.js';
import { type Rule, ruleAccess } from './rule-access.js';

const [MAYA, BEN, KIM] = ['hs:rep:maya', 'hs:rep:ben', 'hs:rep:kim'] as const;
const [OF_MAYA, OF_BEN, OF_NOBODY] = ['hs:account:1', 'hs:account:2', 'hs:account:3'] as const;

async function start(): Promise<Store> {
  const store = createMemoryStore();
  const agent = await createAgent({ store, clock: { now: () => 1_700_000_000_000 } });
  let n = 0;
  const set = (about: string, subjects: readonly string[], values: Fact['data']): Fact => ({
    ...{ id: `fact-${++n}`, type: 'record-changed', subjects, about: [about], grade: 'observed' },
    ...{ occurredAt: 1_600_000_000_000 + n, learnedAt: 1_700_000_000_000, data: { values } },
  });
  await agent.record([
    set(MAYA, [MAYA, COMPANY], { team: 'north' }),
    set(BEN, [BEN, COMPANY], { team: 'north' }),
    set(KIM, [KIM, COMPANY], { team: 'finance' }),
    set(OF_MAYA, [OF_MAYA], { owner: MAYA }),
    set(OF_BEN, [OF_BEN], { owner: BEN }),
    set(OF_NOBODY, [OF_NOBODY], { name: 'Unowned' }),
    set('hs:contact:9', [OF_BEN], { name: 'Contact of Ben' }),
  ]);
  return store;
}

const ALL = [OF_MAYA, OF_BEN, OF_NOBODY, 'hs:account:missing', 'hs:contact:9'];

describe('access by rules', () => {
  const CASES: readonly (readonly [string, Rule | undefined, string, readonly string[]])[] = [
    ['own', 'own', MAYA, [OF_MAYA]],
    ['team', 'team', MAYA, [OF_MAYA, OF_BEN]],
    ['team, of another one', 'team', KIM, []],
    ['everyone', 'everyone', KIM, [OF_MAYA, OF_BEN, OF_NOBODY]],
    ['a list of teams', ['finance'], KIM, [OF_MAYA, OF_BEN, OF_NOBODY]],
    ['a list of other teams', ['finance'], BEN, [OF_BEN]],
    ['no rule', undefined, MAYA, []],
  ];
  for (const [title, rule, asker, seen] of CASES)
    it(`shows accounts by ${title}, and no contacts without a rule`, async () => {
      const owners = ownersInStore(await start());
      const records = rule === undefined ? {} : { account: rule };
      const source = ruleAccess({ records, attributes: new Map(), owners });
      const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
      assert.deepEqual([...(await access.maySeeAll(asker, ALL))], seen);
    });

  it('shows a contact by the owner of its account', async () => {
    const owners = ownersInStore(await start());
    const source = ruleAccess({ records: { contact: 'own' }, attributes: new Map(), owners });
    const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
    assert.deepEqual([...(await access.maySeeAll(BEN, ALL))], ['hs:contact:9']);
  });

  it('reads as much for a hidden record as for one that is not there', async () => {
    const store = await start();
    const calls: string[] = [];
    const counted = new Proxy(store, {
      get(target, name: keyof Store) {
        calls.push(name);
        return target[name];
      },
    });
    const rules = { records: { account: 'own' as const }, attributes: new Map() };
    const source = ruleAccess({ ...rules, owners: ownersInStore(counted) });
    await source.findVisible(MAYA, [OF_BEN]);
    const hidden = calls.splice(0);
    await source.findVisible(MAYA, ['hs:account:missing']);
    assert.deepEqual(calls, hidden);
  });

  it('hides nothing for want of a store that answers: the question fails, and is answered when it is there again', async () => {
    const store = await start();
    let away = true;
    const owners = ownersInStore({
      ...store,
      async readAll(keys) {
        if (away) throw new Error('the store is away');
        return store.readAll(keys);
      },
    });
    const rules = { records: { account: 'own' as const }, attributes: new Map() };
    const source = ruleAccess({ ...rules, owners });
    const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
    await assert.rejects(access.maySeeAll(MAYA, [OF_MAYA, OF_BEN]), /the store is away/);
    away = false;
    assert.deepEqual([...(await access.maySeeAll(MAYA, [OF_MAYA, OF_BEN]))], [OF_MAYA]);
  });

  it('asks anew about what changed, also while it was being asked, and about nothing else', async () => {
    const store = await start();
    const asked: (readonly string[])[] = [];
    let reading = (): void => {};
    const owners = ownersInStore(store);
    const source = ruleAccess({
      ...{ records: { account: 'own' as const, contact: 'own' as const }, attributes: new Map() },
      owners: {
        ...owners,
        async ownersOf(records) {
          asked.push(records);
          const found = await owners.ownersOf(records);
          reading();
          return found;
        },
      },
    });
    const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
    const look = async (): Promise<readonly string[]> => {
      await access.maySeeAll(MAYA, [OF_MAYA, OF_BEN, 'hs:contact:9']);
      return asked.splice(0).flat();
    };
    reading = () => access.changed([OF_MAYA]);
    await look();
    reading = () => {};
    assert.deepEqual(await look(), [OF_MAYA, 'hs:contact:9']);
    assert.deepEqual(await look(), []);
    access.changed(['hs:contact:77']);
    assert.deepEqual(await look(), []);
    access.changed([OF_BEN]);
    assert.deepEqual(await look(), [OF_BEN, 'hs:contact:9']);
    access.changed([MAYA]);
    assert.equal((await look()).length, 3);
  });

  it('answers who asks after a change by what is so then, also while an earlier question is under way', async () => {
    const store = await start();
    const owners = ownersInStore(store);
    const held: (() => void)[] = [];
    let asked = 0;
    const source = ruleAccess({
      ...{ records: { account: 'own' as const }, attributes: new Map() },
      owners: {
        ...owners,
        async ownersOf(records) {
          const found = await owners.ownersOf(records);
          if (asked++ === 0) await new Promise<void>((resolve) => held.push(resolve));
          return found;
        },
      },
    });
    const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
    const before = access.maySee(MAYA, OF_BEN);
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const agent = await createAgent({ store, clock: { now: () => 1_700_000_000_001 } });
    await agent.record([
      {
        ...{ id: 'given', type: 'record-changed', subjects: [OF_BEN], about: [OF_BEN] },
        ...{ occurredAt: 1_690_000_000_000, learnedAt: 1_700_000_000_001, grade: 'observed' },
        data: { values: { owner: MAYA } },
      },
    ]);
    access.changed([OF_BEN]);
    const after = access.maySee(MAYA, OF_BEN);
    assert.equal(await Promise.race([after, before]), true);
    held[0]?.();
    assert.equal(await before, false);
    assert.equal(await access.maySee(MAYA, OF_BEN), true);
    assert.equal(asked, 3, 'the late answer is not kept for what is so now');
  });

  it('hides attributes from all but the teams that are named', async () => {
    const owners = ownersInStore(await start());
    const attributes = new Map([['account.margin', ['finance']]]);
    const source = ruleAccess({ records: {}, attributes, owners });
    const access = createAccess({ sources: new Map([['hs', source]]), clock: Date });
    assert.deepEqual([...(await access.hiddenFrom(MAYA))], ['account.margin']);
    assert.deepEqual([...(await access.hiddenFrom(KIM))], []);
  });
});
