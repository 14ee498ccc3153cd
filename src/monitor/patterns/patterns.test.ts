import { expect } from '@open-wc/testing';
import type { Pattern, Span } from '../../domain/pattern.js';
import {
  ACCOUNT,
  DAY,
  factOf,
  factsOf,
  HOUR,
  one,
  planOf,
  tell,
  viewOf,
  watch,
} from './fixtures.js';

const days = (n: number): Span => ({ days: n });
const hours = (n: number): Span => ({ ms: n * HOUR });

/** What is complete when, for facts an hour apart. */
function told(pattern: Pattern, line: string, untilHour?: number): readonly string[] {
  const facts = factsOf(line);
  const until = untilHour === undefined ? undefined : untilHour * HOUR;
  return tell(watch(planOf({ play: { pattern } }), facts, until));
}

const sequence = (...types: readonly string[]): readonly { one: ReturnType<typeof one> }[] =>
  types.map((type) => ({ one: one(type) }));

describe('a sequence', () => {
  const ab: Pattern = { sequence: sequence('A', 'B'), within: hours(10) };
  const silence: Pattern = {
    sequence: [{ one: one('A') }, { no: one('N'), within: hours(2) }],
  };

  it('is complete at its last event, once: A . B1 B2', () => {
    expect(told(ab, 'A . B1 B2')).to.deep.equal(['2h: A B1']);
  });
  it('takes the latest beginning, and forgets the others: A1 A2 B1 B2', () => {
    expect(told(ab, 'A1 A2 B1 B2')).to.deep.equal(['2h: A2 B1']);
  });
  it('begins anew after it was complete: A1 B1 A2 B2', () => {
    expect(told(ab, 'A1 B1 A2 B2')).to.deep.equal(['1h: A1 B1', '3h: A2 B2']);
  });
  it('lets no fact be two steps of it', () => {
    expect(told({ sequence: sequence('A', 'A'), within: hours(5) }, 'A1 A2 A3 A4')).to.deep.equal([
      '1h: A1 A2',
      '3h: A3 A4',
    ]);
  });
  it('is in time a millisecond before the window ends, and too late at its end', () => {
    const pattern: Pattern = { sequence: sequence('A', 'B'), within: hours(3) };
    const plan = planOf({ play: { pattern } });
    const begun = factOf('0.0-A', 'A', 0);
    const at = (ms: number): number =>
      watch(plan, [begun, factOf('1.0-B', 'B', ms)]).completed.length;
    expect([at(3 * HOUR - 1), at(3 * HOUR), at(3 * HOUR + 1)]).to.deep.equal([1, 0, 0]);
  });
  it('takes facts of one moment in the order of their ids', () => {
    expect(told(ab, 'A+B')).to.deep.equal(['0h: A B']);
    expect(told(ab, 'B+A')).to.deep.equal([]);
    expect(told({ sequence: sequence('A', 'B', 'C'), within: hours(1) }, '. A+B+C')).to.deep.equal([
      '1h: A B C',
    ]);
  });

  it('gives up at what must not come between: A N B, but N A B and A B N are complete', () => {
    const pattern: Pattern = {
      sequence: [{ one: one('A') }, { no: one('N') }, { one: one('B') }],
      within: hours(9),
    };
    expect(told(pattern, 'A N B')).to.deep.equal([]);
    expect(told(pattern, 'N A B')).to.deep.equal(['2h: A B']);
    expect(told(pattern, 'A B N')).to.deep.equal(['1h: A B']);
    expect(told(pattern, 'A1 N A2 B')).to.deep.equal(['3h: A2 B']);
  });
  it('gives up everything at what it goes without', () => {
    const pattern: Pattern = {
      sequence: sequence('A', 'B', 'C'),
      within: hours(9),
      without: one('N'),
    };
    expect(told(pattern, 'A B N C')).to.deep.equal([]);
    expect(told(pattern, 'A N A B C')).to.deep.equal(['4h: A B C']);
  });
  it('breaks at any other activity where it is strict, but not at what the agent notes', () => {
    const strict: Pattern = { ...ab, strict: true };
    expect(told(strict, 'A X B')).to.deep.equal([]);
    expect(told(strict, 'X A B')).to.deep.equal(['2h: A B']);
    expect(told(strict, 'A A B')).to.deep.equal(['2h: A B']);
    expect(told(strict, 'A seen B')).to.deep.equal(['2h: A B']);
  });

  it('ends with a silence: nothing comes until it is over, and it is over at its end', () => {
    expect(told(silence, 'A', 1)).to.deep.equal([]);
    expect(told(silence, 'A', 2)).to.deep.equal(['2h: A']);
    expect(told(silence, 'A N', 9)).to.deep.equal([]);
  });
  it('is no longer broken by what comes at the very end of the silence', () => {
    expect(told(silence, 'A . N', 9)).to.deep.equal(['2h: A']);
  });
  it('ends with the silence after the first event, however often the event comes again: A1 A2 A3', () => {
    expect(told(silence, 'A1 A2 A3', 9)).to.deep.equal(['2h: A1', '4h: A3']);
    expect(told(silence, 'A1 N A2 .', 9)).to.deep.equal(['4h: A2']);
  });
  it('tells that something stopped: A, and then no other A', () => {
    const stopped: Pattern = { sequence: [{ one: one('A') }, { no: one('A'), within: hours(2) }] };
    expect(told(stopped, 'A1 A2 A3 . . . A4', 7)).to.deep.equal(['4h: A3']);
  });
  it('begins with a silence, which counts from the first fact, and anew after each completion', () => {
    const quiet: Pattern = { sequence: [{ no: one('N'), within: hours(3) }, { one: one('A') }] };
    expect(told(quiet, 'X A1 . A2 A3')).to.deep.equal(['3h: A2']);
    expect(told(quiet, 'X . N . A1 A2')).to.deep.equal(['5h: A2']);
    expect(told(quiet, 'X . . A1 A2 . A3')).to.deep.equal(['3h: A1', '6h: A3']);
  });
  it('may end the silence that it begins with: the first A after a long time', () => {
    const back: Pattern = { sequence: [{ no: one('A'), within: hours(3) }, { one: one('A') }] };
    expect(told(back, 'X A1 A2 . . A3 A4')).to.deep.equal(['5h: A3']);
  });
  it('is any of several events', () => {
    expect(told({ sequence: [{ one: one('A', 'B') }] }, 'X B A')).to.deep.equal(['1h: B', '2h: A']);
  });
});

