import { type Bitmap, countRows, createBitmap, fullBitmap, setRow } from '../core/bitmap.js';
import { isMissing } from '../core/condition.js';
import type { Range, Test } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import { binOf, findBounds, rangesOf } from './bin-number.js';
import type { Column } from './table.js';

/** One test of one attribute, and the rows that meet it. */
export interface Item {
  readonly test: Test;
  readonly rows: Bitmap;
  readonly count: number;
}

export interface MakeItemsOptions {
  /** Which rows, in which order: bit i of an item stands for row `order[i]`. Default: all as they come. */
  readonly order?: ArrayLike<number>;
  /** Bins of a number. Default 4. */
  readonly bins?: number;
  /** Values beyond so many, the rarest, are left out. Default 30. */
  readonly mostValues?: number;
  /** An item is left out that fewer rows meet, or fewer do not meet. Default 1. */
  readonly minRows?: number;
}

/**
 * The tests that an attribute allows, with the rows of each: its values, of a number bins by quantiles. Missing is a
 * state of its own; where a multi attribute is missing, not to have a value is not known either.
 */
export function makeItems(column: Column, options: MakeItemsOptions = {}): readonly Item[] {
  const { order, bins = 4, mostValues = 30, minRows = 1 } = options;
  const { id: attribute, type, values } = column;
  const rows = order?.length ?? values.length;
  const at = (i: number): AttributeValue | undefined => values[order ? (order[i] as number) : i];
  const bounds = type === 'number' ? findBounds(numbersOf(rows, at), bins) : [];
  const ranges = rangesOf(bounds);

  const known = createBitmap(rows);
  const met = new Map<string | number | boolean, Bitmap>();
  const meet = (state: string | number | boolean, row: number): void => {
    let bitmap = met.get(state);
    if (bitmap === undefined) {
      bitmap = createBitmap(rows);
      met.set(state, bitmap);
    }
    setRow(bitmap, row);
  };
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (value === undefined || isMissing(value)) continue;
    setRow(known, row);
    if (type === 'number') meet(binOf(Number(value), bounds), row);
    else if (typeof value !== 'object') meet(value, row);
    else for (const one of value) meet(one, row);
  }

  const found = [...met].map(([state, bitmap]) =>
    itemOf(testOf(attribute, type, state, ranges), bitmap),
  );
  if (type === 'number') found.sort((a, b) => lowerOf(a) - lowerOf(b));
  else found.sort((a, b) => b.count - a.count);
  const items = found.slice(0, mostValues);
  if (type === 'multi')
    for (const { test, rows: having } of [...items])
      if ('hasAll' in test)
        items.push(itemOf({ attribute, hasNone: test.hasAll }, without(known, having)));
  items.push(itemOf({ attribute, missing: true }, without(fullBitmap(rows), known)));
  return items.filter(({ count }) => count > 0 && count >= minRows && rows - count >= minRows);
}

function numbersOf(rows: number, at: (row: number) => unknown): readonly number[] {
  const numbers: number[] = [];
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (typeof value === 'number' && !isMissing(value)) numbers.push(value);
  }
  return numbers;
}

function testOf(
  attribute: string,
  type: Column['type'],
  state: string | number | boolean,
  ranges: readonly Range[],
): Test {
  if (type === 'number') return { attribute, range: ranges[Number(state)] as Range };
  return type === 'multi' ? { attribute, hasAll: [String(state)] } : { attribute, in: [state] };
}

function itemOf(test: Test, rows: Bitmap): Item {
  return { test, rows, count: countRows(rows) };
}

function lowerOf({ test }: Item): number {
  return 'range' in test ? (test.range.gte ?? Number.NEGATIVE_INFINITY) : 0;
}

function without(rows: Bitmap, taken: Bitmap): Bitmap {
  return rows.map((word, i) => word & ~(taken[i] as number));
}
