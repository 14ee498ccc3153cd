import type { BlockContent, ListItem, PhrasingContent } from 'mdast';
import { median } from '../core/statistics.js';
import { plainText, tidyInline } from './tidy-inline.js';

/** A line as it is printed on a page; all in points, tops from the foot of the page. */
export interface PageLine {
  readonly text: string;
  readonly height: number;
  readonly top: number;
  /** Where it ends, from the left of the page. */
  readonly right: number;
  readonly page: number;
}

const BULLET = /^[•▪●◦‣⁃·–—■□►➢-](?:\s+|$)/u;
const LONGEST_HEADING = 120;
const CHAPTER = 1.7;
const SECTION = 1.2;
/** A line that ends so far before the longest of its page was ended by its author. */
const SHORT = 0.7;
const NUMBER = /^(\d{1,2})[.)]\s+/;
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
  const widest = new Map<number, number>();
  for (const { page, right } of lines) widest.set(page, Math.max(widest.get(page) ?? 0, right));
  const blocks: BlockContent[] = [];
  let words = '';
  let before: PageLine | undefined;
  let kind: Kind = 'paragraph';
  /** Of the item before, where items are numbered. */
  let number = 0;
  const end = (): void => {
    if (words.trim() !== '') addBlock(blocks, kind, words);
    words = '';
  };
  for (const line of lines) {
    const counted = Number(NUMBER.exec(line.text)?.[1] ?? Number.NaN);
    // A number may also begin a line within a sentence.
    const isCounted = counted === 1 || counted === number + 1;
    const isItem = BULLET.test(line.text) || isCounted;
    const level = isItem ? undefined : levelOf(line, body);
    const goesOn =
      before !== undefined &&
      !isItem &&
      follows(line, before) &&
      (kind === level || (level === undefined && typeof kind === 'string'));
    if (!goesOn) {
      end();
      kind = level ?? (isCounted ? 'counted' : isItem ? 'item' : 'paragraph');
    }
    if (isCounted) number = counted;
    const text = isItem ? line.text.replace(isCounted ? NUMBER : BULLET, '') : line.text;
    const isEnded = before && before.right < SHORT * (widest.get(before.page) ?? 0);
    words = joinWords(words, text, isEnded === true && kind === 'paragraph');
    before = line;
  }
  end();
  return blocks;
}

type Kind = 'paragraph' | 'item' | 'counted' | 1 | 2;

function addBlock(blocks: BlockContent[], kind: Kind, words: string): void {
  const inline = words.split('\n').flatMap((line, at): PhrasingContent[] => {
    const text: PhrasingContent = { type: 'text', value: plainText(line) };
    return at === 0 ? [text] : [{ type: 'break' }, text];
  });
  const children = tidyInline(inline);
  if (children.length === 0) return;
  if (typeof kind === 'number') blocks.push({ type: 'heading', depth: kind, children });
  else if (kind === 'paragraph') blocks.push({ type: 'paragraph', children });
  else {
    const ordered = kind === 'counted';
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children }],
    };
    const last = blocks.at(-1);
    if (last?.type === 'list' && last.ordered === ordered) last.children.push(item);
    else blocks.push({ type: 'list', ordered, spread: false, children: [item] });
  }
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
function joinWords(before: string, more: string, isEnded: boolean): string {
  if (before === '') return more;
  return /\p{L}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(more)
    ? before.slice(0, -1) + more
    : `${before}${isEnded ? '\n' : ' '}${more}`;
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
