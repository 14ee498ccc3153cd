import type { Block } from './report.js';

/** How much more an arm has than the one it is compared with. */
export interface ArmDifference {
  readonly label: string;
  /** Of rates. */
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Nothing is certain of it yet. */
  readonly isQuiet: boolean;
}

/** Percentage points, with their sign. */
export const points = (rate: number): string => `${rate > 0 ? '+' : ''}${(100 * rate).toFixed(1)}`;

/** Differences as a picture with their table; the table alone where there is none. */
export function armsChart(
  title: string,
  differences: readonly ArmDifference[],
  data: Extract<Block, { kind: 'table' }>,
): Block {
  if (differences.length === 0) return data;
  const told = differences.map(
    ({ label, value, interval: [low, high] }) =>
      `${label}: ${points(value)}, from ${points(low)} to ${points(high)}`,
  );
  return {
    kind: 'chart',
    chart: {
      kind: 'intervals',
      title,
      description: `${told.join('. ')}. Where the line crosses the dashed one, nothing is certain yet.`,
      zero: { value: 0, text: 'no difference' },
      rows: differences.map(({ label, value, interval: [low, high], isQuiet }) => {
        return { label, value, text: points(value), low, high, isQuiet };
      }),
    },
    data,
  };
}
