import type { BlockContent, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { refuseMarkdown } from '../plan/markdown.js';
import { plainAddress } from './plain-address.js';
import { plainText, tidyInline } from './tidy-inline.js';

/** A line that is not longer was ended by its author, and not by the width of a mail. */
const SHORT_LINE = 60;

/** A text as blocks: Markdown where it is some, with the bullets and the line ends that people use in mails. */
export function textToBlocks(text: string): readonly BlockContent[] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
  const lines = plain.split('\n').map((line) =>
    line
      // What is set in by four spaces is no code in a mail.
      .replace(/^(?: |\u00a0)+(?=\S)/, (space) => ' '.repeat(Math.min(space.length, 3)))
      .replace(/^(\s*)[•·●▪◦‣⁃–—*](?:\s|\u00a0)+/u, '$1- ')
      .replace(/^(\s*\d{1,3})\)\s+/, '$1. '),
  );
  const written = lines.join('\n');
  if (refuseMarkdown(written)) return literal(lines);
  const root = fromMarkdown(written);
  return cleanBlocks(root.children, root);
}

function literal(lines: readonly string[]): readonly BlockContent[] {
  return lines.flatMap((line): BlockContent[] => {
    const children = tidyInline([{ type: 'text', value: plainText(line) }]);
    return children.length > 0 ? [{ type: 'paragraph', children }] : [];
  });
}

function cleanBlocks(nodes: readonly RootContent[], root: Root): readonly BlockContent[] {
  return nodes.flatMap((node): BlockContent[] => {
    switch (node.type) {
      case 'paragraph': {
        const children = tidyInline(cleanInline(node.children, root));
        return children.length > 0 ? [{ type: 'paragraph', children }] : [];
      }
      case 'heading': {
        const children = tidyInline(cleanInline(node.children, root));
        return children.length > 0 ? [{ ...node, children }] : [];
      }
      case 'html':
        return [...literal(node.value.split('\n'))];
      case 'blockquote': {
        const children = cleanBlocks(node.children, root);
        return children.length > 0 ? [{ ...node, children: [...children] }] : [];
      }
      case 'list': {
        const children = node.children.flatMap((item) => {
          const own = cleanBlocks(item.children, root);
          return own.length > 0 ? [{ ...item, children: [...own] }] : [];
        });
        return children.length > 0 ? [{ ...node, children }] : [];
      }
      case 'code':
        return [{ type: 'code', value: node.value }];
      case 'thematicBreak':
        return [node];
      default:
        return [];
    }
  });
}

function cleanInline(nodes: readonly PhrasingContent[], root: Root): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    switch (node.type) {
      case 'text':
        return lineEnds(node.value);
      case 'html':
        return lineEnds(node.value);
      case 'emphasis':
      case 'strong':
        return [{ type: node.type, children: cleanInline(node.children, root) }];
      case 'inlineCode':
      case 'break':
        return [node];
      case 'image':
      case 'imageReference':
        return node.alt ? [{ type: 'text', value: plainText(node.alt) }] : [];
      case 'link':
      case 'linkReference': {
        const href = plainAddress(
          node.type === 'link' ? node.url : addressOf(node.identifier, root),
        );
        const children = cleanInline(node.children, root);
        if (href === undefined) return children;
        return [{ type: 'link', url: href, children: children as typeof node.children }];
      }
      default:
        return [];
    }
  });
}

function addressOf(identifier: string, { children }: Root): string {
  const found = children.find(
    (node: Nodes) => node.type === 'definition' && node.identifier === identifier,
  );
  return found?.type === 'definition' ? found.url : '';
}

function lineEnds(value: string): PhrasingContent[] {
  const lines = value.split('\n');
  return lines.flatMap((line, at): PhrasingContent[] => {
    const text: PhrasingContent = { type: 'text', value: plainText(line) };
    if (at === lines.length - 1) return [text];
    return line.length <= SHORT_LINE
      ? [text, { type: 'break' }]
      : [text, { type: 'text', value: ' ' }];
  });
}
