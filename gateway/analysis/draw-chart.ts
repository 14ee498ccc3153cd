import { escapeHtml } from '../digest/digest-html.js';
import { wrapText } from '../text-size.js';
import type { Chart } from './report.js';

type Of<Kind extends Chart['kind']> = Extract<Chart, { readonly kind: Kind }>;

const WIDTH = 720;
const ROW = 40;
const LABEL_WIDTH = 290;
const VALUE_WIDTH = 120;
const SIZE = 13;

/** The picture, with its title and description for those who do not see it. */
export function drawChart(chart: Chart, id: string): string {
  const { height, body } =
    chart.kind === 'intervals'
      ? drawIntervals(chart)
      : chart.kind === 'bars'
        ? drawBars(chart)
        : drawCalibration(chart);
  const width = chart.kind === 'calibration' ? 420 : WIDTH;
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-about">
<title id="${id}-title">${escapeHtml(chart.title)}</title>
<desc id="${id}-about">${escapeHtml(chart.description)}</desc>
${body}
</svg>`;
}

interface Drawn {
  readonly height: number;
  readonly body: string;
}

function drawIntervals({ rows, zero, format }: Of<'intervals'>): Drawn {
  const ends = rows.flatMap(({ low, high, value }) => [low, high, value]).filter(Number.isFinite);
  const x = scaleOf(Math.min(zero, ...ends), Math.max(zero, ...ends));
  const height = rows.length * ROW + 26;
  const lines = rows.map(({ label, value, low, high, isQuiet }, i) => {
    const y = i * ROW + ROW / 2;
    const mark = isQuiet ? 'faint' : 'mark';
    return `${labelAt(label, y)}
<line class="${mark}" x1="${at(x(low))}" x2="${at(x(high))}" y1="${y}" y2="${y}" stroke-width="2"/>
<circle class="${mark}" cx="${at(x(value))}" cy="${y}" r="4.5"/>
<text x="${WIDTH}" y="${y + 4}" text-anchor="end">${escapeHtml(format(value))}</text>`;
  });
  return {
    height,
    body: `<line class="zero" x1="${at(x(zero))}" x2="${at(x(zero))}" y1="2" y2="${height - 22}"/>
<text class="quiet" x="${at(x(zero))}" y="${height - 6}" text-anchor="middle">${escapeHtml(format(zero))}</text>
${lines.join('\n')}`,
  };
}

function drawBars({ rows, format }: Of<'bars'>): Drawn {
  const x = scaleOf(0, Math.max(0, ...rows.map(({ value }) => value)));
  const lines = rows.map(({ label, value }, i) => {
    const y = i * ROW + ROW / 2;
    return `${labelAt(label, y)}
<rect class="mark" x="${at(x(0))}" y="${y - 8}" width="${at(Math.max(1, x(value) - x(0)))}" height="16" rx="2"/>
<text x="${WIDTH}" y="${y + 4}" text-anchor="end">${escapeHtml(format(value))}</text>`;
  });
  return { height: rows.length * ROW, body: lines.join('\n') };
}

function drawCalibration({ points, said, came }: Of<'calibration'>): Drawn {
  const [left, top, side] = [56, 12, 340];
  const x = (share: number): number => left + share * side;
  const y = (share: number): number => top + (1 - share) * side;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (
      share,
    ) => `<text class="quiet" x="${at(x(share))}" y="${y(0) + 18}" text-anchor="middle">${100 * share} %</text>
<text class="quiet" x="${left - 8}" y="${at(y(share) + 4)}" text-anchor="end">${100 * share} %</text>`,
  );
  const dots = points.map(
    ({
      said: one,
      came: other,
      low,
      high,
    }) => `<line class="mark" x1="${at(x(one))}" x2="${at(x(one))}" y1="${at(y(low))}" y2="${at(y(high))}" stroke-width="2"/>
<circle class="mark" cx="${at(x(one))}" cy="${at(y(other))}" r="4.5"/>`,
  );
  return {
    height: top + side + 46,
    body: `<rect class="axis" x="${left}" y="${top}" width="${side}" height="${side}"/>
<line class="zero" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
${ticks.join('\n')}
<text x="${left + side / 2}" y="${top + side + 38}" text-anchor="middle">${escapeHtml(said)}</text>
<text x="${left + 8}" y="${top + 18}">${escapeHtml(came)}</text>
${dots.join('\n')}`,
  };
}

function labelAt(label: string, y: number): string {
  const lines = wrapText(label, SIZE, LABEL_WIDTH - 12, 2);
  const start = y + 4 - (lines.length - 1) * 8;
  return lines
    .map((line, i) => `<text x="0" y="${start + i * 16}">${escapeHtml(line)}</text>`)
    .join('\n');
}

/** Where a value lies between the labels and the figures. */
function scaleOf(low: number, high: number): (value: number) => number {
  const span = high > low ? high - low : 1;
  const [from, to] = [LABEL_WIDTH + 8, WIDTH - VALUE_WIDTH];
  return (value) => from + ((Math.min(Math.max(value, low), high) - low) / span) * (to - from);
}

const at = (pixels: number): number => Math.round(pixels * 10) / 10;
