import type { Machine } from '../src/domain/machine.js';
import { measureText } from '../src/view/text-size.js';
import {
  FRAME_TITLE,
  LINE_HEIGHT,
  NAME_SIZE,
  NOTE_SIZE,
  type Picture,
  type Point,
} from './machine-layout.js';

const TITLE_HEIGHT = 64;
const LEGEND_HEIGHT = 40;
const CAUSES = [
  ['event', 'something happens'],
  ['time', 'time passes'],
  ['condition', 'something is true'],
] as const;

const STYLE = `
  svg { --paper: #ffffff; --card: #f7f8fa; --edge: #b7bec9; --frame: #f0f3f7; --frame2: #e7ecf3; --ink: #1b2430; --quiet: #566173; --event: #1d5fbf; --time: #9a5b00; --condition: #6b3fa6; background: var(--paper); }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14181f; --card: #232a35; --edge: #566173; --frame: #1a2029; --frame2: #1f2732; --ink: #eef1f5; --quiet: #a9b4c4; --event: #7fb0ff; --time: #f0b45a; --condition: #c5a3f5; }
  }
  text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
  .title { font-size: 20px; font-weight: 600; }
  .quiet { font-size: ${NOTE_SIZE}px; fill: var(--quiet); }
  .name { font-size: ${NAME_SIZE}px; font-weight: 600; text-anchor: middle; }
  .note { font-size: ${NOTE_SIZE}px; text-anchor: middle; }
  .any { font-size: ${NOTE_SIZE}px; font-style: italic; text-anchor: middle; fill: var(--quiet); }
  .frame { fill: var(--frame); stroke: var(--edge); }
  .inner { fill: var(--frame2); }
  .frame-name { font-size: 13px; font-weight: 600; fill: var(--quiet); }
  .card { fill: var(--card); stroke: var(--edge); stroke-width: 1.25; }
  .end { fill: none; stroke: var(--edge); }
  .pill { fill: var(--paper); stroke: var(--edge); stroke-dasharray: 4 3; }
  .dot { fill: var(--ink); }
  .line { fill: none; stroke-width: 1.6; }
  .on-paper { fill: var(--paper); } .ground { stroke: none; }
  .event { --line: var(--event); } .time { --line: var(--time); } .condition { --line: var(--condition); } .start { --line: var(--ink); }
  .time .line { stroke-dasharray: 6 4; } .condition .line { stroke-dasharray: 1.5 4; stroke-linecap: round; stroke-width: 2.2; }
  .line { stroke: var(--line); } .head { fill: var(--line); }
  .event .note, .time .note, .condition .note { fill: var(--line); }
`;

