import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isWorkday } from '../../src/core/calendar.js';
import { wallTime } from '../../src/core/wall-time.js';
import {
  askBudget,
  type BudgetAnswer,
  type BudgetSettings,
  type BudgetState,
  DEFAULT_BUDGET,
  NO_NOTICES,
  type Notice,
  releaseHeld,
} from './notification-budget.js';
import { DEFAULT_QUIET, isQuiet, type QuietHours, quietUntil } from './quiet-hours.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CALENDAR = { workdays: [1, 2, 3, 4, 5], holidays: ['2026-11-26'] };
const QUIET: QuietHours = { zone: 'Europe/Berlin', calendar: CALENDAR, ...DEFAULT_QUIET };
const SETTINGS: BudgetSettings = { quiet: QUIET, ...DEFAULT_BUDGET };
/** Thursday 19 November 2026; Berlin is an hour ahead of UTC. */
const berlin = (time: string, day = '2026-11-19'): number => Date.parse(`${day}T${time}:00+01:00`);

/** Asks one after another and gives the answers, with the state at the end. */
function ask(
  notices: readonly (readonly [number, Notice])[],
  settings = SETTINGS,
): { readonly state: BudgetState; readonly answers: readonly BudgetAnswer[] } {
  let state = NO_NOTICES;
  const answers = notices.map(([now, notice]) => {
    const asked = askBudget(state, notice, now, settings);
    state = asked.state;
    return asked.answer;
  });
  return { state, answers };
}

const all = (): true => true;

