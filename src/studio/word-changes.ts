/** A stretch of words that stayed, came or went. */
export interface WordChange {
  readonly is: 'same' | 'added' | 'gone';
  readonly text: string;
}

/** So many words may differ before it is called another text. */
const MOST_EDITS = 400;

/** The fewest words taken away and added that lead from one text to the other, in order. */
export function wordChanges(before: string, after: string): readonly WordChange[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end += 1;
  const middle = walk(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return join([
    { is: 'same', text: a.slice(0, start).join('') },
    ...middle,
    { is: 'same', text: a.slice(a.length - end).join('') },
  ]);
}

/** Words with the space behind them, so that their sum is the text. */
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];

/** Myers: the furthest that is reached along each diagonal with so many edits, and the way back. */
function walk(a: readonly string[], b: readonly string[]): readonly WordChange[] {
  const reached: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(MOST_EDITS, a.length + b.length); edits++) {
    reached.push(furthest);
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      const down = goesDown(next, k, edits);
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      next.set(k, x);
      if (x >= a.length && y >= b.length) return wayBack(a, b, reached);
    }
    furthest = next;
  }
  return [
    { is: 'gone', text: a.join('') },
    { is: 'added', text: b.join('') },
  ];
}

const goesDown = (furthest: ReadonlyMap<number, number>, k: number, edits: number): boolean =>
  k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));

function wayBack(
  a: readonly string[],
  b: readonly string[],
  reached: readonly ReadonlyMap<number, number>[],
): readonly WordChange[] {
  const changes: WordChange[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const furthest = reached[edits] as ReadonlyMap<number, number>;
    const k = x - y;
    const from = goesDown(furthest, k, edits) ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : (furthest.get(from) ?? 0);
    const fromY = edits === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      changes.push({ is: 'same', text: a[x - 1] ?? '' });
      x -= 1;
      y -= 1;
    }
    if (edits === 0) break;
    if (x > fromX) changes.push({ is: 'gone', text: a[x - 1] ?? '' });
    else changes.push({ is: 'added', text: b[y - 1] ?? '' });
    [x, y] = [fromX, fromY];
  }
  return changes.reverse();
}

/** Neighbours of one sort in one; within a change what went comes first. */
function join(changes: readonly WordChange[]): readonly WordChange[] {
  const joined: WordChange[] = [];
  let [gone, added] = ['', ''];
  const close = (): void => {
    if (gone) joined.push({ is: 'gone', text: gone });
    if (added) joined.push({ is: 'added', text: added });
    [gone, added] = ['', ''];
  };
  for (const { is, text } of changes) {
    if (text === '') continue;
    if (is === 'gone') gone += text;
    else if (is === 'added') added += text;
    else {
      close();
      const last = joined.at(-1);
      if (last?.is === 'same') joined[joined.length - 1] = { is, text: last.text + text };
      else joined.push({ is, text });
    }
  }
  close();
  return joined;
}
