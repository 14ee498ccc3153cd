import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBounds } from '../../src/analyze/bin-number.js';
import { makeItems } from '../../src/analyze/make-items.js';
import type { Column } from '../../src/analyze/table.js';
import { judge } from '../../src/core/condition.js';
import { createRandom } from '../../src/core/random.js';
import { rowsIn } from './rows-in.js';

function read(column: Column, options = {}): readonly string[] {
  return makeItems(column, options).map(({ test, rows }) => {
    const { attribute: _, ...rest } = test;
    return `${JSON.stringify(rest)} ${rowsIn(rows)}`;
  });
}

describe('items of an attribute', () => {
  it('are the values of a choice, the most frequent first, and missing', () => {
    assert.deepEqual(read({ id: 'a', type: 'choice', values: ['x', 'y', undefined, 'y', ''] }), [
      '{"in":["y"]} 1,3',
      '{"in":["x"]} 0',
      '{"in":[""]} 4',
      '{"missing":true} 2',
    ]);
  });

  it('are having and not having a value of a multi attribute; where it is missing neither is known', () => {
    assert.deepEqual(read({ id: 'a', type: 'multi', values: [['x', 'y'], ['y'], [], undefined] }), [
      '{"hasAll":["y"]} 0,1',
      '{"hasAll":["x"]} 0',
      '{"hasNone":["y"]} 2',
      '{"hasNone":["x"]} 1,2',
      '{"missing":true} 3',
    ]);
  });

  it('are quarters of a number with bounds a person can read, and NaN is missing', () => {
    const values = [1.2, 9.87, 20.1, 31, 42.4, 55, 61, 78, Number.NaN];
    assert.deepEqual(read({ id: 'a', type: 'number', values }), [
      '{"range":{"lt":20}} 0,1',
      '{"range":{"gte":20,"lt":40}} 2,3',
      '{"range":{"gte":40,"lt":60}} 4,5',
      '{"range":{"gte":60}} 6,7',
      '{"missing":true} 8',
    ]);
  });

  it('leave out what all rows meet, or too few, and values beyond the most frequent', () => {
    assert.deepEqual(read({ id: 'a', type: 'boolean', values: [true, true] }), []);
    const values = ['x', 'x', 'x', 'y', 'y', 'z'];
    assert.deepEqual(read({ id: 'a', type: 'choice', values }, { minRows: 2 }), [
      '{"in":["x"]} 0,1,2',
      '{"in":["y"]} 3,4',
    ]);
    assert.equal(read({ id: 'a', type: 'choice', values }, { mostValues: 1 }).length, 1);
  });

  it('stand for the rows in the order asked for', () => {
    const column: Column = { id: 'a', type: 'boolean', values: [true, false, false] };
    assert.deepEqual(read(column, { order: [2, 0] }), ['{"in":[false]} 0', '{"in":[true]} 1']);
  });

  it('are met exactly where the condition of a play would be true', () => {
    const random = createRandom('items');
    const some = <One>(list: readonly One[]): One =>
      list[Math.floor(random() * list.length)] as One;
    for (let round = 0; round < 40; round++) {
      const columns: readonly Column[] = [
        { id: 'c', type: 'choice', values: many(() => some(['a', 'b', 'c', undefined])) },
        { id: 'm', type: 'multi', values: many(() => some([[], ['p'], ['p', 'q'], undefined])) },
        { id: 'n', type: 'number', values: many(() => some([1, 2, 2.5, -3, 1e6, undefined])) },
        { id: 'b', type: 'boolean', values: many(() => some([true, false, undefined])) },
      ];
      for (const column of columns)
        for (const { test, rows } of makeItems(column)) {
          const met = new Set(rowsIn(rows));
          for (let row = 0; row < 70; row++)
            assert.equal(
              met.has(row),
              judge(test, { get: () => column.values[row], children: () => [] }) === true,
              `${JSON.stringify(test)} of ${String(column.values[row])}`,
            );
        }
    }
  });
});

const many = <One>(make: () => One): readonly One[] => Array.from({ length: 70 }, make);

describe('bounds of bins', () => {
  it('never part equal values, so that there may be fewer bins', () => {
    assert.deepEqual(findBounds([0, 0, 0, 0, 0, 0, 5, 9], 4), [5]);
    assert.deepEqual(findBounds([7, 7, 7], 4), []);
    assert.deepEqual(findBounds([], 4), []);
  });

  it('have the fewest digits that part the numbers alike', () => {
    assert.deepEqual(findBounds([1234, 5678], 2), [5000]);
    assert.deepEqual(findBounds([12_341, 12_349], 2), [12_349]);
    assert.deepEqual(findBounds([-5678, -1234], 2), [-2000]);
  });
});
