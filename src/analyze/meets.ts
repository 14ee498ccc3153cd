import { judgeTest } from '../core/condition.js';
import type { Test } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import type { Column } from './table.js';

/** 1 for each of the rows that meets all the tests: what {@link makeItems} says in bitmaps, for few tests of many rows. */
export function rowsThatMeet(
  tests: readonly Test[],
  columns: ReadonlyMap<string, Column>,
  rows: ArrayLike<number>,
): Uint8Array {
  const has = new Uint8Array(rows.length).fill(1);
  for (const test of tests) {
    const values = columns.get(test.attribute)?.values ?? [];
    for (let i = 0; i < rows.length; i++)
      if (has[i] === 1 && !meets(test, values[rows[i] as number])) has[i] = 0;
  }
  return has;
}

/** Items never compare two attributes. */
const meets = (test: Test, value: AttributeValue | undefined): boolean =>
  !('inAttribute' in test) && judgeTest(test, value) === true;
