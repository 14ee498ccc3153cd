/** The rows of a bitmap, bit by bit. */
export function rowsIn(bitmap: Uint32Array): readonly number[] {
  return Array.from({ length: bitmap.length * 32 }, (_, row) => row).filter(
    (row) => (((bitmap[row >> 5] as number) >> (row & 31)) & 1) === 1,
  );
}
