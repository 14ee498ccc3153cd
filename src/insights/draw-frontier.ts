import { type DrawnChart, type Mark, write } from './mark.js';
import type { Chart } from './report.js';

type FrontierChart = Extract<Chart, { readonly kind: 'frontier' }>;

const MOST_WIDTH = 520;
const MARGIN = { left: 72, right: 24, top: 28, bottom: 56 };

/** Two amounts against each other, with one point that is told apart. */
export function drawFrontier(chart: FrontierChart, most: number): DrawnChart {
  const { points, marked, across, up } = chart;
  const width = Math.min(most, MOST_WIDTH);
  const side = { x: width - MARGIN.left - MARGIN.right, y: Math.round(width * 0.5) };
  const all = [...points, marked];
  const scale = (
    values: readonly number[],
    from: number,
    length: number,
  ): ((value: number) => number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = (high - low || 1) * 0.08;
    return (value) => from + ((value - low + room) / (high - low + 2 * room || 1)) * length;
  };
  const x = scale(
    all.map((one) => one.x),
    MARGIN.left,
    side.x,
  );
  const bottom = MARGIN.top + side.y;
  const y = scale(
    all.map((one) => one.y),
    bottom,
    -side.y,
  );
  const [start, end] = [points[0], points.at(-1)];
  const ends = [start, end].flatMap((one) => one ?? []);
  return {
    width,
    height: bottom + MARGIN.bottom,
    marks: [
      { tag: 'rect', look: 'axis', at: [MARGIN.left, MARGIN.top], width: side.x, height: side.y },
      write('', [MARGIN.left, MARGIN.top - 12], 'start', up),
      write('', [MARGIN.left + side.x / 2, bottom + 46], 'middle', across),
      ...ends.flatMap((one, i): Mark[] => [
        write('quiet', [x(one.x), bottom + 20], i === 0 ? 'start' : 'end', one.textX),
        write('quiet', [MARGIN.left - 8, y(one.y) + 4], 'end', one.textY),
      ]),
      ...points.slice(1).map((one, i): Mark => {
        const before = points[i] ?? one;
        return {
          tag: 'line',
          look: 'mark',
          from: [x(before.x), y(before.y)],
          to: [x(one.x), y(one.y)],
        };
      }),
      ...points.map(
        (one): Mark => ({ tag: 'circle', look: 'mark', at: [x(one.x), y(one.y)], radius: 4 }),
      ),
      { tag: 'line', look: 'zero', from: [x(marked.x), y(marked.y)], to: [x(marked.x), bottom] },
      {
        tag: 'line',
        look: 'zero',
        from: [MARGIN.left, y(marked.y)],
        to: [x(marked.x), y(marked.y)],
      },
      { tag: 'circle', look: 'faint', at: [x(marked.x), y(marked.y)], radius: 6 },
      write('', [x(marked.x) + 12, y(marked.y) + 16], 'start', marked.text),
    ],
  };
}
