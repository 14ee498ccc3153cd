import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TryStand } from '../../src/domain/try.js';
import { standOfTry } from '../../src/stand-of-try.js';
import { tell } from '../told-deals.js';
import { lookDaily, runTry, type TryTruth } from '../try-runs.js';
import { accountOf, buyerOf, createTryWorld, DAY, REP, type TryWorld } from '../try-world.js';

const countOf = (runs: number, truth: TryTruth): { readonly [is: string]: number } => {
  const counts: { [is: string]: number } = {};
  for (let run = 0; run < runs; run++) {
    const { is } = lookDaily(runTry(`${JSON.stringify(truth)} ${run}`, 60, truth));
    counts[is] = (counts[is] ?? 0) + 1;
  }
  return counts;
};

const NOW = Date.parse('2026-03-20T09:00:00Z');
const PLAYBOOK = { learning: { success: ['session-booked'], days: 14, halfLife: 180, explore: 0 } };

describe('how a try stands', () => {
  it('without a difference has a winner less often than stated, however often its rep looks', () => {
    for (const rate of [0.1, 0.5]) {
      const { better = 0, worse = 0 } = countOf(100, { usual: rate, new: rate });
      // One in twenty is stated; of 100 that is 5, and 13 come by chance once in 600 times.
      assert.ok(better + worse < 13, `${better} better and ${worse} worse at ${rate}`);
    }
  });

  it('finds a large difference nearly always, in the right direction', () => {
    const found = countOf(30, { usual: 0.1, new: 0.9 });
    assert.ok((found.better ?? 0) >= 28 && found.worse === undefined, JSON.stringify(found));
    const lost = countOf(30, { usual: 0.9, new: 0.1 });
    assert.ok((lost.worse ?? 0) >= 28 && lost.better === undefined, JSON.stringify(lost));
  });

  it('ends when complaints become more frequent the new way, whatever else it brings', () => {
    const found = countOf(20, { usual: 0.3, new: 0.7, complains: { usual: 0, new: 0.9 } });
    assert.ok((found.guardrail ?? 0) >= 18, JSON.stringify(found));
  });

  it('counts what buyers verifiably did after the rep saw a card, and nothing else', () => {
    const { own, timelines } = runTry('nobody', 20, { usual: 0, new: 0 });
    const buyer = (account: string) => ({
      by: buyerOf(account),
      grade: 'buyer-verified' as const,
    });
    const more = new Map(timelines);
    const add = (i: number, ...facts: Parameters<typeof tell>[]): void => {
      const account = accountOf(i);
      const told = facts.map((fact) => tell(...fact));
      more.set(
        account,
        [...(more.get(account) ?? []), ...told].sort((a, b) => a.occurredAt - b.occurredAt),
      );
    };
    const seenAt = (i: number): number => more.get(accountOf(i))?.[0]?.occurredAt ?? 0;
    const booked = (i: number, at: number, how: object): Parameters<typeof tell> => [
      'session-booked',
      accountOf(i),
      at,
      {},
      [accountOf(i)],
      how,
    ];
    // A colleague's word for it, what came before the card, and what came too late.
    add(0, booked(0, seenAt(0) + DAY, { by: REP, grade: 'claimed' }));
    add(1, booked(1, seenAt(1) - DAY, buyer(accountOf(1))));
    add(2, booked(2, seenAt(2) + 15 * DAY, buyer(accountOf(2))));
    // Helpful, says the rep.
    const answer = { response: { kind: 'helpful' }, play: 'audit' };
    add(3, ['response', accountOf(3), seenAt(3) + DAY, answer, [accountOf(3)], { by: REP }]);
    const counted = (from: typeof more): TryStand =>
      standOfTry(own, from, { rep: REP, playbook: PLAYBOOK, now: NOW }).stand;
    const none = counted(more);
    assert.equal(none.usual.succeeded + none.new.succeeded, 0);
    add(4, booked(4, seenAt(4) + DAY, buyer(accountOf(4))));
    const one = counted(more);
    assert.equal(one.usual.succeeded + one.new.succeeded, 1);
    // A card that a colleague saw lets nothing enter.
    const others = new Map(
      [...more].map(([account, facts]) => [
        account,
        facts.map((fact) => ({ ...fact, by: 't:rep:2' })),
      ]),
    );
    assert.equal(counted(others).usual.entered + counted(others).new.entered, 0);
  });

  it('tells about how many more accounts it takes while it is too early to say', () => {
    const { own, timelines } = runTry('early', 60, { usual: 0.3, new: 0.4 });
    const { stand } = standOfTry(own, timelines, { rep: REP, playbook: PLAYBOOK, now: NOW });
    assert.equal(stand.verdict.is, 'not-enough-yet');
    assert.ok((stand.verdict.more ?? 0) > 100);
    assert.deepEqual([stand.usual.assigned, stand.new.assigned, stand.waiting], [30, 30, 0]);
  });
});

describe('a try that does harm', () => {
  /** The rep works through the cards; every buyer who gets the new way complains. */
  async function work(world: TryWorld): Promise<void> {
    await world.begin('a', { accounts: 60, weeks: 6 });
    for (let i = 0; i < 60; i++) {
      const account = accountOf(i);
      const { shown } = await world.agent.decide(account, REP);
      const { opening = '', ownTry } = shown.find(({ play }) => play === 'audit') ?? {};
      await world.agent.seen({ id: `seen ${i}`, account, opening, asker: REP });
      if (ownTry?.arm === 'new')
        await world.agent.record([tell('complaint', account, world.clock.at + 1, {}, [account])]);
    }
  }

  it('ends by itself with the next tick of the day, on a device alone as at a gateway, and says why', async () => {
    const world = await createTryWorld(60);
    await work(world);
    await world.pass({ days: 10 });
    assert.equal((await world.tries())[0]?.isRunning, true, 'nobody’s time is over');
    await world.pass({ days: 5 });
    const [{ isRunning, because } = assert.fail()] = await world.tries();
    assert.deepEqual([isRunning, because], [false, 'guardrail']);
    const { shown } = await world.agent.decide(accountOf(0), REP);
    assert.equal(shown.find(({ play }) => play === 'audit')?.ownTry, undefined);
    await world.pass({ days: 2 });
    assert.deepEqual(await world.store.names('tries/'), [], 'nobody has to look any more');
  });
});
