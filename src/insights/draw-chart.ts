import { escapeHtml } from '../view/escape-html.js';
import { drawMarks } from './chart-marks.js';
import type { Mark } from './mark.js';
import type { Chart } from './report.js';

const WIDTH = 720;

/** The picture as text, with its title and description for those who do not see it. */
export function drawChart(chart: Chart, id: string): string {
  const { width, height, marks } = drawMarks(chart, WIDTH);
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-about">
<title id="${id}-title">${escapeHtml(chart.title)}</title>
<desc id="${id}-about">${escapeHtml(chart.description)}</desc>
${marks.map(toSvg).join('\n')}
</svg>`;
}

function toSvg(mark: Mark): string {
  const look = mark.look === '' ? '' : ` class="${mark.look}"`;
  switch (mark.tag) {
    case 'line':
      return `<line${look} x1="${at(mark.from[0])}" y1="${at(mark.from[1])}" x2="${at(mark.to[0])}" y2="${at(mark.to[1])}" stroke-width="2"/>`;
    case 'circle':
      return `<circle${look} cx="${at(mark.at[0])}" cy="${at(mark.at[1])}" r="${mark.radius}"/>`;
    case 'rect':
      return `<rect${look} x="${at(mark.at[0])}" y="${at(mark.at[1])}" width="${at(mark.width)}" height="${at(mark.height)}" rx="2"/>`;
    case 'text':
      return `<text${look} x="${at(mark.at[0])}" y="${at(mark.at[1])}" text-anchor="${mark.anchor}">${escapeHtml(mark.text)}</text>`;
  }
}

const at = (pixels: number): number => Math.round(pixels * 10) / 10;
