import type { BlockContent, Nodes, Root, RootContent } from 'mdast';
import { toMarkdown } from 'mdast-util-to-markdown';

/** Holes: a brace right before a letter. No mark keeps it from being one, so a space does. */
const HOLE = /\{(?=[A-Za-z])([A-Za-z][\w.]*(?=(?:\|[^{}]*)?\}))?/g;

/** Blocks as Markdown in which every text stays text: no HTML, and no hole but for attributes that are known. */
export function writeMarkdown(
  blocks: readonly BlockContent[],
  isAttribute: (name: string) => boolean = () => false,
): string {
  const root: Root = { type: 'root', children: [...blocks] as RootContent[] };
  const walk = (node: Nodes): void => {
    if (node.type === 'text')
      node.value = node.value.replace(HOLE, (brace, name?: string) =>
        name !== undefined && isAttribute(name) ? brace : brace.replace('{', '{ '),
      );
    if ('children' in node) node.children.forEach(walk);
  };
  walk(root);
  return toMarkdown(root, {
    bullet: '-',
    emphasis: '*',
    rule: '-',
    fences: true,
    listItemIndent: 'one',
    resourceLink: true,
    incrementListMarker: true,
    // An address in angle brackets may begin with any letter or mark: `<#@0>` is a link.
    unsafe: [{ character: '<', after: '\\S', inConstruct: 'phrasing' }],
  });
}