describe('askBudget', () => {
  it('lets three through in an hour, then is silent for an hour, then tells what waited as one', () => {
    const { state, answers } = ask([
      [berlin('10:00'), { id: 'a' }],
      [berlin('10:10'), { id: 'b' }],
      [berlin('10:50'), { id: 'c' }],
      [berlin('10:55'), { id: 'd' }],
      [berlin('11:30'), { id: 'e' }],
    ]);
    const held = { hold: berlin('11:50'), because: 'hour-spent' };
    assert.deepEqual(answers, [{ send: ['a'] }, { send: ['b'] }, { send: ['c'] }, held, held]);
    assert.equal(releaseHeld(state, berlin('11:49'), SETTINGS, all).state.held.length, 2);
    assert.deepEqual(releaseHeld(state, berlin('11:50'), SETTINGS, all).answer, {
      send: ['d', 'e'],
    });
  });

  it('holds in quiet hours until they end where the rep is, past weekend and holiday', () => {
    const held = (now: number): BudgetAnswer | undefined => ask([[now, { id: 'a' }]]).answers[0];
    const until = (hold: number): BudgetAnswer => ({ hold, because: 'quiet-hours' });
    assert.deepEqual(held(berlin('07:59')), until(berlin('08:00')));
    assert.deepEqual(held(berlin('08:00')), { send: ['a'] });
    assert.deepEqual(held(berlin('17:59')), { send: ['a'] });
    assert.deepEqual(held(berlin('18:00')), until(berlin('08:00', '2026-11-20')));
    assert.deepEqual(held(berlin('12:00', '2026-11-21')), until(berlin('08:00', '2026-11-23')));
    assert.deepEqual(held(berlin('20:00', '2026-11-25')), until(berlin('08:00', '2026-11-27')));
  });

  it('lets a mandatory card of a meeting pass in the half hour before it, and no other', () => {
    const meetingAt = berlin('07:30');
    const answer = (time: string, notice: Partial<Notice>): BudgetAnswer | undefined =>
      ask([[berlin(time), { id: 'a', meetingAt, ...notice }]]).answers[0];
    assert.deepEqual(answer('07:00', { mandatory: true }), { send: ['a'] });
    assert.equal('hold' in (answer('06:59', { mandatory: true }) ?? {}), true);
    assert.equal('hold' in (answer('07:10', {}) ?? {}), true);
    assert.deepEqual(answer('07:30', { mandatory: true }), { drop: 'over' });
  });

  it('disturbs once for one card', () => {
    const { answers } = ask([
      [berlin('10:00'), { id: 'a' }],
      [berlin('15:00'), { id: 'a' }],
    ]);
    assert.deepEqual(answers[1], { drop: 'repeated' });
  });

  it('holds what is beyond the day until a day after the first', () => {
    const { answers } = ask(
      [
        [berlin('09:00'), { id: 'a' }],
        [berlin('11:00'), { id: 'b' }],
        [berlin('13:00'), { id: 'c' }],
      ],
      { ...SETTINGS, perDay: 2 },
    );
    assert.deepEqual(answers[2], { hold: berlin('09:00', '2026-11-20'), because: 'day-spent' });
  });

  it('drops what was answered, withdrawn or over meanwhile', () => {
    const { state } = ask([
      [berlin('07:00'), { id: 'answered' }],
      [berlin('07:01'), { id: 'over', until: berlin('08:00') }],
      [berlin('07:02'), { id: 'open' }],
    ]);
    const { answer, state: left } = releaseHeld(
      state,
      berlin('08:00'),
      SETTINGS,
      (id) => id !== 'answered',
    );
    assert.deepEqual(answer, { send: ['open'] });
    assert.deepEqual(left.held, []);
    assert.equal(releaseHeld(state, berlin('08:00'), SETTINGS, () => false).answer, undefined);
  });

  it('is plain JSON that holds no words, and is not held up by a clock that ran ahead', () => {
    const { state } = ask([
      [berlin('10:00', '2027-03-01'), { id: 'future' }],
      [berlin('10:00'), { id: 'a' }],
    ]);
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
    assert.deepEqual(state.sent, [{ at: berlin('10:00'), ids: ['a'] }]);
  });

  it('never spends more than it has and never breaks the quiet, in any order of events', () => {
    const event = fc.record({
      wait: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 900 })),
      id: fc.nat(60),
      release: fc.boolean(),
      mandatory: fc.boolean(),
      meetingIn: fc.option(fc.integer({ min: -30, max: 120 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 120 }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 8 }),
        (events, zone, perHour, perDay) => {
          const settings = { quiet: { ...QUIET, zone }, perHour, perDay };
          let now = Date.parse('2026-10-23T10:00:00Z');
          let state = NO_NOTICES;
          const bounded: number[] = [];
          const every: { at: number; id: string }[] = [];
          for (const { wait, id, release, mandatory, meetingIn } of events) {
            now += wait * MINUTE;
            const meetingAt = meetingIn === undefined ? undefined : now + meetingIn * MINUTE;
            const asked = release
              ? releaseHeld(state, now, settings, all)
              : askBudget(
                  state,
                  { id: `${id}`, mandatory, ...(meetingAt !== undefined && { meetingAt }) },
                  now,
                  settings,
                );
            state = asked.state;
            const { answer } = asked;
            if (answer && 'hold' in answer && answer.hold !== undefined) {
              assert.ok(answer.hold > now);
              assert.ok(!isQuiet(answer.hold, settings.quiet));
            }
            if (!answer || !('send' in answer)) continue;
            for (const sent of answer.send) every.push({ at: now, id: sent });
            const pressing =
              !release && mandatory && meetingIn !== undefined && meetingIn <= 30 && meetingIn > 0;
            if (pressing) continue;
            const wall = wallTime(now, zone);
            const hour = (wall % DAY) / HOUR;
            assert.ok(hour >= 8 && hour < 18 && isWorkday(Math.floor(wall / DAY), CALENDAR));
            bounded.push(now);
            assert.ok(bounded.filter((at) => at > now - HOUR).length <= perHour);
            assert.ok(bounded.filter((at) => at > now - DAY).length <= perDay);
          }
          for (const { at, id } of every)
            assert.equal(
              every.filter((one) => one.id === id && Math.abs(one.at - at) < DAY).length,
              1,
            );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('quietUntil', () => {
  it('is the first minute that is not quiet, found minute by minute, around every change of the clock', () => {
    for (const [zone, near] of [
      ['Europe/Berlin', '2026-03-29T01:00:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
      ['America/Santiago', '2026-09-06T04:00:00Z'],
    ] as const)
      for (const [from, to] of [
        ['18:00', '08:00'],
        ['22:00', '02:30'],
        ['00:30', '02:15'],
        ['12:00', '13:00'],
        ['23:00', '00:00'],
        ['09:00', '09:00'],
      ] as const) {
        const quiet = { zone, from, to, calendar: { workdays: [1, 2, 3, 4, 6, 7], holidays: [] } };
        for (
          let start = Date.parse(near) - 20 * HOUR;
          start < Date.parse(near) + 20 * HOUR;
          start += 37 * MINUTE
        ) {
          const first = Math.ceil(start / (15 * MINUTE)) * 15 * MINUTE;
          let expected = first;
          while (isQuiet(expected, quiet)) expected += 15 * MINUTE;
          assert.equal(
            quietUntil(first, quiet),
            expected,
            `${zone} ${from}-${to} ${new Date(first).toISOString()}`,
          );
        }
      }
  });

  it('finds none where no day is worked', () => {
    const quiet = { ...QUIET, calendar: { workdays: [], holidays: [] } };
    assert.equal(quietUntil(berlin('10:00'), quiet), undefined);
  });
});
