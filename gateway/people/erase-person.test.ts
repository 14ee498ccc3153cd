import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createAgent, type Store } from 'opportune';
import { erasePerson, resumeErasures } from './erase-person.js';
import {
  happening,
  isGone,
  live,
  numbersIn,
  reopen,
  STORY,
  toFact,
  toldIn,
} from './erasing-story.js';
import { begin, DANA, everythingIn, fact, KESTREL, openWorld, type World } from './people-world.js';

const RUNS = {
  numRuns: Number(process.env.OPPORTUNE_RUNS ?? 15),
  seed: 20261129,
  includeErrorInReport: true,
};

describe('erasing a person', () => {
  it('leaves nothing of the person in any byte, and every number of every account as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const world = openWorld();
        await live(world, happenings);
        const before = await numbersIn(world);
        const report = await erasePerson(world, { id: DANA });
        assert.ok(report);
        await isGone(world);
        assert.equal(await numbersIn(world), before);
        assert.match(JSON.stringify(await toldIn(world)), /Kestrel Foods/);
        assert.match(await everythingIn(world.store), /Priya Nair/);
      }),
      RUNS,
    );
  });

  it('goes on where it was stopped, at whatever write that was, and finds nothing more when called again', async () => {
    let writes = 0;
    for (let stopAt = 0; ; stopAt++) {
      const world = openWorld();
      await live(world, STORY);
      const before = await numbersIn(world);
      writes = 0;
      const breaking = (): void => {
        if (writes++ >= stopAt) throw new Error('killed');
      };
      const stopped = openWorld(breakingStore(world.inner, breaking), {
        keys: {
          ...world.keys,
          async destroy(ids) {
            breaking();
            await world.keys.destroy(ids);
          },
        },
        at: world.clock.at,
      });
      const outcome = await erasePerson(stopped, { id: DANA }).catch(String);
      const next = reopen(world);
      if (stopAt % 2) await resumeErasures(next);
      const again = await erasePerson(next, { id: DANA });
      await isGone(next);
      assert.equal(await numbersIn(next), before, `stopped at ${stopAt}`);
      assert.deepEqual(await next.store.names('erasing/'), []);
      if (outcome === 'Error: killed') continue;
      assert.equal(again, undefined);
      assert.ok(stopAt > 10, `${stopAt} writes`);
      return;
    }
  });

  it('may be asked for twice at once, while facts about the person arrive', async () => {
    const world = openWorld();
    await live(world, STORY);
    const agent = await createAgent(world);
    const late = STORY.map((one, i) => toFact({ ...one, day: 30, late: 0 }, i));
    const arrive = async (): Promise<void> => {
      for (const one of late) {
        const { facts } = await world.suppression.suppress([one]);
        await agent.record(facts);
      }
    };
    await Promise.all([
      erasePerson(world, { id: DANA }),
      erasePerson(reopen(world), { address: 'Dana@Kestrel.example' }),
      arrive(),
    ]);
    // What was taken in before the list was written is found by asking again.
    await erasePerson(world, { id: DANA });
    await isGone(world);
    const other = openWorld();
    await live(other, STORY);
    await (await createAgent(other)).record(late);
    const total = async (of: World): Promise<unknown> =>
      (await of.store.read(KESTREL))?.subject.records[KESTREL]?.derived.replies?.total;
    assert.equal(await total(world), await total(other));
  });

  it('finds, when asked again, what was held against the list before and stored afterwards', async () => {
    for (const wanted of [{ id: DANA }, { address: 'dana@kestrel.example' }]) {
      const world = openWorld();
      await live(world, STORY);
      const mention = fact('email-received', [KESTREL], { text: 'Ask Dana Ruiz, too' });
      const { facts } = await world.suppression.suppress([mention]);
      await erasePerson(world, { id: DANA });
      await (await createAgent(world)).record(facts);
      const report = await erasePerson(world, wanted);
      assert.equal(report?.erased.mentions, 1);
      await isGone(world);
      assert.equal(await erasePerson(world, wanted), undefined);
    }
  });

  it('says nothing of who is not known, and asks which of several is meant', async () => {
    const world = openWorld();
    await live(world, []);
    assert.equal(await erasePerson(world, { id: 'crm:contact:nobody' }), undefined);
    assert.equal(await erasePerson(world, { address: 'no@where.example' }), undefined);
    const agent = await createAgent(world);
    const values = { email: 'DANA@kestrel.example', name: 'D. Ruiz' };
    const second = fact(
      'record-changed',
      ['crm:contact:second'],
      { values },
      { subjects: [KESTREL] },
    );
    await agent.record([second]);
    await assert.rejects(
      erasePerson(world, { address: 'dana@kestrel.example' }),
      /several contacts.*003dana, crm:contact:second/,
    );
    const report = await erasePerson(world, { id: DANA });
    assert.deepEqual(
      report?.outOfReach.map(({ kind }) => kind),
      ['crm', 'shared-addresses', 'backups'],
    );
  });

  it('takes in contacts that were merged, and leaves whose id only begins the same', async () => {
    const world = openWorld();
    const agent = await begin(world);
    const [old, longer] = ['crm:contact:old', `${DANA}2`];
    const merged = fact('merged', [old], { into: DANA }, { subjects: [old] });
    const name = { values: { name: 'Wanda Ruizova' } };
    await agent.record([
      fact('email-received', [KESTREL, old], { text: 'hello' }, { by: old }),
      fact('record-changed', [longer], name, { subjects: [KESTREL, longer] }),
      merged,
    ]);
    await erasePerson(world, { id: DANA });
    const left = await everythingIn(world.store);
    assert.equal(left.includes(old), false);
    assert.equal(left.includes('Wanda Ruizova'), true);
    assert.equal(left.includes(longer), true);
    assert.equal(left.includes('Dana Ruiz'), false);
  });
});

/** A store of which each write may fail. */
function breakingStore(inner: Store, breaking: () => void): Store {
  return {
    ...inner,
    commit(...given) {
      breaking();
      return inner.commit(...given);
    },
    async rewrite(...given) {
      breaking();
      return (await inner.rewrite?.(...given)) ?? false;
    },
    put(...given) {
      breaking();
      return inner.put(...given);
    },
    drop(...given) {
      breaking();
      return inner.drop(...given);
    },
    settle(...given) {
      breaking();
      return inner.settle(...given);
    },
  };
}
