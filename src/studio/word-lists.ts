import type { BlockContent, List, PhrasingContent } from 'mdast';
import { inlineOf, type Marks, marksOf } from './html-inline.js';
import { styleOf } from './html-style.js';
import { tidyInline } from './tidy-inline.js';

/** A paragraph that Word only dresses as an item of a list. */
export interface WordItem {
  readonly level: number;
  readonly ordered: boolean;
  readonly children: readonly PhrasingContent[];
}

/** `1.`, `a)`, `IV.`, `(2)`: the marks of a numbered list. */
const NUMBER = /^\(?(?:\d+|[a-z]|[ivxlcdm]+)[.)]/i;

export function wordItemOf(element: Element, marks: Marks): WordItem | undefined {
  const list = styleOf(element).get('mso-list');
  const level = /\blevel(\d+)/.exec(list ?? '')?.[1];
  if (level === undefined || !/^(?:p|div|h[1-6])$/.test(element.localName)) return undefined;
  const mark = [...element.querySelectorAll('[style]')].find((one) =>
    /^ignore/.test(styleOf(one).get('mso-list') ?? ''),
  );
  const own = marksOf(element, marks);
  const children = tidyInline([...element.childNodes].flatMap((node) => inlineOf(node, own)));
  if (children.length === 0) return undefined;
  const ordered = NUMBER.test((mark?.textContent ?? '').trim());
  return { level: Math.max(1, Number(level)), ordered, children };
}

/** Lists within lists by the levels of their items, no deeper than that. */
export function listsOf(items: readonly WordItem[], most: number): readonly BlockContent[] {
  if (most < 1)
    return items.map(({ children }) => ({ type: 'paragraph', children: [...children] }));
  const top: List[] = [];
  const open: { readonly level: number; readonly list: List }[] = [];
  for (const { level, ordered, children } of items) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const held = open.at(-1);
    const isDeeper = held !== undefined && held.level < level && open.length < most;
    if (!held || isDeeper || (held.level === level && held.list.ordered !== ordered)) {
      const list: List = { type: 'list', ordered, spread: false, children: [] };
      if (held && !isDeeper) open.pop();
      const parent = open.at(-1)?.list.children.at(-1);
      if (parent) parent.children.push(list);
      else top.push(list);
      open.push({ level, list });
    }
    open.at(-1)?.list.children.push({
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: [...children] }],
    });
  }
  return top;
}
