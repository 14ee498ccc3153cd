import type { BlockContent, ListItem, PhrasingContent, RootContent } from 'mdast';
import { inlineOf, type Marks, marksOf } from './html-inline.js';
import { isUnseen, styleOf } from './html-style.js';
import { isDataTable, listOfTable } from './html-table.js';
import { tidyInline } from './tidy-inline.js';
import { listsOf, type WordItem, wordItemOf } from './word-lists.js';

/** So many lists within lists a reader of content draws, one fewer in a quote, and no quotes in them. */
const MOST_LISTS = 3;
const roomIn = ({ lists, quoted }: Home): number => MOST_LISTS - Number(quoted) - lists;
/** A page of deeper nesting was not written by a person. */
const MOST_DEPTH = 200;

const BLOCKS = new Set(
  `address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul dir`.split(
    /\s+/,
  ),
);

interface Home {
  /** Lists around it. */
  readonly lists: number;
  readonly quoted: boolean;
  readonly depth: number;
  readonly marks: Marks;
}

const PAGE: Home = { lists: 0, quoted: false, depth: 0, marks: {} };

/** What an element holds, as blocks of Markdown. */
export function blocksIn(parent: Element, home: Home = PAGE): readonly BlockContent[] {
  const blocks: BlockContent[] = [];
  let run: PhrasingContent[] = [];
  let fake: WordItem[] = [];
  const endRun = (): void => {
    const children = tidyInline(run);
    run = [];
    if (children.length > 0) blocks.push({ type: 'paragraph', children });
  };
  const endFake = (): void => {
    if (fake.length > 0) blocks.push(...listsOf(fake, roomIn(home)));
    fake = [];
  };
  for (const node of parent.childNodes) {
    const element = node instanceof Element && !isUnseen(node) ? node : undefined;
    const item = element && wordItemOf(element, home.marks);
    if (item) {
      endRun();
      fake.push(item);
    } else if (element && holdsBlocks(element, home.depth)) {
      endRun();
      const own = blocksOf(element, { ...home, depth: home.depth + 1 });
      if (own.length > 0) endFake();
      blocks.push(...own);
    } else {
      const inline = inlineOf(node, home.marks);
      if (inline.some((one) => one.type !== 'text' || one.value.trim() !== '')) endFake();
      run.push(...inline);
    }
  }
  endRun();
  endFake();
  return joinLists(blocks);
}

function holdsBlocks(element: Element, depth: number): boolean {
  if (depth > MOST_DEPTH) return false;
  return (
    BLOCKS.has(element.localName) ||
    [...element.children].some((child) => !isUnseen(child) && holdsBlocks(child, depth + 1))
  );
}

function blocksOf(element: Element, home: Home): readonly BlockContent[] {
  const name = element.localName;
  const inner: Home = { ...home, marks: marksOf(element, home.marks) };
  const level = headingLevel(element);
  if (level !== undefined) return headingOf(element, level);
  switch (name) {
    case 'hr':
      return [{ type: 'thematicBreak' }];
    case 'pre': {
      const value = (element.textContent ?? '').replace(/\n+$/, '');
      return value.trim() === '' ? [] : [{ type: 'code', value }];
    }
    case 'ul':
    case 'ol':
    case 'menu':
    case 'dir':
      return listOf(element, inner);
    case 'blockquote': {
      const children = blocksIn(element, { ...inner, quoted: true });
      if (home.quoted || home.lists > 0 || children.length === 0) return children;
      return [{ type: 'blockquote', children: [...children] }];
    }
    case 'table':
      return isDataTable(element)
        ? listOfTable(element, inner.marks, roomIn(home) > 0)
        : blocksIn(element, inner);
    case 'dt':
      return blocksIn(element, { ...inner, marks: { ...inner.marks, strong: true } });
    default:
      return blocksIn(element, inner);
  }
}

