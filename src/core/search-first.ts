/** Index of the first that is past the test, which is false and then true along the list. */
export function searchFirst<Item>(list: readonly Item[], past: (item: Item) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (past(list[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
