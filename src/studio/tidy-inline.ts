import type { PhrasingContent } from 'mdast';

// Characters that nobody sees, among them those that turn the direction of a text and those that join or break words.
const UNSEEN =
  /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]|[\u{e0000}-\u{e007f}]/gu;

/** Text without what nobody sees, and with a single space where there is any. */
export function plainText(text: string): string {
  return text
    .replace(/[\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, ' ')
    .replace(UNSEEN, '');
}

/**
 * Inline content as Markdown can say it: neighbours of one kind are one, spaces stand outside of emphasis and once, and what
 * is empty is gone.
 */
export function tidyInline(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return trim(mend(nodes));
}

function mend(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const mended: PhrasingContent[] = [];
  for (const node of nodes.flatMap(oneMended)) {
    const last = mended.at(-1);
    if (node.type === 'text' && last?.type === 'text')
      last.value = (last.value + node.value).replace(/ {2,}/g, ' ');
    else if ((node.type === 'strong' || node.type === 'emphasis') && last?.type === node.type)
      last.children = mend([...last.children, ...node.children]);
    else if (node.type === 'link' && last?.type === 'link' && last.url === node.url)
      last.children = mend([...last.children, ...node.children]);
    else if (node.type === 'inlineCode' && last?.type === 'inlineCode') last.value += node.value;
    else mended.push(node);
  }
  return mended.filter((node, at) => {
    // Spaces around a break are the break.
    if (node.type !== 'text') return true;
    if (mended[at - 1]?.type === 'break') node.value = node.value.trimStart();
    if (mended[at + 1]?.type === 'break') node.value = node.value.trimEnd();
    return node.value !== '';
  });
}

/** Spaces at the edges of emphasis and links, and breaks there, come out of it. */
function oneMended(node: PhrasingContent): PhrasingContent[] {
  if (node.type === 'text') return node.value === '' ? [] : [{ ...node }];
  if (!('children' in node)) return [node];
  const inner = mend(node.children);
  const before: PhrasingContent[] = [];
  const after: PhrasingContent[] = [];
  for (;;) {
    const first = inner[0];
    if (first?.type === 'break') before.push(inner.shift() as PhrasingContent);
    else if (first?.type === 'text' && first.value.startsWith(' ')) {
      before.push({ type: 'text', value: ' ' });
      first.value = first.value.trimStart();
      if (first.value === '') inner.shift();
    } else break;
  }
  for (;;) {
    const last = inner.at(-1);
    if (last?.type === 'break') after.unshift(inner.pop() as PhrasingContent);
    else if (last?.type === 'text' && last.value.endsWith(' ')) {
      after.unshift({ type: 'text', value: ' ' });
      last.value = last.value.trimEnd();
      if (last.value === '') inner.pop();
    } else break;
  }
  if (inner.length === 0) return [...before, ...after];
  return [...before, { ...node, children: inner } as PhrasingContent, ...after];
}

function trim(nodes: PhrasingContent[]): PhrasingContent[] {
  for (;;) {
    const first = nodes[0];
    if (first?.type === 'text') first.value = first.value.trimStart();
    if (first?.type !== 'break' && !(first?.type === 'text' && first.value === '')) break;
    nodes.shift();
  }
  for (;;) {
    const last = nodes.at(-1);
    if (last?.type === 'text') last.value = last.value.trimEnd();
    if (last?.type !== 'break' && !(last?.type === 'text' && last.value === '')) break;
    nodes.pop();
  }
  return nodes;
}
