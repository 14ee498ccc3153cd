/**
 * A smallest set of wishes that cannot be had together: leave out any one of it, and the rest can (QuickXplain, Junker
 * 2004). Of several such sets it prefers the one of the wishes that come first. Undefined where all can be had.
 */
export function findClash<Wish>(
  wishes: readonly Wish[],
  canHave: (wishes: readonly Wish[]) => boolean,
): readonly Wish[] | undefined {
  if (canHave(wishes)) return undefined;
  return narrow([], false, wishes);

  /** What of `among` is needed, beside `given`, for a clash; `isNew`: something was added to `given`. */
  function narrow(given: readonly Wish[], isNew: boolean, among: readonly Wish[]): readonly Wish[] {
    if (isNew && !canHave(given)) return [];
    if (among.length <= 1) return among;
    const half = Math.ceil(among.length / 2);
    const first = among.slice(0, half);
    const later = narrow([...given, ...first], true, among.slice(half));
    const earlier = narrow([...given, ...later], later.length > 0, first);
    return [...earlier, ...later];
  }
}
