import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  countRows,
  countShared,
  createBitmap,
  fullBitmap,
  intersect,
  isWithin,
  setRow,
} from '../../src/core/bitmap.js';
import { createRandom } from '../../src/core/random.js';
import { rowsIn } from './rows-in.js';

describe('sets of rows as bitmaps', () => {
  it('count, intersect and contain as sets do, for 200 random sets of up to 900 rows', () => {
    const random = createRandom('bitmaps');
    for (let round = 0; round < 200; round++) {
      const rows = Math.floor(random() * 900);
      const share = random();
      const [one, other] = [0, 1].map(() =>
        Array.from({ length: rows }, (_, row) => row).filter(() => random() < share),
      ) as [number[], number[]];
      const [a, b] = [one, other].map((set) => {
        const bitmap = createBitmap(rows);
        for (const row of set) setRow(bitmap, row);
        return bitmap;
      }) as [Uint32Array, Uint32Array];
      const both = one.filter((row) => other.includes(row));
      const into = createBitmap(rows);
      assert.equal(countRows(a), one.length);
      assert.equal(countShared(a, b), both.length);
      assert.equal(intersect(a, b, into), both.length);
      assert.deepEqual([rowsIn(a), rowsIn(into)], [one, both]);
      assert.ok(isWithin(into, a) && isWithin(a, fullBitmap(rows)));
      assert.equal(isWithin(a, b), both.length === one.length);
      const [from, to] = [Math.floor(random() * a.length), a.length - Math.floor(random() * 3)];
      const between = both.filter((row) => row >= from * 32 && row < to * 32);
      assert.equal(countShared(a, b, from, to), between.length, `words ${from} to ${to}`);
    }
  });

  it('are full up to the last row and no further', () => {
    for (const rows of [0, 1, 31, 32, 33, 64, 100]) assert.equal(countRows(fullBitmap(rows)), rows);
  });
});
