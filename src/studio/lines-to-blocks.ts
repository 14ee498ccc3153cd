import type { BlockContent, ListItem } from 'mdast';
import { median } from '../core/statistics.js';
import { plainText, tidyInline } from './tidy-inline.js';

/** A line as it is printed on a page; heights and tops in points, tops from the foot of the page. */
export interface PageLine {
  readonly text: string;
  readonly height: number;
  readonly top: number;
  readonly page: number;
}

const BULLET = /^[•▪●◦‣⁃·–—■□►➢-](?:\s+|$)/u;
const LONGEST_HEADING = 120;
const CHAPTER = 1.7;
const SECTION = 1.2;
/** A gap between two lines of one paragraph, in heights of them. */
const LINE_GAP = 1.75;
const FEWEST_PAGES = 3;
const EDGE = 2;

/** Printed lines as headings, paragraphs and lists; what stands at the edge of most pages is left out. */
export function linesToBlocks(all: readonly PageLine[]): readonly BlockContent[] {
  const lines = withoutEdges(all);
  const body = median(
    lines.flatMap(({ text, height }) =>
      Array.from({ length: Math.min(text.length, 200) }, () => height),
    ),
  );
  const blocks: BlockContent[] = [];
  let words = '';
  let before: PageLine | undefined;
  let kind: 'paragraph' | 'item' | 1 | 2 = 'paragraph';
  const end = (): void => {
    const children = tidyInline([{ type: 'text', value: plainText(words) }]);
    words = '';
    if (children.length === 0) return;
    const last = blocks.at(-1);
    if (typeof kind === 'number') blocks.push({ type: 'heading', depth: kind, children });
    else if (kind === 'paragraph') blocks.push({ type: 'paragraph', children });
    else {
      const item: ListItem = {
        type: 'listItem',
        spread: false,
        children: [{ type: 'paragraph', children }],
      };
      if (last?.type === 'list') last.children.push(item);
      else blocks.push({ type: 'list', ordered: false, spread: false, children: [item] });
    }
  };
  for (const line of lines) {
    const isItem = BULLET.test(line.text);
    const level = isItem ? undefined : levelOf(line, body);
    const goesOn =
      before !== undefined &&
      !isItem &&
      follows(line, before) &&
      (kind === level || (level === undefined && typeof kind === 'string'));
    if (!goesOn) {
      end();
      kind = level ?? (isItem ? 'item' : 'paragraph');
    }
    words = joinWords(words, isItem ? line.text.replace(BULLET, '') : line.text);
    before = line;
  }
  end();
  return blocks;
}

function levelOf({ text, height }: PageLine, body: number): 1 | 2 | undefined {
  if (text.length > LONGEST_HEADING || !/\p{L}/u.test(text)) return undefined;
  if (height >= CHAPTER * body) return 1;
  return height >= SECTION * body ? 2 : undefined;
}

function follows(line: PageLine, before: PageLine): boolean {
  // Over the end of a page or a column a sentence goes on.
  if (line.page !== before.page || line.top > before.top)
    return !/[.!?:…”"»)]$/.test(before.text) && /^\p{Ll}/u.test(line.text);
  const taller = Math.max(line.height, before.height);
  return (
    before.top - line.top <= LINE_GAP * taller &&
    Math.abs(line.height - before.height) < 0.15 * taller
  );
}

/** A word that was divided at the end of a line is whole again. */
function joinWords(before: string, more: string): string {
  if (before === '') return more;
  return /\p{L}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(more)
    ? before.slice(0, -1) + more
    : `${before} ${more}`;
}

/** Without the heads, feet and numbers of pages. */
function withoutEdges(lines: readonly PageLine[]): readonly PageLine[] {
  const pages = new Map<number, PageLine[]>();
  for (const line of lines) pages.set(line.page, [...(pages.get(line.page) ?? []), line]);
  const edges = new Map<PageLine, string>();
  const counts = new Map<string, number>();
  for (const own of pages.values()) {
    const outer = new Set([...own.slice(0, EDGE), ...own.slice(-EDGE)]);
    for (const line of outer) edges.set(line, line.text.replace(/\d+/g, '#'));
    for (const text of new Set([...outer].map((line) => edges.get(line) ?? '')))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const many = pages.size >= FEWEST_PAGES ? pages.size / 2 : Number.POSITIVE_INFINITY;
  return lines.filter((line) => {
    const text = edges.get(line);
    return text === undefined || (text !== '#' && (counts.get(text) ?? 0) <= many);
  });
}
