/**
 * Two halves of the sellers, for one to suggest and the other to confirm. Sellers with about as many rows are parted
 * pair by pair, stars among themselves, so that the halves hold about as much of each.
 */
export function splitSellers(
  rows: Uint32Array,
  sellerOf: (row: number) => string,
  isStar: (seller: string) => boolean,
  random: () => number,
): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(sellerOf(row), (counts.get(sellerOf(row)) ?? 0) + 1);
  const sorted = [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([seller]) => seller);
  const halves = [new Set<string>(), new Set<string>()] as const;
  for (const group of [sorted.filter(isStar), sorted.filter((one) => !isStar(one))])
    for (let i = 0; i < group.length; i += 2) {
      const swap = random() < 0.5 ? 1 : 0;
      // An odd one goes where sellers are scarcer: to those who confirm.
      const alone = i + 1 === group.length;
      halves[alone ? 1 : swap].add(group[i] as string);
      if (!alone) halves[1 - swap]?.add(group[i + 1] as string);
    }
  return halves;
}
