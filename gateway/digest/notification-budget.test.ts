import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { dateOfDay } from '../../src/core/zone.js';
import { firstOfWeek, isSpent } from './notification-budget.js';

it('no seven days hold more than a rep may have in a week, and none is held back that might come', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 20_000, max: 20_060 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 7 }),
      (days, perWeek) => {
        const sent: number[] = [];
        for (const day of days.sort((a, b) => a - b)) {
          const date = dateOfDay(day);
          const recent = sent.map(dateOfDay).filter((one) => one >= firstOfWeek(date));
          const before = sent.filter((one) => day - one < 7).length;
          assert.equal(isSpent(recent, date, { perWeek }), before >= perWeek);
          if (before < perWeek) sent.push(day);
        }
        for (const day of sent)
          assert.ok(sent.filter((one) => one >= day && one < day + 7).length <= perWeek);
      },
    ),
  );
});
