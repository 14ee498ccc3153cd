import { expect } from '@open-wc/testing';
import type { Fact } from '../../domain/fact.js';
import type { Appointment, Span } from '../../domain/pattern.js';
import type { JsonObject } from '../../domain/value.js';
import { MOST_MOMENTS } from './compile-patterns.js';
import { findNextDue } from './elapse.js';
import { DAY, factOf, HOUR, one, planOf, watch } from './fixtures.js';

const HALF = 30 * 60_000;
const at = (text: string): number => Date.parse(`2027-01-05T${text}Z`);
const base: Appointment = {
  of: one('meeting-booked'),
  time: 'startsAt',
  before: { ms: HALF },
  key: 'meeting',
  cancelledBy: one('meeting-cancelled'),
};

let count = 0;
const fact = (type: string, when: string, data: JsonObject): Fact =>
  factOf(`${String(++count).padStart(4, '0')}-${type}`, type, at(when), data);
const book = (when: string, startsAt: string, meeting = 'm1'): Fact =>
  fact('meeting-booked', when, { startsAt: `2027-01-05T${startsAt}Z`, meeting });
const cancel = (when: string, meeting = 'm1'): Fact => fact('meeting-cancelled', when, { meeting });

function opens(
  facts: readonly Fact[],
  appointment: Appointment = base,
  until: number = at('23:00'),
): { readonly begins: readonly string[]; readonly revoked: number } {
  const { completed, revoked } = watch(planOf({ play: { at: appointment } }), facts, until);
  const begins = completed.map(({ begin }) => new Date(begin).toISOString().slice(11, 16));
  return { begins, revoked: revoked.length };
}

