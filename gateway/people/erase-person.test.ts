import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createAgent, type Fact, type Store, type Subject } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { allKeys } from './all-of.js';
import { erasePerson, eraseSuppressed, resumeErasures } from './erase-person.js';
import {
  begin,
  DANA,
  DAY,
  DEAL,
  everythingIn,
  fact,
  HERON,
  KESTREL,
  MAYA,
  openWorld,
  PRIYA,
  records,
  START,
  TELLING,
  type World,
} from './people-world.js';

/** As another process finds it. */
const reopen = (world: World, inner = world.inner): World =>
  openWorld(inner, { keys: world.keys, at: world.clock.at });

/** Something that happens, by numbers. */
interface Happening {
  readonly what: number;
  readonly day: number;
  readonly who: number;
  readonly late: number;
}

const happening = fc.record({
  what: fc.nat(9),
  day: fc.integer({ min: 0, max: 20 }),
  who: fc.nat(3),
  late: fc.nat(30),
});

function toFact({ what, day, who, late }: Happening, index: number): Fact {
  const occurredAt = START + day * DAY + index * 1000;
  const learnedAt = occurredAt + late * DAY;
  const persons = [[DANA], [PRIYA], [DANA, PRIYA], []][who] ?? [];
  const account = what % 2 ? KESTREL : who === 0 ? HERON : KESTREL;
  const more = { occurredAt, learnedAt, ...(persons[0] && { by: persons[0] }) };
  const about = [account, ...persons];
  const text = persons.includes(DANA) ? 'Dana told of sailing' : 'Ask Dana Ruiz, too';
  switch (what) {
    case 0:
    case 1:
      return fact('email-received', about, { text }, more);
    case 2:
      return fact('call-made', about, { text }, { ...more, by: MAYA });
    case 3:
      return fact('email-sent', about, { subject: text }, { ...more, by: MAYA });
    case 4:
    case 5:
      return fact(
        'purchase',
        about,
        {
          product: ['labeller', 'printer'][late % 2] ?? '',
          amount: { amountMinor: 100 * late, currency: 'USD' },
          reference: text,
        },
        more,
      );
    case 6:
      return fact('page-visited', about, { page: late % 2 ? 'prices' : 'jobs', text }, more);
    case 7:
      return fact('note-added', [KESTREL, DEAL, ...persons], { text }, { ...more, by: MAYA });
    case 8:
      return fact(
        'record-changed',
        [PRIYA],
        { values: { role: late % 2 ? ['champion'] : [] } },
        { ...more, subjects: [KESTREL, PRIYA] },
      );
    default:
      return fact(
        'record-changed',
        [DANA],
        { values: { role: late % 3 ? ['champion'] : ['economicBuyer'], hobby: text } },
        { ...more, subjects: [KESTREL, DANA] },
      );
  }
}

async function live(world: World, happenings: readonly Happening[]): Promise<void> {
  const agent = await begin(world);
  for (const [index, one] of happenings.entries()) {
    const next = toFact(one, index);
    world.clock.at = Math.max(world.clock.at, Math.min(next.learnedAt, START + 21 * DAY));
    await agent.tick();
    await agent.record([next]);
    if (index % 4 !== 3) continue;
    for (const { play, record, opening } of (await agent.decide(KESTREL, MAYA)).shown)
      await agent.respond({
        id: `answer-${index}-${play}`,
        play,
        record,
        opening,
        account: KESTREL,
        asker: MAYA,
        occurredAt: world.clock.at,
        response:
          index % 8 === 3 ? { kind: 'done' } : { kind: 'helpful', text: 'Dana Ruiz likes it' },
      });
  }
  await agent.sendTip({
    id: 'tip-1',
    asker: MAYA,
    account: KESTREL,
    text: 'Dana Ruiz decides on Fridays',
    attributes: {},
    signed: true,
    occurredAt: world.clock.at,
  });
  world.clock.at = START + 40 * DAY;
  await agent.tick();
}

const roleOf = (values: Subject['records'][string]['values']): unknown => [
  values.role?.value,
  values.role?.since,
  Object.keys(values).length,
];

/** Numbers of an account: derived attributes, and what its ledgers count. */
function numbersOf({ records, ledger, tooLate }: Subject): unknown {
  const derived = Object.values(records).map(({ kind, derived, deleted, values }) => [
    kind,
    !!deleted,
    roleOf(values),
    Object.entries(derived).map(([bare, { days, total, seen, last, first }]) => [
      bare,
      days,
      total,
      seen,
      last?.occurredAt,
      first?.occurredAt,
    ]),
  ]);
  const touches = ledger.touches.map(({ at, channel }) => [at, channel]);
  return [derived.map((one) => JSON.stringify(one)).sort(), touches, ledger.bids.length, tooLate];
}

