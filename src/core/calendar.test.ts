import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { addWorkdays, isWorkday, workdaysBetween } from './calendar.js';
import { dayOfDate } from './zone.js';

const calendar = {
  workdays: [1, 2, 3, 4, 5],
  holidays: ['2025-12-25', '2025-12-26', '2026-01-01'],
};

describe('calendar', () => {
  for (const [date, worked] of [
    ['2025-12-24', true],
    ['2025-12-25', false], // a holiday
    ['2025-12-27', false], // a Saturday
    ['2025-12-28', false],
    ['2025-12-29', true],
    ['1969-12-31', true], // a Wednesday
  ] as const) {
    it(`says that ${date} is ${worked ? '' : 'not '}worked`, () => {
      expect(isWorkday(dayOfDate(date), calendar)).to.equal(worked);
    });
  }

  it('agrees with the weekday that Date gives, before and after 1970', () => {
    const weekend = { workdays: [6, 7], holidays: [] };
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (day) => {
        const weekday = new Date(day * 86_400_000).getUTCDay();
        expect(isWorkday(day, weekend)).to.equal(weekday === 0 || weekday === 6);
      }),
      { seed: 3 },
    );
  });

  it('finds two working days after Wednesday 24 December: Tuesday 30', () => {
    expect(addWorkdays(dayOfDate('2025-12-24'), 2, calendar)).to.equal(dayOfDate('2025-12-30'));
  });

  it('finds one working day before Monday 29 December: Wednesday 24', () => {
    expect(addWorkdays(dayOfDate('2025-12-29'), -1, calendar)).to.equal(dayOfDate('2025-12-24'));
  });

  it('stays on a Saturday when nothing is added', () => {
    expect(addWorkdays(dayOfDate('2025-12-27'), 0, calendar)).to.equal(dayOfDate('2025-12-27'));
  });

  it('counts as many working days as were added', () => {
    const calendars = fc.record({
      workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      holidays: fc.array(fc.constantFrom('2025-12-25', '2025-12-30', '2026-01-01')),
    });
    const days = fc.integer({ min: dayOfDate('2025-12-01'), max: dayOfDate('2026-01-31') });
    fc.assert(
      fc.property(days, fc.integer({ min: -30, max: 30 }), calendars, (day, n, some) => {
        const reached = addWorkdays(day, n, some);
        expect(workdaysBetween(day, reached, some)).to.equal(n);
        if (n !== 0) expect(isWorkday(reached, some)).to.equal(true);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('refuses to search a calendar without a working day', () => {
    const never = { workdays: [], holidays: [] };
    expect(() => addWorkdays(0, 1, never)).to.throw('no working day');
  });
});