describe('all of several events', () => {
  const all: Pattern = { all: [one('A'), one('B'), one('C')], within: days(30), without: one('D') };
  it('come in any order', () => {
    for (const line of ['A B C', 'C B A', 'B C A', 'B A A C'])
      expect(told(all, line), line).to.have.length(1);
  });
  it('are told in the order in which they came: C A B', () => {
    expect(told(all, 'C A B')).to.deep.equal(['2h: C A B']);
  });
  it('begin anew after what they go without: A B D C, and then A B', () => {
    expect(told(all, 'A B D C')).to.deep.equal([]);
    expect(told(all, 'A B D C A B')).to.deep.equal(['5h: C A B']);
  });
  it('are no further apart than the window', () => {
    const near: Pattern = { all: [one('A'), one('B')], within: hours(2) };
    expect(told(near, 'A . B')).to.deep.equal([]);
    expect(told(near, 'A1 A2 B')).to.deep.equal(['2h: A2 B']);
  });
  it('may be one and the same fact', () => {
    expect(told({ all: [one('A'), one('A', 'B')], within: hours(2) }, 'A')).to.deep.equal([
      '0h: A',
    ]);
  });
});

describe('a count', () => {
  const three: Pattern = { count: 3, of: one('V'), within: days(7) };
  const onDays = (...at: readonly number[]): readonly string[] =>
    watch(
      planOf({ play: { pattern: three } }),
      at.map((day, k) => factOf(`${k}.0-V${k}`, 'V', day * DAY)),
    ).completed.map(({ begin, facts }) => `day ${begin / DAY}: ${facts.length}`);

  it('is reached by three in seven days', () => {
    expect(onDays(0, 3, 6)).to.deep.equal(['day 6: 3']);
  });
  it('slides: 0, 6, 8, 9 days', () => {
    expect(onDays(0, 6, 8, 9)).to.deep.equal(['day 9: 3']);
  });
  it('is not reached by the third exactly seven days after the first', () => {
    expect(onDays(0, 3, 7)).to.deep.equal([]);
  });
  it('begins at none again: it takes six for two', () => {
    expect(onDays(0, 1, 2, 3, 4)).to.deep.equal(['day 2: 3']);
    expect(onDays(0, 1, 2, 3, 4, 5)).to.deep.equal(['day 2: 3', 'day 5: 3']);
  });
  it('is reached by a burst at one moment', () => {
    expect(onDays(5, 5, 5)).to.deep.equal(['day 5: 3']);
  });
});

