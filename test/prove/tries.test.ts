import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import type { Fact } from '../../src/domain/fact.js';
import { TRY_LIMITS, type Try } from '../../src/domain/try.js';
import type { SubjectKey } from '../../src/domain/value.js';
import { COMPANY } from '../../src/domain/value.js';
import { tell } from '../told-deals.js';
import {
  accountOf,
  buyerOf,
  createTryWorld,
  DAY,
  REP,
  type TryWorld,
  tellAccount,
} from '../try-world.js';

const triesIn = async ({ store }: TryWorld): Promise<readonly Try[]> =>
  Object.values((await store.read(REP))?.subject.tries ?? {});
const armsOf = ({ accounts }: Try): ReadonlyMap<SubjectKey, string> =>
  new Map(accounts.map(({ account, arm }) => [account, arm]));
const cardAt = async ({ agent }: TryWorld, account: string, play = 'audit') =>
  (await agent.decide(account, REP)).shown.find((one) => one.play === play);
const onlyOf = async (world: TryWorld): Promise<Try> => {
  const [own, ...others] = await triesIn(world);
  assert.ok(own && others.length === 0);
  return own;
};
const accountIn = (own: Try, arm: string): string =>
  own.accounts.find((one) => one.arm === arm)?.account ?? assert.fail(`none is ${arm}`);

