import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createAgent, type Fact, type Store, type Subject } from 'opportune';
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
        response: index % 8 === 3 ? { kind: 'done' } : { kind: 'helpful', text: 'Dana Ruiz likes it' },
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

/** Numbers of an account: derived attributes, and what its ledgers count. */
function numbersOf({ records, ledger, tooLate }: Subject): unknown {
  const derived = Object.values(records).map(({ kind, derived, deleted }) => [
    kind,
    !!deleted,
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
  const all = [await everythingIn(world.store), await everythingIn(world.inner), await toldIn(world)];
  for (const text of TELLING)
    for (const one of all) {
      const at = one.indexOf(text);
      assert.equal(at < 0 ? '' : one.slice(Math.max(0, at - 200), at + 60), '', text);
    }
}

const RUNS = { numRuns: Number(process.env.OPPORTUNE_RUNS ?? 40), seed: 20261129, includeErrorInReport: true };

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
});
void [records, resumeErasures, eraseSuppressed];
export type { Store };
