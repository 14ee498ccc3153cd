import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Fact } from 'opportune';
import type { Channel, ContactPolicy } from '../src/domain/playbook.js';
import { findReplacements } from '../src/replay.js';
import { findOverruns } from '../src/replay-attention.js';
import type { Replayed } from '../src/replay-journey.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-20T00:00:00Z');
const ZONE = 'Europe/Berlin';
/** The local date, asked of the platform. */
const dateOf = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(at);
const dayOf = (at: number): number => Date.parse(dateOf(at)) / 86_400_000;

const TOUCHES: ContactPolicy['touches'] = { 'call-made': 'call', 'email-sent': 'email' };
interface Happening {
  readonly hour: number;
  readonly type: string;
  readonly by: string;
}
interface Card {
  readonly hour: number;
  readonly channel: Channel;
}

const happenings = fc.array(
  fc.record({
    hour: fc.nat(2400),
    type: fc.constantFrom('call-made', 'email-sent', 'note-added'),
    by: fc.constantFrom('t:rep:ana', 't:rep:bo', 't:contact:buyer'),
  }),
  { maxLength: 60 },
);
const cards = fc.array(
  fc.record({ hour: fc.nat(2400), channel: fc.constantFrom<Channel>('call', 'email', 'visit') }),
  { maxLength: 20 },
);
const limits = fc.array(
  fc.record(
    {
      touches: fc.integer({ min: 1, max: 5 }),
      days: fc.integer({ min: 1, max: 45 }),
      channel: fc.constantFrom<Channel>('call', 'email'),
    },
    { requiredKeys: ['touches', 'days'] },
  ),
  { minLength: 1, maxLength: 3 },
);

const toFact = ({ hour, type, by }: Happening, i: number): Fact => ({
  id: `f${String(i).padStart(3, '0')}`,
  type,
  by,
  subjects: ['t:contact:buyer'],
  about: ['t:contact:buyer'],
  occurredAt: START + hour * HOUR,
  learnedAt: START + hour * HOUR,
  grade: 'observed',
  data: {},
});

/** Every day with a touch, everything counted again. */
function countAnew(
  all: readonly Happening[],
  asked: readonly Card[],
  { touches, days, channel }: ContactPolicy['limits'][number],
  fromHour: number,
): { readonly day: string; readonly demand: number } | undefined {
  const spent = [
    ...all.flatMap(({ hour, type, by }) =>
      TOUCHES[type] && !by.includes(':contact:') ? [{ hour, channel: TOUCHES[type] }] : [],
    ),
    ...asked,
  ].filter((touch) => channel === undefined || touch.channel === channel);
  let most: { day: string; demand: number } | undefined;
  const firstDay = dayOf(START + fromHour * HOUR);
  for (let day = firstDay; day <= dayOf(START + 2401 * HOUR); day++) {
    const on = spent.map(({ hour }) => dayOf(START + hour * HOUR));
    if (!on.includes(day)) continue;
    const demand = on.filter((one) => one <= day && one > day - days).length;
    if (demand > touches && demand > (most?.demand ?? 0))
      most = { day: new Date(day * 86_400_000).toISOString().slice(0, 10), demand };
  }
  return most;
}

describe('findOverruns', () => {
  it('finds the fullest window of each limit that a count of every day finds, over a clock change', () => {
    let found = 0;
    fc.assert(
      fc.property(happenings, cards, limits, fc.nat(1200), (all, asked, some, fromHour) => {
        const sorted = [...all].sort((a, b) => a.hour - b.hour);
        const overruns = findOverruns(
          sorted.map(toFact),
          asked.map(({ hour, channel }) => ({ at: START + hour * HOUR, channel })),
          { contactPolicy: { limits: some, touches: TOUCHES }, zone: ZONE },
          START + fromHour * HOUR,
        );
        const expected = some.flatMap((limit) => {
          const most = countAnew(all, asked, limit, fromHour);
          return most ? [{ limit, ...most }] : [];
        });
        found += expected.length;
        assert.deepEqual(overruns, expected);
      }),
      { seed: 20260320, numRuns: 100 },
    );
    assert.ok(found > 20, `${found} overruns`);
  });

  it('counts an answered card and the call that the CRM logged for it once, and an answer taken back not at all', () => {
    const answer = (id: string, hour: number, more: object): Fact => ({
      ...toFact({ hour, type: 'response', by: 't:rep:ana' }, 0),
      id,
      data: { opening: `o-${id}`, ...more },
    });
    const done = { response: { kind: 'done' }, touch: { channel: 'call' } };
    const facts = [
      answer('response/1', 0, done),
      { ...toFact({ hour: 2, type: 'call-made', by: 't:rep:ana' }, 1), id: 'call' },
      answer('response/2', 30, done),
      answer('response/2/undo/1', 31, { response: { kind: 'undo', of: '2' } }),
    ];
    const policy = { limits: [{ touches: 1, days: 7 }], touches: TOUCHES };
    const playbook = { contactPolicy: policy, zone: ZONE };
    assert.deepEqual(findOverruns(facts, [], playbook), []);
    const [overrun] = findOverruns(facts.slice(0, 3), [], playbook);
    assert.deepEqual([overrun?.demand, overrun?.day], [2, '2026-03-21']);
  });
});

describe('findReplacements', () => {
  const opening = (play: string, begin: number, end?: number, record = 'r'): Replayed => ({
    play,
    account: 'a',
    record,
    owner: 'ana',
    begin,
    ...(end !== undefined && { end }),
  });
  const names = (before: readonly Replayed[], after: readonly Replayed[]): readonly string[] =>
    findReplacements({ onlyBefore: before, onlyAfter: after }).map(
      (one) =>
        `${one.before ? `${one.before.play}${one.before.begin}` : '-'}>${one.after ? `${one.after.play}${one.after.begin}` : '-'}`,
    );

  it('pairs what is open at the same time on the same record, each once, the same play first', () => {
    assert.deepEqual(names([opening('a', 0, 10), opening('b', 1, 9)], [opening('b', 5)]), [
      'b1>b5',
      'a0>-',
    ]);
    assert.deepEqual(names([opening('a', 0, 10)], [opening('b', 2), opening('c', 3)]), [
      'a0>b2',
      '->c3',
    ]);
  });

  it('pairs nothing that only follows, or that is of another record', () => {
    assert.deepEqual(names([opening('a', 0, 5)], [opening('b', 5)]), ['->b5', 'a0>-']);
    assert.deepEqual(names([opening('a', 0)], [opening('b', 5, 6, 's')]), ['->b5', 'a0>-']);
  });
});
