import type { MaterialView } from 'opportune/view';

type MarkdownNode = MaterialView['body'][number];

/** Markdown as lines of text, a block each: HubSpot's components take no markup. */
export function plainText(nodes: readonly MarkdownNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if ('children' in node && (node.type === 'list' || node.type === 'quote'))
      return plainText(node.children);
    const line = inline(node).trim();
    return line === '' ? [] : [node.type === 'item' ? `• ${line}` : line];
  });
}

function inline(node: MarkdownNode): string {
  if ('children' in node) return node.children.map(inline).join('');
  if (node.type === 'text' || node.type === 'code') return node.text;
  if (node.type === 'hole') return node.otherwise ?? '…';
  return node.type === 'break' ? ' ' : '';
}

/** Only addresses whose scheme cannot run anything become links. */
export function safeHref(href: string | undefined): string | undefined {
  return href && /^(https?:\/\/|mailto:|tel:)\S/i.test(href) ? href : undefined;
}
