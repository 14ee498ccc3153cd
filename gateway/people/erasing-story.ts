import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAgent, type Fact, type Store, type Subject } from 'opportune';
import { allKeys } from './all-of.js';
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
  START,
  TELLING,
  type World,
} from './people-world.js';

/** As another process finds it. */
export const reopen = (world: World, inner: Store = world.inner): World =>
  openWorld(inner, { keys: world.keys, at: world.clock.at });

/** Something that happens, by numbers. */
export interface Happening {
  readonly what: number;
  readonly day: number;
  readonly who: number;
  readonly late: number;
}

export const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.nat(9),
  day: fc.integer({ min: 0, max: 20 }),
  who: fc.nat(3),
  late: fc.nat(30),
});

export function toFact({ what, day, who, late }: Happening, index: number): Fact {
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

export async function live(world: World, happenings: readonly Happening[]): Promise<void> {
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

export async function numbersIn(world: World): Promise<string> {
  const numbers: unknown[] = [];
  for await (const key of allKeys(world.store)) {
    const subject = (await world.store.read(key))?.subject;
    if (subject) numbers.push(JSON.stringify(numbersOf(subject)));
  }
  const decided = await (await createAgent(world)).decide(KESTREL, MAYA, { verdicts: 'all' });
  return JSON.stringify([numbers.sort(), decided.shown.map(({ play, rank }) => [play, rank])]);
}

/** What is told about an account, to whoever asks. */
export async function toldIn(world: World): Promise<string> {
  const agent = await createAgent(world);
  const told = [];
  for (const record of [KESTREL, HERON, DEAL]) {
    told.push(await agent.decide(record, MAYA, { verdicts: 'all' }));
    told.push(await agent.history(record, MAYA));
  }
  return JSON.stringify([told, await agent.tips(MAYA), await agent.candidates()]);
}

export async function isGone(world: World): Promise<void> {
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

/** The same each time, and some of everything. */
export const STORY: readonly Happening[] = Array.from({ length: 20 }, (_, i) => ({
  what: i % 10,
  day: i,
  who: (i * 3) % 4,
  late: i % 3,
}));
