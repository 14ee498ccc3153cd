import { measureText, wrapText } from '../view/text-size.js';
import { drawFrontier } from './draw-frontier.js';
import { type DrawnChart, type Mark, write } from './mark.js';
import type { Chart } from './report.js';

type Of<Kind extends Chart['kind']> = Extract<Chart, { readonly kind: Kind }>;

/** What the figure behind a row takes. */
const VALUE_WIDTH = 96;
const SIZE = 13;
/** From here on labels stand beside what they name, else above it. */
const WIDE = 560;
const CALIBRATION_WIDTH = 420;

export function drawMarks(chart: Chart, width: number): DrawnChart {
  switch (chart.kind) {
    case 'intervals':
      return drawIntervals(chart, width);
    case 'bars':
      return drawBars(chart, width);
    case 'calibration':
      return drawCalibration(chart, Math.min(width, CALIBRATION_WIDTH));
    case 'frontier':
      return drawFrontier(chart, width);
  }
}

interface Rows {
  readonly row: number;
  /** The middle of the row's line. */
  readonly y: (i: number) => number;
  readonly x: (value: number) => number;
  readonly label: (label: string, i: number) => readonly Mark[];
}

function layOutRows(width: number, low: number, high: number): Rows {
  const isWide = width >= WIDE;
  const labels = isWide ? Math.round(width * 0.4) : 0;
  const row = isWide ? 40 : 58;
  const y = (i: number): number => i * row + (isWide ? row / 2 : 46);
  const span = high > low ? high - low : 1;
  const [from, to] = [labels + 8, width - VALUE_WIDTH];
  return {
    row,
    y,
    x: (value) => from + ((Math.min(Math.max(value, low), high) - low) / span) * (to - from),
    label: (label, i) => {
      const lines = wrapText(label, SIZE, isWide ? labels - 12 : width, 2);
      const start = isWide
        ? y(i) + 4 - (lines.length - 1) * 8
        : y(i) - 12 - (lines.length - 1) * 16;
      return lines.map((line, place) => write('', [0, start + place * 16], 'start', line));
    },
  };
}

function drawIntervals({ rows, zero }: Of<'intervals'>, width: number): DrawnChart {
  const known = zero === undefined ? [] : [zero.value];
  const ends = rows.flatMap(({ low, high, value }) => [low, high, value]).filter(Number.isFinite);
  const { row, x, y, label } = layOutRows(
    width,
    Math.min(...known, ...ends),
    Math.max(...known, ...ends),
  );
  const height = rows.length * row + (zero ? 26 : 4);
  return {
    width,
    height,
    marks: [
      ...(zero
        ? [
            {
              tag: 'line',
              look: 'zero',
              from: [x(zero.value), 2],
              to: [x(zero.value), height - 22],
            } as const,
            writeZero(zero.text, x(zero.value), height - 6, width),
          ]
        : []),
      ...rows.flatMap(({ label: name, value, text, low, high, isQuiet }, i): Mark[] => [
        ...label(name, i),
        {
          tag: 'line',
          look: isQuiet ? 'faint' : 'mark',
          from: [x(low), y(i)],
          to: [x(high), y(i)],
        },
        { tag: 'circle', look: isQuiet ? 'faint' : 'mark', at: [x(value), y(i)], radius: 4.5 },
        write('', [width, y(i) + 4], 'end', text),
      ]),
    ],
  };
}

/** Under its line, but never beyond the picture, which would cut it off. */
function writeZero(text: string, x: number, y: number, width: number): Mark {
  const half = measureText(text, SIZE) / 2;
  if (x < half) return write('quiet', [0, y], 'start', text);
  if (x > width - half) return write('quiet', [width, y], 'end', text);
  return write('quiet', [x, y], 'middle', text);
}

function drawBars({ rows }: Of<'bars'>, width: number): DrawnChart {
  const { row, x, y, label } = layOutRows(width, 0, Math.max(0, ...rows.map(({ value }) => value)));
  return {
    width,
    height: rows.length * row,
    marks: rows.flatMap(({ label: name, value, text }, i): Mark[] => [
      ...label(name, i),
      {
        tag: 'rect',
        look: 'mark',
        at: [x(0), y(i) - 7],
        width: Math.max(1, x(value) - x(0)),
        height: 14,
      },
      write('', [width, y(i) + 4], 'end', text),
    ]),
  };
}

function drawCalibration({ points, said, came }: Of<'calibration'>, width: number): DrawnChart {
  const [left, top] = [56, 12];
  const side = width - left - 24;
  const x = (share: number): number => left + share * side;
  const y = (share: number): number => top + (1 - share) * side;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    write('quiet', [x(share), y(0) + 18], 'middle', `${100 * share} %`),
    write('quiet', [left - 8, y(share) + 4], 'end', `${100 * share} %`),
  ]);
  return {
    width,
    height: top + side + 46,
    marks: [
      { tag: 'rect', look: 'axis', at: [left, top], width: side, height: side },
      { tag: 'line', look: 'zero', from: [x(0), y(0)], to: [x(1), y(1)] },
      ...ticks,
      write('', [left + side / 2, top + side + 38], 'middle', said),
      write('', [left + 8, top + 18], 'start', came),
      ...points.flatMap(({ said: one, came: other, low, high }): Mark[] => [
        { tag: 'line', look: 'mark', from: [x(one), y(low)], to: [x(one), y(high)] },
        { tag: 'circle', look: 'mark', at: [x(one), y(other)], radius: 4.5 },
      ]),
    ],
  };
}
