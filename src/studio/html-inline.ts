import type { PhrasingContent } from 'mdast';
import { isUnseen, styleOf } from './html-style.js';
import { plainAddress } from './plain-address.js';
import { plainText } from './tidy-inline.js';

/** What stands around a piece of text: each mark once, however often the page says it. */
export interface Marks {
  readonly strong?: boolean;
  readonly emphasis?: boolean;
  readonly code?: boolean;
  readonly href?: string;
}

/** A run of text with its marks, or a break. */
export function inlineOf(node: Node, marks: Marks): readonly PhrasingContent[] {
  if (node.nodeType === Node.TEXT_NODE) return marked(plainText(node.nodeValue ?? ''), marks);
  if (!(node instanceof Element) || isUnseen(node)) return [];
  const name = node.localName;
  if (name === 'br') return [{ type: 'break' }];
  if (name === 'img') return marked(plainText(node.getAttribute('alt') ?? ''), marks);
  const own = marksOf(node, marks);
  const children = [...node.childNodes].flatMap((child) => inlineOf(child, own));
  if (name === 'q') return [...marked('“', own), ...children, ...marked('”', own)];
  return children;
}

export function marksOf(element: Element, marks: Marks): Marks {
  const name = element.localName;
  const style = styleOf(element);
  const weight = style.get('font-weight');
  const slant = style.get('font-style');
  const strong = weight === undefined ? isNamed(name, 'b strong', marks.strong) : isBold(weight);
  const emphasis =
    slant === undefined
      ? isNamed(name, 'i em cite dfn var', marks.emphasis)
      : /italic|oblique/.test(slant);
  const href = name === 'a' ? plainAddress(element.getAttribute('href') ?? '') : marks.href;
  const code = isNamed(name, 'code tt kbd samp', marks.code);
  return { strong, emphasis, code, ...(href !== undefined && { href }) };
}

const isNamed = (name: string, names: string, inherited = false): boolean =>
  inherited || names.split(' ').includes(name);

const isBold = (weight: string): boolean =>
  /^bold/.test(weight) || Number.parseInt(weight, 10) > 500;

function marked(text: string, { strong, emphasis, code, href }: Marks): readonly PhrasingContent[] {
  if (text === '') return [];
  const isCode = code === true && text.trim() !== '';
  let node: PhrasingContent = isCode
    ? { type: 'inlineCode', value: text }
    : { type: 'text', value: text };
  // Within lists a reader of content goes no deeper than two marks.
  if (emphasis && !(strong && href !== undefined)) node = { type: 'emphasis', children: [node] };
  if (strong) node = { type: 'strong', children: [node] };
  if (href !== undefined) node = { type: 'link', url: href, children: [node] };
  return [node];
}
