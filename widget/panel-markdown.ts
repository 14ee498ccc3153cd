import { html } from 'lit';
import type { MarkdownNode } from '../src/domain/playbook.js';

/** Only addresses whose scheme cannot run anything become links. */
export function safeHref(href: string | undefined): string | undefined {
  return href && /^(https?:\/\/|mailto:|tel:)\S/i.test(href) ? href : undefined;
}

/** A tree of safe nodes as elements. Text stays text: nothing here reads markup. */
export function markdown(nodes: readonly MarkdownNode[]): unknown {
  return nodes.map(element);
}

function element(node: MarkdownNode): unknown {
  if (!('children' in node)) {
    if (node.type === 'text') return node.text;
    if (node.type === 'hole') return node.otherwise ?? '…';
    if (node.type === 'break') return html`<br>`;
    if (node.type !== 'code') return html`<hr>`;
    return node.block ? html`<pre>${node.text}</pre>` : html`<code>${node.text}</code>`;
  }
  const inside = markdown(node.children);
  if (node.type === 'strong') return html`<b>${inside}</b>`;
  if (node.type === 'emphasis') return html`<em>${inside}</em>`;
  if (node.type === 'quote') return html`<blockquote>${inside}</blockquote>`;
  if (node.type === 'item') return html`<li>${inside}</li>`;
  // Below the heading of its part, whatever its level in the text.
  if (node.type === 'heading') return html`<h5>${inside}</h5>`;
  if (node.type === 'list') {
    return node.ordered ? html`<ol>${inside}</ol>` : html`<ul>${inside}</ul>`;
  }
  if (node.type === 'link') {
    const href = safeHref(node.href);
    return href
      ? html`<a target="_blank" rel="noopener noreferrer" .href=${href}>${inside}</a>`
      : inside;
  }
  return html`<p>${inside}</p>`;
}
