import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addBehaviour, type DealTimeline } from '../../src/analyze/add-behaviour.js';
import { findPatterns } from '../../src/analyze/find-patterns.js';
import type { Table } from '../../src/analyze/table.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

const DAY = 86_400_000;

/** `2call 2mail 9visit`: on which day from the beginning, and what. */
function deal(text: string, began = 100 * DAY): DealTimeline {
  return {
    began,
    steps: text.split(' ').map((word) => ({
      at: began + Number.parseInt(word, 10) * DAY + 3600_000,
      kinds: [word.replace(/\d+/, '')],
    })),
  };
}

function tableOf(
  deals: readonly DealTimeline[],
  outcome: readonly number[],
  lasted: readonly number[],
): Table {
  return {
    columns: [],
    outcome,
    sellers: outcome.map((_, row) => `s${row % 24}`),
    decidedAt: deals.map(({ began }, row) => began + (lasted[row] as number) * DAY),
  };
}

describe('behaviour of a deal', () => {
  const deals = [
    deal('0call 1mail 5visit 40call'),
    deal('0mail 0call 3call'),
    deal('2visit 6call'),
  ];
  const made = runThrough(
    addBehaviour(tableOf(deals, [1, 0, 1], [60, 45, 29]), deals, { firstDays: 30, minShare: 0.3 }),
  );
  const valuesOf = (id: string): readonly unknown[] =>
    Array.from(made.table.columns.find((one) => one.id === id)?.values ?? []);

  it('is counted and timed over the first days, of deals that lasted so long', () => {
    assert.deepEqual(Array.from(made.rows), [0, 1]);
    assert.deepEqual(valuesOf('activity.call.count'), [1, 2]);
    assert.deepEqual(valuesOf('activity.call.firstDay'), [0, 0]);
    assert.deepEqual(valuesOf('activity.visit.firstDay'), [5, undefined]);
  });

  it('is in order from day to day, and at once within a day', () => {
    assert.deepEqual(valuesOf('activity.call>mail'), []);
    assert.deepEqual(valuesOf('activity.call>mail>visit'), [true, false]);
    assert.deepEqual(valuesOf('activity.call+mail>call'), [false, true]);
    assert.deepEqual(made.sequences.get('activity.call+mail>call'), [['call', 'mail'], ['call']]);
  });

  it('says that a call before the visit wins, where it does', () => {
    const random = createRandom('order');
    const outcome: number[] = [];
    const many = Array.from({ length: 1500 }, () => {
      const callFirst = random() < 0.5;
      outcome.push(Number(random() < (callFirst ? 0.6 : 0.35)));
      const [call, visit] = callFirst ? [2, 9] : [9, 2];
      return deal(
        [`${call}call`, `${visit}visit`, `${Math.floor(random() * 20)}mail`]
          .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
          .join(' '),
      );
    });
    const { table } = runThrough(
      addBehaviour(
        tableOf(
          many,
          outcome,
          many.map(() => 50),
        ),
        many,
        { firstDays: 30 },
      ),
    );
    const { findings, leaks } = runThrough(
      findPatterns(table, { adjustFor: [], seed: 1, depth: 1 }),
    );
    const [first] = findings.filter((one) => one.confirmed);
    assert.deepEqual(leaks, []);
    assert.match(String(first?.pattern[0]?.attribute), /call>visit|visit>call|firstDay/);
    assert.ok(!first?.couldMislead.includes('time-not-told'));
  });

  it('is not that deals which last longer have more calls: without a landmark they would', () => {
    const random = createRandom('long');
    const outcome: number[] = [];
    const lasted: number[] = [];
    const many = Array.from({ length: 1500 }, () => {
      const won = random() < 0.5;
      const days = Math.floor((won ? 50 : 30) * (0.5 + random()));
      outcome.push(Number(won));
      lasted.push(days);
      return deal(
        Array.from(
          { length: 1 + Math.floor(days / 5) },
          (_, i) => `${i * 5 + Math.floor(random() * 5)}call`,
        )
          .filter((word) => Number.parseInt(word, 10) < days)
          .concat('0mail')
          .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
          .join(' '),
      );
    });
    const all = tableOf(many, outcome, lasted);
    const confirmed = (table: Table): number =>
      runThrough(findPatterns(table, { adjustFor: [], seed: 1, depth: 1 })).findings.filter(
        (one) => one.confirmed,
      ).length;
    const atLandmark = runThrough(addBehaviour(all, many, { firstDays: 15 })).table;
    const { decidedAt: _, ...untimed } = all;
    const whole = runThrough(addBehaviour(untimed, many, { firstDays: 90 })).table;
    assert.equal(confirmed(atLandmark), 0);
    assert.ok(confirmed(whole) > 0, 'no trap');
  });
});