describe('a try of a rep', () => {
  it('is told on the cards of its accounts, to its rep alone, and on no other play', async () => {
    const world = await createTryWorld();
    assert.deepEqual(await world.begin('a'), { status: 'recorded' });
    const own = await onlyOf(world);
    const tried = await cardAt(world, accountIn(own, 'new'));
    assert.deepEqual(tried?.ownTry, { id: 'a', arm: 'new', how: 'open with the audit date' });
    const usual = await cardAt(world, accountIn(own, 'usual'));
    assert.deepEqual(usual?.ownTry, { id: 'a', arm: 'usual' });
    assert.equal((await cardAt(world, accountIn(own, 'new'), 'renew'))?.ownTry, undefined);
    const { shown } = await world.agent.decide(accountIn(own, 'new'), 't:rep:2');
    assert.ok(!JSON.stringify(shown).includes('audit date'));
  });

  it('that turns to another role names that person, whose touches are counted; where nobody has it, the usual one', async () => {
    const world = await createTryWorld();
    await world.begin('a', { role: 'plantManager' });
    const own = await onlyOf(world);
    const account = accountIn(own, 'new');
    const chief = `${buyerOf(account)}-chief`;
    assert.equal((await cardAt(world, account))?.action.contact?.id, chief);
    const usual = accountIn(own, 'usual');
    assert.equal((await cardAt(world, usual))?.action.contact?.id, buyerOf(usual));
    // The plant manager was called twice this week: the limit is two, whatever is tried.
    await world.agent.record(
      [1, 2].map((days) => ({
        ...tell('call-made', account, world.clock.at - days * DAY, {}, [account, chief]),
        ...{ subjects: [account, chief], by: REP },
      })),
    );
    assert.equal(await cardAt(world, account), undefined);
    await world.agent.record([
      tell('record-changed', account, world.clock.at, { values: { left: true } }, [chief]),
    ]);
    assert.equal((await cardAt(world, account))?.action.contact?.id, buyerOf(account));
  });

  it('has each account in one arm, the same on every device and in any order of facts, half of them new', async () => {
    const random = createRandom('tries of many');
    for (let run = 0; run < 12; run++) {
      const accounts = 12 + Math.floor(random() * 70);
      const asked = TRY_LIMITS.fewest + Math.floor(random() * 51);
      const [one, other] = [await createTryWorld(accounts), await createTryWorld(0)];
      const parents = Array.from({ length: accounts }, (_, i) =>
        tellAccount(accountOf(i), one.clock.at - 5 * DAY + i, {
          parent: `t:account:group-${Math.floor(random() * accounts)}`,
        }),
      ).flat();
      const shuffled = [...parents].sort(() => random() - 0.5);
      await one.agent.record(parents);
      for (const fact of shuffled) await other.agent.record([fact]);
      const id = `try ${run}`;
      const results = [
        await one.begin(id, { accounts: asked }),
        await other.begin(id, { accounts: asked }),
      ];
      assert.deepEqual(results[0], results[1]);
      if (results[0]?.status !== 'recorded') continue;
      const [own, same] = [await onlyOf(one), await onlyOf(other)];
      assert.deepEqual(own.accounts, same.accounts);
      assert.ok(own.accounts.length <= asked);
      assert.equal(armsOf(own).size, own.accounts.length);
      const groups = new Map<string, Set<string>>();
      for (const { group, arm } of own.accounts)
        groups.set(group, (groups.get(group) ?? new Set()).add(arm));
      for (const arms of groups.values()) assert.equal(arms.size, 1, 'a group sees one arm');
      const tried = [...groups.values()].filter((arms) => arms.has('new')).length;
      assert.ok(Math.abs(groups.size - 2 * tried) <= 1, `${tried} of ${groups.size} are new`);
    }
  });

  it('never changes an arm: not when it is sent again, when accounts come and go, or when facts come late', async () => {
    const random = createRandom('arms that stay');
    for (let run = 0; run < 6; run++) {
      const world = await createTryWorld(30);
      await world.begin('a', { accounts: 20 });
      const told = armsOf(await onlyOf(world));
      for (let step = 0; step < 8; step++) {
        world.clock.at += Math.floor(random() * 2 * DAY);
        const account = accountOf(Math.floor(random() * 45));
        const at = world.clock.at - Math.floor(random() * 6 * DAY);
        await world.agent.record([
          ...tellAccount(account, at, { owner: random() < 0.5 ? REP : 't:rep:2' }),
          tell('purchase', account, at, { amount: { amountMinor: 900, currency: 'EUR' } }),
          tell('record-changed', account, at, { values: { name: 'Rep' } }, [REP]),
        ]);
        await world.begin('a', { accounts: 60 });
        await world.agent.tick();
      }
      assert.deepEqual(armsOf(await onlyOf(world)), told);
      for (const [account, arm] of told) {
        const card = await cardAt(world, account);
        if (card && world.clock.at < (await onlyOf(world)).until)
          assert.equal(card.ownTry?.arm, arm);
      }
    }
  });

  it('keeps the arm of the account that survives a merge', async () => {
    const world = await createTryWorld();
    await world.begin('a');
    const own = await onlyOf(world);
    const [loser, survivor] = [accountIn(own, 'new'), accountIn(own, 'usual')];
    await world.agent.record([tell('merged', loser, world.clock.at, { into: survivor })]);
    assert.equal((await cardAt(world, survivor))?.ownTry?.arm, 'usual');
    assert.equal((await cardAt(world, loser))?.ownTry?.arm, 'usual');
    // The merged one counts where it went.
    const [{ usual, new: tried } = assert.fail()] = await world.tries();
    assert.deepEqual([usual.assigned, tried.assigned], [12, 11]);
  });

  it('is one of two at most, whatever is begun and ended, at once and one after another', async () => {
    const random = createRandom('limits');
    const plays = ['audit', 'renew', 'visit', 'recall'];
    for (let run = 0; run < 8; run++) {
      const world = await createTryWorld(60);
      for (let step = 0; step < 12; step++) {
        world.clock.at += Math.floor(random() * 9 * DAY);
        const more = {
          play: plays[Math.floor(random() * plays.length)] as string,
          accounts: 10 + Math.floor(random() * 30),
          weeks: 1 + Math.floor(random() * 6),
        };
        // Two devices of one rep at the same moment.
        await Promise.all([world.begin(`${step}-a`, more), world.begin(`${step}-b`, more)]);
        if (random() < 0.3) await world.end(`${Math.floor(random() * (step + 1))}-a`);
        const all = await triesIn(world);
        const running = all.filter(({ until, endedAt = until }) => world.clock.at < endedAt);
        assert.ok(running.length <= TRY_LIMITS.running);
        assert.ok(
          all.every(({ play }) => play !== 'recall'),
          'a mandatory play is not for trying',
        );
        assert.equal(new Set(running.map(({ play }) => play)).size, running.length);
        const accounts = running.flatMap((one) => one.accounts.map(({ account }) => account));
        assert.equal(new Set(accounts).size, accounts.length, 'an account is in one at a time');
        for (const { accounts: own, startedAt, until } of all) {
          assert.ok(own.length <= TRY_LIMITS.accounts);
          assert.ok(until - startedAt <= TRY_LIMITS.weeks * 7 * DAY);
        }
      }
    }
  });

  it('leaves out accounts of others, with a deal open, of the holdout, and takes those that bought least', async () => {
    const world = await createTryWorld(15);
    const { agent, clock } = world;
    const bought = (account: string, amountMinor: number): Fact =>
      tell('purchase', account, clock.at - 20 * DAY, { amount: { amountMinor, currency: 'EUR' } });
    await agent.record([
      ...tellAccount(accountOf(0), clock.at, { owner: 't:rep:2' }),
      tell('holdout-assigned', accountOf(1), clock.at, { arm: 'holdout' }),
      bought(accountOf(2), 900_000),
      bought(accountOf(3), 100),
    ]);
    const deal = 't:opportunity:1';
    await agent.record([
      tell('record-changed', accountOf(4), clock.at, { values: { open: true } }, [deal]),
    ]);
    await world.begin('a', { accounts: 11, account: accountOf(5) });
    const { accounts } = await onlyOf(world);
    const numbers = accounts.map(({ account }) => account);
    assert.equal(numbers.length, 11);
    for (const i of [0, 1, 2, 4]) assert.ok(!numbers.includes(accountOf(i)), accountOf(i));
    assert.ok(numbers.includes(accountOf(3)));
  });

  it('does not begin with too few accounts or for a mandatory play, and says which', async () => {
    const small = await createTryWorld(9);
    assert.deepEqual(await small.begin('a'), { status: 'no-try', because: 'too-few' });
    const world = await createTryWorld();
    const mandatory = await world.begin('a', { play: 'recall' });
    assert.deepEqual(mandatory, { status: 'no-try', because: 'not-this-card' });
    await world.begin('b');
    assert.deepEqual(await world.begin('c'), { status: 'no-try', because: 'too-many' });
    const nowhere = await world.begin('d', { account: 't:account:nowhere' });
    assert.deepEqual(nowhere, { status: 'unknown-card' });
    const unknown = await world.begin('e', { role: 'constructor' });
    assert.deepEqual(unknown, { status: 'unknown-card' });
  });

  it('refuses a plan that says nothing or goes too far, and names the place', async () => {
    const world = await createTryWorld();
    for (const [plan, message] of [
      [{ how: '  ' }, /^how: .*Say in 1 to 140/],
      [{ how: 'x'.repeat(141) }, /^how: it has 141 characters/],
      [{ weeks: 7 }, /^weeks: it is 7\. .*1 to 6/],
      [{ accounts: 61 }, /^accounts: it is 61\. .*10 to 60/],
    ] as const)
      await assert.rejects(world.begin('a', plan), { code: 'opportune/try', message });
    assert.deepEqual(await triesIn(world), []);
  });

  it('ends when its rep says so or its weeks are over; then no card tells of it', async () => {
    const world = await createTryWorld();
    await world.begin('a', { weeks: 1 });
    const account = accountIn(await onlyOf(world), 'new');
    world.clock.at += DAY;
    await world.end('a');
    await world.end('a');
    assert.equal((await cardAt(world, account))?.ownTry, undefined);
    assert.deepEqual(
      (await world.tries()).map(({ isRunning, because }) => [isRunning, because]),
      [[false, 'rep']],
    );
    await world.begin('b', { weeks: 1 });
    world.clock.at += 7 * DAY;
    assert.equal((await cardAt(world, account))?.ownTry, undefined);
    assert.equal((await world.tries())[0]?.isRunning, false);
  });

  it('is on the timeline of its rep and on no other', async () => {
    const world = await createTryWorld();
    await world.begin('a', { how: 'open with the <b>audit</b> date' });
    for (const key of await world.store.keys('', undefined, 1000))
      for (const fact of await world.store.facts(key))
        assert.equal(key === REP, JSON.stringify(fact).includes('audit</b>') || key === REP);
    assert.ok(!JSON.stringify(await world.store.facts(COMPANY)).includes('try-started'));
  });
});
