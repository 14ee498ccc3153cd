import type { BlockContent, PhrasingContent } from 'mdast';
import { inlineOf, type Marks } from './html-inline.js';
import { isUnseen } from './html-style.js';
import { plainText, tidyInline } from './tidy-inline.js';

const LONGEST_CELL = 400;

/** Mail and old pages lay out whole pages in tables; those are read through as if they were not there. */
export function isDataTable(table: Element): boolean {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return false;
  if (table.querySelector('table, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, hr'))
    return false;
  const rows = rowsOf(table);
  const cells = rows.flat();
  return (
    rows.length > 1 &&
    rows.filter((row) => row.length > 1).length > rows.length / 2 &&
    cells.every((cell) => (cell.textContent ?? '').length <= LONGEST_CELL)
  );
}

function rowsOf(table: Element): readonly (readonly Element[])[] {
  return [...table.querySelectorAll('tr')]
    .filter((row) => row.closest('table') === table && !isUnseen(row))
    .map((row) =>
      [...row.children].filter((cell) => /^t[dh]$/.test(cell.localName) && !isUnseen(cell)),
    )
    .filter((row) => row.length > 0);
}

/**
 * A table as a list, since content has no tables and is read in a narrow panel: a row is an item, its first cell strong, the
 * others behind it with what stands above their column.
 */
export function listOfTable(
  table: Element,
  marks: Marks,
  asList: boolean,
): readonly BlockContent[] {
  const rows = rowsOf(table);
  const [first = []] = rows;
  const isHead =
    first.every(({ localName }) => localName === 'th') ||
    first.some((cell) => cell.closest('thead'));
  const isBold = first.every(
    (cell) => cell.querySelector('b, strong') && plainText(cell.textContent ?? '').trim() !== '',
  );
  const hasHead = rows.length > 1 && (isHead || isBold);
  const heads = hasHead ? first.map((cell) => plainText(cell.textContent ?? '').trim()) : [];
  const items = rows.slice(hasHead ? 1 : 0).flatMap((row): PhrasingContent[][] => {
    const cells = row.map((cell) => tidyInline(inlineOf(cell, marks).map(oneLine)));
    const [title = [], ...others] = cells;
    const rest = others.flatMap((cell, at) => {
      if (cell.length === 0) return [];
      const head = heads[at + 1] ?? '';
      return [head === '' ? cell : [textNode(`${head}: `), ...cell]];
    });
    const joined = rest.flatMap((cell, at) => (at === 0 ? cell : [textNode('; '), ...cell]));
    const lead: PhrasingContent[] =
      title.length > 0 ? [{ type: 'strong', children: title.flatMap(unmarked) }] : [];
    const between = title.length > 0 && joined.length > 0;
    const mark = heads.length > 0 && row.length > 2 ? ' – ' : ': ';
    const item = tidyInline([...lead, ...(between ? [textNode(mark)] : []), ...joined]);
    return item.length > 0 ? [item] : [];
  });
  const caption = [...table.children].find(({ localName }) => localName === 'caption');
  const title = caption ? tidyInline(inlineOf(caption, marks)) : [];
  const above: BlockContent[] = title.length > 0 ? [{ type: 'paragraph', children: title }] : [];
  if (items.length === 0) return above;
  const paragraphs = items.map((children): BlockContent => ({ type: 'paragraph', children }));
  if (!asList) return [...above, ...paragraphs];
  return [
    ...above,
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: paragraphs.map((one) => ({ type: 'listItem', spread: false, children: [one] })),
    },
  ];
}

const textNode = (value: string): PhrasingContent => ({ type: 'text', value });
const oneLine = (node: PhrasingContent): PhrasingContent =>
  node.type === 'break' ? textNode(' ') : node;
const unmarked = (node: PhrasingContent): readonly PhrasingContent[] => {
  if (node.type === 'strong' || node.type === 'emphasis') return node.children.flatMap(unmarked);
  if (node.type !== 'link') return [node];
  return [{ ...node, children: node.children.flatMap(unmarked) as typeof node.children }];
};
