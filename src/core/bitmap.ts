/** A set of rows, one bit each: row 0 is the lowest bit of the first word. Bits past the last row are 0. */
export type Bitmap = Uint32Array;

export function createBitmap(rows: number): Bitmap {
  return new Uint32Array((rows + 31) >>> 5);
}

/** All of so many rows. */
export function fullBitmap(rows: number): Bitmap {
  const bitmap = createBitmap(rows).fill(0xffff_ffff);
  if (rows % 32 > 0) bitmap[bitmap.length - 1] = 2 ** (rows % 32) - 1;
  return bitmap;
}

export function setRow(bitmap: Bitmap, row: number): void {
  bitmap[row >>> 5] = (bitmap[row >>> 5] as number) | (1 << (row & 31));
}

/** Bits that are set in a word (Warren, Hacker's Delight, figure 5-2). */
export function countWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

export function countRows(bitmap: Bitmap): number {
  return countShared(bitmap, bitmap);
}

/**
 * How many rows two sets share, in the words from `from` up to `to`. Bits are added up eight words at a time by
 * carry-save adders (Harley & Seal; Warren, Hacker's Delight, section 5-1).
 */
export function countShared(one: Bitmap, other: Bitmap, from = 0, to: number = one.length): number {
  const word = (i: number): number => (one[i] as number) & (other[i] as number);
  let ones = 0;
  let twos = 0;
  let fours = 0;
  let eights = 0;
  let i = from;
  for (; i + 8 <= to; i += 8) {
    let low = word(i);
    let high = word(i + 1);
    let half = ones ^ low;
    const twosA = (ones & low) | (half & high);
    ones = half ^ high;
    low = word(i + 2);
    high = word(i + 3);
    half = ones ^ low;
    const twosB = (ones & low) | (half & high);
    ones = half ^ high;
    half = twos ^ twosA;
    const foursA = (twos & twosA) | (half & twosB);
    twos = half ^ twosB;
    low = word(i + 4);
    high = word(i + 5);
    half = ones ^ low;
    const twosC = (ones & low) | (half & high);
    ones = half ^ high;
    low = word(i + 6);
    high = word(i + 7);
    half = ones ^ low;
    const twosD = (ones & low) | (half & high);
    ones = half ^ high;
    half = twos ^ twosC;
    const foursB = (twos & twosC) | (half & twosD);
    twos = half ^ twosD;
    half = fours ^ foursA;
    eights += countWord((fours & foursA) | (half & foursB));
    fours = half ^ foursB;
  }
  let count = 8 * eights + 4 * countWord(fours) + 2 * countWord(twos) + countWord(ones);
  for (; i < to; i++) count += countWord(word(i));
  return count;
}

/** Writes what two sets share, and counts it. */
export function intersect(one: Bitmap, other: Bitmap, into: Bitmap): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) {
    const word = (one[i] as number) & (other[i] as number);
    into[i] = word;
    count += countWord(word);
  }
  return count;
}

/** Whether every row of the first is in the second. */
export function isWithin(inner: Bitmap, outer: Bitmap): boolean {
  for (let i = 0; i < inner.length; i++)
    if (((inner[i] as number) & ~(outer[i] as number)) !== 0) return false;
  return true;
}
