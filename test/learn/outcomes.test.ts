import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Fact, Playbook } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { createOutcomeBook, type Outcomes } from '../../src/outcome-book.js';

const DAY = 86_400_000;

const PLAYBOOK = {
  contactPolicy: { touches: { 'call-made': 'call' } },
  plays: [
    { id: 'a', action: { kind: 'call', touch: 'call' } },
    { id: 'b', action: { kind: 'email', touch: 'email' } },
  ],
} as unknown as Playbook;
const ACCOUNT = 't:account:1';
let ids = 0;
const fact = (
  type: string,
  day: number,
  data: Fact['data'] = {},
  more: Partial<Fact> = {},
): Fact => ({
  id: `f${++ids}`,
  type,
  subjects: [ACCOUNT],
  about: [ACCOUNT],
  occurredAt: day * DAY,
  learnedAt: day * DAY,
  grade: 'observed',
  data,
  ...more,
});
const BUYER = { by: 't:contact:1', grade: 'buyer-verified' } as const;
const seen = (play: string, day: number): Fact =>
  fact('seen', day, { opening: `${play}|${ACCOUNT}|${day}` });
const answer = (play: string, day: number, kind: string, more: Fact['data'] = {}): Fact =>
  fact('response', day, { play, record: ACCOUNT, response: { kind, ...more } });

function outcomesOf(facts: readonly Fact[]): Outcomes {
  const book = createOutcomeBook(PLAYBOOK, {
    success: ['replied'],
    windowMs: 30 * DAY,
    situation: 'account.segment',
  });
  for (const one of facts) book.add(ACCOUNT, one);
  return book.finish();
}

describe('what came of cards', () => {
  it('is a success when the rep acts on one and then the buyer does', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      answer('a', 2, 'done'),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.deepEqual(exposures, [
      { play: 'a', situation: '', at: DAY, followed: true, answeredAfter: 4 * DAY },
    ]);
  });

  it('is none when the rep says so, when nobody acted on the card, or when the buyer comes too late', () => {
    const says = outcomesOf([
      seen('a', 1),
      answer('a', 2, 'done'),
      fact('replied', 5, {}, { by: 't:rep:1' }),
    ]);
    const alone = outcomesOf([seen('a', 1), fact('replied', 5, {}, BUYER)]);
    const late = outcomesOf([seen('a', 1), answer('a', 2, 'done'), fact('replied', 40, {}, BUYER)]);
    for (const { exposures } of [says, alone, late])
      assert.equal(exposures[0]?.answeredAfter, undefined);
  });

  it('is also a success when the call is only found in the CRM', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      fact('call-made', 3, {}, { by: 't:rep:1' }),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.equal(exposures[0]?.answeredAfter, 4 * DAY);
  });

  it('is credited to the card that was acted on last, and to one alone', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      seen('b', 1),
      answer('a', 2, 'done'),
      answer('b', 4, 'done'),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.deepEqual(
      exposures.map(({ play, answeredAfter }) => [play, answeredAfter !== undefined]),
      [
        ['a', false],
        ['b', true],
      ],
    );
  });

  it('stays apart from what reps find helpful, and what was taken back does not count', () => {
    const done = answer('a', 2, 'done');
    const { exposures, acceptance } = outcomesOf([
      seen('a', 1),
      done,
      answer('a', 2, 'helpful'),
      { ...answer('a', 3, 'undo', { of: 'x' }) },
      { ...answer('a', 4, 'done'), id: 'response/x' },
    ]);
    assert.equal(exposures[0]?.answeredAfter, undefined);
    assert.deepEqual(acceptance.get('a'), { seen: 1, followed: 1, helpful: 1, notHelpful: 0 });
    const takenBack = outcomesOf([
      seen('a', 1),
      { ...done, id: 'response/y' },
      answer('a', 3, 'undo', { of: 'y' }),
    ]);
    assert.equal(takenBack.exposures[0]?.followed, false);
  });

  it('keeps how a card was drawn, and takes what does not add up for none', () => {
    const among = [
      { play: 'a', record: ACCOUNT, probability: 0.7 },
      { play: 'b', record: ACCOUNT, probability: 0.3 },
    ];
    const opened = (day: number, draw: unknown): Fact =>
      fact('seen', day, { opening: `a|${ACCOUNT}|${day}`, draw: draw as null });
    const right = { probability: 0.7, among };
    const { exposures, drawn } = outcomesOf([
      opened(1, right),
      opened(2, { probability: 0, among }),
      opened(3, { probability: 0.7, among: among.slice(1) }),
      opened(4, { probability: 0.7, among: [null, 7] }),
      opened(5, 'no draw'),
      opened(6, null),
    ]);
    assert.equal(exposures.length, 6);
    assert.deepEqual(
      drawn.map(({ at, draw, account }) => [at / DAY, draw, account]),
      [[1, right, ACCOUNT]],
    );
  });

  it('is the same in any order, delivered twice, and by parts of two devices', () => {
    const arbitrary = fc.array(
      fc.tuple(
        fc.constantFrom('seen', 'done', 'helpful', 'replied', 'call-made', 'segment', 'undo'),
        fc.constantFrom('a', 'b'),
        fc.integer({ min: 1, max: 60 }),
      ),
      { maxLength: 30 },
    );
    const toFact = ([kind, play, day]: readonly [string, string, number], i: number): Fact => {
      const made =
        kind === 'seen'
          ? seen(play, day)
          : kind === 'replied'
            ? fact('replied', day, {}, BUYER)
            : kind === 'call-made'
              ? fact('call-made', day, {}, { by: 't:rep:1' })
              : kind === 'segment'
                ? fact('record-changed', day, { values: { segment: play } })
                : answer(play, day, kind, kind === 'undo' ? { of: String(day % 5) } : {});
      return { ...made, id: kind === 'done' ? `response/${i % 5}` : `f${i}` };
    };
    fc.assert(
      fc.property(arbitrary, fc.nat(), (told, seed) => {
        const byId = new Map(told.map(toFact).map((one) => [one.id, one]));
        const facts = [...byId.values()];
        const random = createRandom(seed);
        // Each fact was on the first device, on the second, or on both.
        const parts = facts.flatMap((one) => (random() < 0.3 ? [one, one] : [one]));
        const mixed = parts
          .map((one) => ({ one, order: random() }))
          .sort((x, y) => x.order - y.order)
          .map(({ one }) => one);
        const [whole, merged] = [outcomesOf(facts), outcomesOf(mixed)];
        assert.deepEqual(merged.exposures, whole.exposures);
        assert.deepEqual([...merged.acceptance].sort(), [...whole.acceptance].sort());
      }),
      { numRuns: 300 },
    );
  });
});