function headingLevel(element: Element): 1 | 2 | 3 | 4 | 5 | 6 | undefined {
  const named = /^h([1-6])$/.exec(element.localName)?.[1];
  const word =
    element.localName === 'p' && !styleOf(element).has('mso-list')
      ? (/\bMsoHeading([1-6])\b/.exec(element.className)?.[1] ??
        /^[1-6]$/.exec(styleOf(element).get('mso-outline-level') ?? '')?.[0] ??
        (/\bMsoTitle\b/.test(element.className) ? '1' : undefined))
      : undefined;
  const level = Number(named ?? word);
  return level >= 1 && level <= 6 ? (level as 1 | 2 | 3 | 4 | 5 | 6) : undefined;
}

/** A heading is strong by itself, and one line. */
function headingOf(element: Element, depth: 1 | 2 | 3 | 4 | 5 | 6): readonly BlockContent[] {
  const children = tidyInline(
    [...element.childNodes].flatMap((node) => inlineOf(node, {})).flatMap(unmarked),
  );
  return children.length > 0 ? [{ type: 'heading', depth, children }] : [];
}

function unmarked(node: PhrasingContent): readonly PhrasingContent[] {
  if (node.type === 'break') return [{ type: 'text', value: ' ' }];
  if (node.type === 'strong') return node.children.flatMap(unmarked);
  if (node.type === 'link')
    return [{ ...node, children: node.children.flatMap(unmarked) as typeof node.children }];
  return [node];
}

function listOf(element: Element, home: Home): readonly BlockContent[] {
  const items: ListItem[] = [];
  const inner: Home = { ...home, lists: home.lists + 1 };
  for (const child of element.childNodes) {
    if (child instanceof Element && isUnseen(child)) continue;
    const isItem = child instanceof Element && child.localName === 'li';
    const isList = child instanceof Element && /^(?:ul|ol|menu|dir)$/.test(child.localName);
    if (isList) {
      // Where Google Docs and old pages write a list straight into a list, it belongs to the item before.
      const own = blocksOf(child, { ...inner, depth: home.depth + 1 });
      const last = items.at(-1);
      if (last) last.children.push(...own);
      else if (own.length > 0) items.push(itemOf(own));
      continue;
    }
    const own = isItem
      ? blocksIn(child, { ...inner, depth: home.depth + 1, marks: marksOf(child, home.marks) })
      : looseIn(child, inner);
    if (own.length > 0) items.push(itemOf(own));
  }
  if (items.length === 0) return [];
  if (roomIn(home) <= 0) return items.flatMap(({ children }) => children as BlockContent[]);
  return [{ type: 'list', ordered: element.localName === 'ol', spread: false, children: items }];
}

function looseIn(node: Node, home: Home): readonly BlockContent[] {
  if (node instanceof Element && holdsBlocks(node, home.depth)) return blocksOf(node, home);
  const children = tidyInline(inlineOf(node, home.marks));
  return children.length > 0 ? [{ type: 'paragraph', children }] : [];
}

/** Headings and rules inside a list are paragraphs: a reader of content draws neither there. */
function itemOf(blocks: readonly BlockContent[]): ListItem {
  const children = joinLists(
    blocks.flatMap((block): readonly BlockContent[] => {
      if (block.type === 'heading') return [{ type: 'paragraph', children: block.children }];
      return block.type === 'thematicBreak' ? [] : [block];
    }),
  );
  return {
    type: 'listItem',
    spread: children.filter(({ type }) => type !== 'list').length > 1,
    children: [...children],
  };
}

/** Lists in a row are one: nothing but a comment would keep them apart. */
function joinLists<Block extends RootContent>(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.type === 'list' && last?.type === 'list' && block.ordered === last.ordered)
      last.children.push(...block.children);
    else if (block.type === 'blockquote' && last?.type === 'blockquote')
      last.children.push(...block.children);
    else joined.push(block);
  }
  return joined;
}