async function numbersIn(world: World): Promise<string> {
  const numbers: unknown[] = [];
  for await (const key of allKeys(world.store)) {
    const subject = (await world.store.read(key))?.subject;
    if (subject) numbers.push(JSON.stringify(numbersOf(subject)));
  }
  const decided = await (await createAgent(world)).decide(KESTREL, MAYA, { verdicts: 'all' });
  return JSON.stringify([numbers.sort(), decided.shown.map(({ play, rank }) => [play, rank])]);
}

/** What is told about an account, to whoever asks. */
async function toldIn(world: World): Promise<string> {
  const agent = await createAgent(world);
  const told = [];
  for (const record of [KESTREL, HERON, DEAL]) {
    told.push(await agent.decide(record, MAYA, { verdicts: 'all' }));
    told.push(await agent.history(record, MAYA));
  }
  return JSON.stringify([told, await agent.tips(MAYA), await agent.candidates()]);
}

async function isGone(world: World): Promise<void> {
  const all = [
    await everythingIn(world.store),
    await everythingIn(world.inner),
    await toldIn(world),
  ];
  for (const text of TELLING)
    for (const one of all) {
      const at = one.indexOf(text);
      assert.equal(at < 0 ? '' : one.slice(Math.max(0, at - 200), at + 60), '', text);
    }
}

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

describe('an erased person', () => {
  it('is not brought back by the next import, which counts as it would have', async () => {
    const world = openWorld();
    const given = records();
    await live(world, STORY);
    await erasePerson(world, { address: 'dana@kestrel.example' });
    const before = await numbersIn(world);
    const again = await world.suppression.suppress([...given, ...records()]);
    assert.deepEqual(again.anew, []);
    await (await createAgent(world)).record(again.facts);
    await isGone(world);
    const agent = await createAgent(world);
    const mail = [KESTREL, DANA];
    const reply = fact('email-received', mail, { text: 'sailing' }, { by: DANA });
    const { facts } = await world.suppression.suppress([reply]);
    const taken = await agent.record(facts);
    const repeated = await agent.record((await world.suppression.suppress([reply])).facts);
    assert.deepEqual([taken.added, repeated.added, repeated.repeated], [1, 0, 1]);
    await isGone(world);
    assert.notEqual(await numbersIn(world), before);
  });

  it('is recognised under a new id by an address that nobody else has, and erased there too', async () => {
    const world = openWorld();
    await live(world, STORY);
    await erasePerson(world, { id: DANA });
    const next = 'crm:contact:004dana';
    const mail = fact('email-received', [KESTREL, next], { from: 'Dana@kestrel.example' });
    const values = { name: 'Dana Ruiz', email: 'Dana <dana@kestrel.example>' };
    const contact = fact('record-changed', [next], { values }, { subjects: [KESTREL, next] });
    const agent = await createAgent(world);
    const first = await world.suppression.suppress([mail]);
    await agent.record(first.facts);
    const second = await world.suppression.suppress([contact]);
    assert.deepEqual([first.anew, second.anew], [[], [next]]);
    await agent.record(second.facts);
    for (const id of second.anew) await erasePerson(world, { id });
    await isGone(world);
    assert.equal((await everythingIn(world.store)).includes(next), false);
  });

  it('is erased again when a backup is restored that was made before', async () => {
    const world = openWorld();
    await live(world, STORY);
    const backup = createMemoryStore();
    await copy(world.inner, backup);
    await erasePerson(world, { id: DANA });
    const expected = await numbersIn(world);
    const restored = reopen(world, backup);
    await restored.suppression.restore(await world.suppression.list());
    assert.equal((await everythingIn(restored.store)).includes('003dana'), true);
    assert.equal((await eraseSuppressed(restored))?.pseudonyms.length, 1);
    await isGone(restored);
    assert.equal(await numbersIn(restored), expected);
    assert.equal(await eraseSuppressed(restored), undefined);
  });
});

/** The same each time, and some of everything. */
const STORY: readonly Happening[] = Array.from({ length: 20 }, (_, i) => ({
  what: i % 10,
  day: i,
  who: (i * 3) % 4,
  late: i % 3,
}));

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

/** A backup: bytes as they lie there. */
async function copy(from: Store, to: Store): Promise<void> {
  for await (const key of allKeys(from)) {
    const stored = await from.read(key);
    if (!stored) continue;
    const { subject } = stored;
    await to.commit(key, 0, { facts: await from.facts(key), subject, outbox: [] });
  }
  for (const name of await from.names('')) await to.put(name, await from.get(name));
}
