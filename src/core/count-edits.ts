/** Letters alone, so that case, spaces, hyphens and underscores make no difference. */
export function bareLetters(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). Quadratic in the lengths. */
export function countEdits(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] as number) + 1
          : replaced;
      row.push(
        Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, replaced, swapped),
      );
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] as number;
}
