import type { Card } from '../domain/decision.js';
import type { MarkdownNode } from '../domain/playbook.js';
import type { MaterialView } from '../domain/view.js';
import { clean, title, type Words } from './format.js';
import type { Reading } from './reading.js';

/** A text longer than this unfolds on demand. */
const SHORT_TEXT = 400;

type Content = Card['contents'][number];

export function toMaterial(content: Content, { words }: Reading): MaterialView {
  const body = content.body.map((node) => fillNode(node, content.values, words));
  const text = plainText(body).trim();
  const href = safeHref(content.link);
  const kind = title(content.kind);
  return {
    id: content.id,
    title: clean(content.title),
    kind: content.kind,
    meta: kind === content.title ? '' : kind,
    body,
    folded: text.length > SHORT_TEXT,
    ...(text && { copyText: text }),
    ...(href && { href }),
  };
}

/** Holes get their values, as far as this record has them. */
function fillNode(node: MarkdownNode, values: Content['values'], words: Words): MarkdownNode {
  if (node.type === 'hole') {
    const value = values?.[node.attribute];
    return {
      type: 'text',
      text: value ? words.phrase([value]) : (node.otherwise ?? '…'),
    };
  }
  if (!('children' in node)) return node;
  const children = node.children.map((child) => fillNode(child, values, words));
  if (node.type !== 'link') return { ...node, children };
  const href = safeHref(node.href);
  return href ? { ...node, href, children } : { type: 'emphasis', children };
}

/** What goes to the clipboard. */
function plainText(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if ('text' in node) return node.type === 'code' && node.block ? `${node.text}\n` : node.text;
      if (!('children' in node)) return node.type === 'hole' ? '…' : '\n';
      const inside = plainText(node.children);
      if (node.type === 'item') return `- ${inside.trim()}\n`;
      return node.type === 'paragraph' || node.type === 'heading' || node.type === 'quote'
        ? `${inside.trim()}\n\n`
        : node.type === 'list'
          ? `${inside}\n`
          : inside;
    })
    .join('');
}

/** The address, if its scheme cannot run anything. */
export function safeHref(link: string | undefined): string | undefined {
  return link && /^(https?:\/\/|mailto:|tel:)[^\s]/i.test(link) ? link : undefined;
}
