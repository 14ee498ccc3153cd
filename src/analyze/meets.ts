import { isMissing } from '../core/condition.js';
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
    const meets = readTest(test);
    for (let i = 0; i < rows.length; i++)
      if (has[i] === 1 && !meets(values[rows[i] as number])) has[i] = 0;
  }
  return has;
}

function readTest(test: Test): (value: AttributeValue | undefined) => boolean {
  if ('missing' in test) return (value) => isMissing(value) === test.missing;
  if ('range' in test) {
    const { gte = Number.NEGATIVE_INFINITY, lt = Number.POSITIVE_INFINITY } = test.range;
    return (value) => typeof value === 'number' && value >= gte && value < lt;
  }
  if ('hasAll' in test)
    return (value) => Array.isArray(value) && test.hasAll.every((one) => value.includes(one));
  if ('hasNone' in test)
    return (value) => Array.isArray(value) && !test.hasNone.some((one) => value.includes(one));
  if ('in' in test) {
    const wanted = new Set<unknown>(test.in);
    return (value) => wanted.has(value);
  }
  return () => false;
}
