import { drawMarks } from '../src/insights/chart-marks.js';
import type { Mark } from '../src/insights/mark.js';
import type { Chart } from '../src/insights/report.js';

const SVG = 'http://www.w3.org/2000/svg';

interface Drawn {
  readonly width: number;
  readonly svg: SVGElement;
}

const drawn = new WeakMap<Chart, Drawn>();
let charts = 0;

/**
 * The picture for a width in pixels, the same element until the width is another one. It is built node by node: a
 * template may bind no attribute (Lightning Web Security).
 */
export function chartElement(chart: Chart, width: number): SVGElement {
  const known = drawn.get(chart);
  if (known?.width === width) return known.svg;
  const picture = drawMarks(chart, width);
  const id = `chart-${++charts}`;
  const svg = element('svg', {
    viewBox: `0 0 ${picture.width} ${picture.height}`,
    width: picture.width,
    height: picture.height,
    role: 'img',
    'aria-labelledby': `${id} ${id}-about`,
  });
  svg.append(
    element('title', { id }, chart.title),
    element('desc', { id: `${id}-about` }, chart.description),
    ...picture.marks.map(toElement),
  );
  drawn.set(chart, { width, svg });
  return svg;
}

function toElement(mark: Mark): SVGElement {
  const look = mark.look === '' ? {} : { class: mark.look };
  switch (mark.tag) {
    case 'line':
      return element('line', {
        ...look,
        x1: mark.from[0],
        y1: mark.from[1],
        x2: mark.to[0],
        y2: mark.to[1],
      });
    case 'circle':
      return element('circle', { ...look, cx: mark.at[0], cy: mark.at[1], r: mark.radius });
    case 'rect':
      return element('rect', {
        ...look,
        x: mark.at[0],
        y: mark.at[1],
        width: mark.width,
        height: mark.height,
        rx: 2,
      });
    case 'text':
      return element(
        'text',
        { ...look, x: mark.at[0], y: mark.at[1], 'text-anchor': mark.anchor },
        mark.text,
      );
  }
}

function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  text?: string,
): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}