describe('the first', () => {
  it('is the first of the timeline, of what is asked', () => {
    const pattern: Pattern = {
      first: [{ event: 'purchase', where: { attribute: 'event.product', in: ['X'] } }],
    };
    const buy = (k: number, product: string) =>
      factOf(`${k}.0-${product}${k}`, 'purchase', k, { product });
    const plan = planOf({ play: { pattern } });
    const { completed } = watch(plan, [buy(1, 'Y'), buy(2, 'X'), buy(3, 'X')]);
    expect(completed.map(({ begin, event }) => [begin, event.data])).to.deep.equal([
      [2, { product: 'X' }],
    ]);
  });
});

describe('records', () => {
  const DEALS = ['test:opportunity:1', 'test:opportunity:2'];
  const view = viewOf([ACCOUNT, ...DEALS]);
  const pattern: Pattern = {
    sequence: [{ one: one('A') }, { no: one('N'), within: hours(2) }],
  };
  const plan = planOf({ play: { pattern } }, { about: 'opportunity' });
  const on = (id: string, type: string, hour: number, ...about: readonly string[]) => ({
    ...factOf(id, type, hour * HOUR),
    about: [ACCOUNT, ...about],
  });

  it('are watched apart: a call about the one deal leaves the other silent', () => {
    const { completed } = watch(
      plan,
      [on('a', 'A', 0, ...DEALS), on('b', 'N', 1, DEALS[0] ?? '')],
      DAY,
      view,
    );
    expect(completed.map(({ record, begin }) => [record, begin])).to.deep.equal([
      [DEALS[1], 2 * HOUR],
    ]);
  });
  it('are begun only by what names them, and silenced by what names none of them', () => {
    expect(watch(plan, [on('a', 'A', 0)], DAY, view).completed).to.deep.equal([]);
    expect(
      watch(plan, [on('a', 'A', 0, ...DEALS), on('b', 'N', 1)], DAY, view).completed,
    ).to.deep.equal([]);
  });
  it('that are deleted, or of another account, are forgotten', () => {
    const facts = [
      on('a', 'A', 0, ...DEALS, 'test:opportunity:9'),
      { ...on('b', 'record-deleted', 1), about: [DEALS[0] ?? ''] },
    ];
    expect(Object.keys(watch(plan, facts, HOUR, view).memory.watches.play ?? {})).to.deep.equal([
      DEALS[1],
    ]);
  });
});

describe('what is kept of a fact', () => {
  it('are the fields of the last one, without long texts', () => {
    const pattern: Pattern = { sequence: [{ one: one('A') }] };
    const data = { page: 'pricing', text: 'x'.repeat(500), amount: 3 };
    const contact = 'test:contact:1';
    const fact = { ...factOf('a', 'A', 0, data), about: [ACCOUNT, contact] };
    const [done] = watch(planOf({ play: { pattern } }), [fact]).completed;
    expect(done?.event.data).to.deep.equal({ page: 'pricing', amount: 3 });
    expect(done?.contact).to.equal(contact);
  });
});