/** The picture as a file of its own, which follows the reader's light or dark. */
export function drawMachine(machine: Machine, picture: Picture): string {
  const width = Math.max(picture.width, 480);
  const height = picture.height + TITLE_HEIGHT + LEGEND_HEIGHT;
  const left = (width - picture.width) / 2;
  const body = [
    ...picture.frames.map(drawFrame),
    ...picture.arrows.map(drawLine),
    ...picture.states.map(drawState),
    ...picture.arrows.map((arrow) => drawLabel(arrow, picture.frames)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="machine-title">
<title id="machine-title">${toXml(machine.label)}</title>
<style>${STYLE}</style>
<text class="title" x="24" y="34">${toXml(machine.label)}</text>
<text class="quiet" x="24" y="54">${toXml(`Every ${machine.of} is in one of these states at any time.`)}</text>
<g transform="translate(${round(left)} ${TITLE_HEIGHT})">
${body.filter((part) => part !== '').join('\n')}
</g>
${drawLegend(height - 16)}
</svg>
`;
}

function drawFrame({ x, y, width, height, label, depth }: Picture['frames'][number]): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return `<g><rect class="frame${depth > 0 ? ' inner' : ''}" x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="12"/><text class="frame-name" x="${round(left + 14)}" y="${round(top + FRAME_TITLE - 6)}">${toXml(label)}</text></g>`;
}

function drawState({ kind, x, y, width, height, lines, notes }: Picture['states'][number]): string {
  if (kind === 'start') return `<circle class="dot" cx="${round(x)}" cy="${round(y)}" r="7"/>`;
  const box = (className: string, inset: number, radius: number): string =>
    `<rect class="${className}" x="${round(x - width / 2 + inset)}" y="${round(y - height / 2 + inset)}" width="${round(width - 2 * inset)}" height="${round(height - 2 * inset)}" rx="${radius}"/>`;
  if (kind === 'any')
    return `<g>${box('pill', 0, height / 2)}${text('any', x, y + NOTE_SIZE * 0.35, lines, LINE_HEIGHT)}</g>`;
  const all =
    lines.length * (LINE_HEIGHT + 2) + notes.length * LINE_HEIGHT + (notes.length > 0 ? 4 : 0);
  const first = y - all / 2 + NAME_SIZE * 0.95;
  return `<g>${box('card', 0, 8)}${kind === 'final' ? box('end', 4, 5) : ''}${text('name', x, first, lines, LINE_HEIGHT + 2)}${text('note quiet', x, first + lines.length * (LINE_HEIGHT + 2) + 4, notes, LINE_HEIGHT)}</g>`;
}

function drawLine({ points, cause }: Picture['arrows'][number]): string {
  const [end, before] = [points[points.length - 1], points[points.length - 2]];
  if (!end || !before) return '';
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const tip = (turn: number): string =>
    `${round(end.x - 9 * Math.cos(angle + turn))} ${round(end.y - 9 * Math.sin(angle + turn))}`;
  // The line ends inside the head, so that it does not stand out in front of it.
  const neck = { x: end.x - 6 * Math.cos(angle), y: end.y - 6 * Math.sin(angle) };
  return `<g class="${cause}"><path class="line" d="${toCurve([...points.slice(0, -1), neck])}"/><path class="head" d="M${round(end.x)} ${round(end.y)}L${tip(0.42)}L${tip(-0.42)}Z"/></g>`;
}

function drawLabel({ label, cause }: Picture['arrows'][number], frames: Picture['frames']): string {
  if (!label) return '';
  const { x, y, width, height, lines, full } = label;
  const first = y - (lines.length * LINE_HEIGHT) / 2 + NOTE_SIZE;
  // The line is hidden behind the words by what they stand on.
  const around = frames.filter(
    (frame) => Math.abs(frame.x - x) < frame.width / 2 && Math.abs(frame.y - y) < frame.height / 2,
  );
  const ground =
    around.length === 0 ? 'on-paper' : around.some(({ depth }) => depth > 0) ? 'inner' : 'frame';
  return `<g class="${cause}"><title>${toXml(full)}</title><rect class="ground ${ground}" x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="4"/>${text('note', x, first, lines, LINE_HEIGHT)}</g>`;
}

function drawLegend(y: number): string {
  let x = 24;
  const parts = CAUSES.map(([cause, words]) => {
    const part = `<g class="${cause}"><path class="line" d="M${x} ${round(y - 4)}h28"/><path class="head" d="M${x + 36} ${round(y - 4)}l-9 -4v8z"/><text class="quiet" x="${x + 44}" y="${round(y)}">${words}</text></g>`;
    x += 76 + Math.ceil(measureText(words, NOTE_SIZE));
    return part;
  });
  return parts.join('');
}

function text(
  className: string,
  x: number,
  y: number,
  lines: readonly string[],
  step: number,
): string {
  return lines
    .map(
      (line, i) =>
        `<text class="${className}" x="${round(x)}" y="${round(y + i * step)}">${toXml(line)}</text>`,
    )
    .join('');
}

/**
 * A line through all points that never swings out beyond two neighbours: cubic pieces with the slopes of Fritsch and Carlson
 * (1980), for points that go one way from left to right or from right to left.
 */
function toCurve(points: readonly Point[]): string {
  const slopes = points.slice(1).map(({ x, y }, i) => {
    const before = points[i] as Point;
    return x === before.x ? 0 : (y - before.y) / (x - before.x);
  });
  const tangents = points.map((_, i) => {
    const [left, right] = [slopes[i - 1], slopes[i]];
    if (left === undefined || right === undefined) return left ?? right ?? 0;
    return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
  });
  let path = '';
  points.forEach(({ x, y }, i) => {
    const before = points[i - 1];
    if (!before) path = `M${round(x)} ${round(y)}`;
    else {
      const third = (x - before.x) / 3;
      path += `C${round(before.x + third)} ${round(before.y + third * (tangents[i - 1] ?? 0))} ${round(x - third)} ${round(y - third * (tangents[i] ?? 0))} ${round(x)} ${round(y)}`;
    }
  });
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function toXml(words: string): string {
  return words
    .replaceAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them, and marks turn the direction.
      /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/g,
      ' ',
    )
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
