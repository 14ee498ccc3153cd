import type { TableBlock } from './report.js';

/** Which columns of a table are figures, to be set to the right. */
export function numberColumns({ head, rows }: TableBlock): readonly boolean[] {
  const isFigure = (value: string | number | undefined, column: number): boolean =>
    typeof value === 'number' || (column > 0 && /^[-−+<]? ?[$€£¥₹]?[\d.,]+/.test(String(value)));
  return head.map((_, i) => rows.length > 0 && rows.every((row) => isFigure(row[i], i)));
}