describe('a moment that a fact names', () => {
  it('comes half an hour before a meeting, or after it', () => {
    expect(opens([book('08:00', '10:00')]).begins).to.deep.equal(['09:30']);
    const { before: _, ...rest } = base;
    expect(opens([book('08:00', '10:00')], { ...rest, after: { ms: HALF } }).begins).to.deep.equal([
      '10:30',
    ]);
  });
  it('comes at the millisecond, and not before', () => {
    const facts = [book('08:00', '10:00')];
    expect(opens(facts, base, at('09:30') - 1).begins).to.deep.equal([]);
    expect(opens(facts, base, at('09:30')).begins).to.deep.equal(['09:30']);
  });
  it('moves when the same meeting is booked again', () => {
    expect(opens([book('08:00', '10:00'), book('08:10', '15:00')]).begins).to.deep.equal(['14:30']);
    expect(opens([book('08:00', '15:00'), book('08:10', '10:00')]).begins).to.deep.equal(['09:30']);
  });
  it('is apart from the moments of other meetings', () => {
    expect(
      opens([book('08:00', '10:00'), book('08:10', '15:00', 'm2'), cancel('09:00')]).begins,
    ).to.deep.equal(['14:30']);
  });
  it('does not come when the meeting is cancelled', () => {
    expect(opens([book('08:00', '10:00'), cancel('09:00')])).to.deep.equal({
      begins: [],
      revoked: 0,
    });
  });
  it('takes its card back when the meeting is moved or cancelled after it came', () => {
    expect(opens([book('08:00', '10:00'), cancel('09:40')])).to.deep.equal({
      begins: ['09:30'],
      revoked: 1,
    });
    expect(opens([book('08:00', '10:00'), book('09:40', '15:00')])).to.deep.equal({
      begins: ['09:30', '14:30'],
      revoked: 1,
    });
  });
  it('comes once when the meeting is told again without another time', () => {
    expect(opens([book('08:00', '10:00'), book('09:40', '10:00')])).to.deep.equal({
      begins: ['09:30'],
      revoked: 0,
    });
  });
  it('comes at once when it is past as it is told, but not once the meeting has begun', () => {
    expect(opens([book('09:50', '10:00')]).begins).to.deep.equal(['09:50']);
    expect(opens([book('10:00', '10:00')]).begins).to.deep.equal([]);
  });
  it('after a meeting comes at once when it is told late, unless the card would have expired', () => {
    const { before: _, ...rest } = base;
    const after = { ...rest, after: { ms: HALF } };
    const told = (days: number): readonly string[] =>
      opens(
        [{ ...book('10:00', '08:00'), occurredAt: at('08:30') + days * DAY }],
        after,
        at('23:00') + 9 * DAY,
      ).begins;
    expect(told(0.5)).to.deep.equal(['20:30']);
    expect(told(1)).to.deep.equal([]);
  });
  it('is known by the CRM record where no field tells meetings apart', () => {
    const { key: _, ...rest } = base;
    const ofRecord = (one: Fact, record: string): Fact => ({ ...one, source: { record } });
    const first = ofRecord(book('08:00', '10:00'), 'crm:event:1');
    const second = ofRecord(book('08:00', '12:00'), 'crm:event:2');
    const moved = ofRecord(book('08:30', '11:00'), 'crm:event:1');
    expect(opens([first, second, moved], rest).begins).to.deep.equal(['10:30', '11:30']);
    expect(opens([book('08:00', '10:00'), book('08:01', '12:00')], rest).begins).to.deep.equal([
      '09:30',
      '11:30',
    ]);
  });

  const readings: readonly (readonly [startsAt: unknown, before: Span, due: string | undefined])[] =
    [
      ['2027-01-06T10:00:00+01:00', { ms: HALF }, '2027-01-06T08:30Z'],
      ['2027-01-06T10:00', { ms: HALF }, '2027-01-06T08:30Z'], // Berlin's clock
      ['2027-01-06 10:00:30', { ms: HALF }, '2027-01-06T08:30:30Z'],
      ['2027-01-06', { ms: HALF }, '2027-01-05T22:30Z'],
      ['2027-03-29T08:00:00Z', { days: 1 }, '2027-03-28T08:00Z'],
      ['2027-03-28T08:00:00Z', { days: 1 }, '2027-03-27T09:00Z'], // the clock is set forward that night
      ['2027-03-30T08:00:00Z', { workdays: 1 }, '2027-03-25T09:00Z'], // over Easter
      ['2027-01-06T10:00:00.000', { ms: HALF }, '2027-01-06T08:30Z'],
      ['2027-01-06T09:00:00.000+0000', { ms: HALF }, '2027-01-06T08:30Z'],
      ['6 Jan 2027 10:00', { ms: HALF }, undefined], // another machine might read another instant
      ['2027-02-30T10:00Z', { ms: HALF }, undefined],
      ['soon', { ms: HALF }, undefined],
      [17, { ms: HALF }, undefined],
      [null, { ms: HALF }, undefined],
    ];
  for (const [startsAt, before, due] of readings)
    it(`${JSON.stringify(before)} before ${JSON.stringify(startsAt)} is ${due}`, () => {
      const told = fact('meeting-booked', '08:00', { startsAt: startsAt as string, meeting: 'm' });
      const { memory } = watch(planOf({ play: { at: { ...base, before } } }), [told]);
      expect(findNextDue(memory)).to.equal(due ? Date.parse(due) : Number.POSITIVE_INFINITY);
    });

  it(`is one of at most ${MOST_MOMENTS} on a record: the soonest are kept`, () => {
    const many = Array.from({ length: 100 }, (_, k) =>
      fact('meeting-booked', '08:00', {
        startsAt: new Date(at('12:00') + (100 - k) * HOUR).toISOString(),
        meeting: `m${k}`,
      }),
    );
    const { memory } = watch(planOf({ play: { at: base } }), many);
    const [kept] = Object.values(memory.watches.play ?? {});
    expect(kept?.moments).to.have.length(MOST_MOMENTS);
    expect(findNextDue(memory)).to.equal(at('13:00') - HALF);
  });

  it('comes in order and once after downtime', () => {
    const starts = ['12:00', '10:00', '11:00'];
    const facts = starts.map((start, k) => book('08:00', start, `m${k}`));
    const plan = planOf({ b: { at: base }, a: { at: base } });
    const { completed } = watch(plan, facts, at('23:00'));
    expect(
      completed.map(({ begin, play }) => `${new Date(begin).toISOString().slice(11, 16)} ${play}`),
    ).to.deep.equal(['09:30 a', '09:30 b', '10:30 a', '10:30 b', '11:30 a', '11:30 b']);
  });
});
