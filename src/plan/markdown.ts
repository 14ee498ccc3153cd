import type { Definition, Nodes, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { MarkdownNode } from '../domain/playbook.js';
import type { Context } from './context.js';
import { parsePhrase, type ResolveHole } from './phrase.js';
import type { Place } from './problem.js';

/** The links that a renderer may open. Anything else becomes its text. */
export const SAFE_LINK: RegExp = /^(?:https?:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu;
const MAX_CHARS = 32 * 1024;
const MAX_LINES = 1000;
const MAX_MARKS = 400;
const MAX_DEPTH = 8;

/**
 * CommonMark as a tree of safe nodes: HTML is text, an image is its description, a link keeps only https, http, mailto or
 * tel. Undefined when it was refused or a hole names nothing known.
 */
export function readMarkdown(
  text: string,
  top: Place,
  resolve: ResolveHole,
  context: Context,
): readonly MarkdownNode[] | undefined {
  const { report } = context;
  const refused = refuseMarkdown(text);
  if (refused) {
    report.error(
      'file-refused',
      { ...top, line: top.line + refused.line },
      refused.message,
      refused.remedy,
    );
    return undefined;
  }
  const before = report.errors();
  const root = fromMarkdown(text);
  const definitions = new Map<string, Definition>();
  for (const node of root.children)
    if (node.type === 'definition') definitions.set(node.identifier, node);
  const reader: Reader = { top, resolve, context, definitions };
  const nodes = root.children.flatMap((node) => blockOf(node, reader, 0));
  return report.errors() > before ? undefined : nodes;
}

interface Reader {
  readonly top: Place;
  readonly resolve: ResolveHole;
  readonly context: Context;
  readonly definitions: ReadonlyMap<string, Definition>;
}

function placeOf(node: Nodes, { top }: Reader): Place {
  const start = node.position?.start;
  return { file: top.file, line: top.line + (start?.line ?? 1) - 1, column: start?.column ?? 1 };
}

function blockOf(node: RootContent, reader: Reader, depth: number): readonly MarkdownNode[] {
  if (depth > MAX_DEPTH) return [];
  const blocks = (children: readonly RootContent[]): readonly MarkdownNode[] =>
    children.flatMap((child) => blockOf(child, reader, depth + 1));
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: inlineOf(node.children, reader, depth) }];
    case 'heading':
      return [
        { type: 'heading', level: node.depth, children: inlineOf(node.children, reader, depth) },
      ];
    case 'blockquote':
      return [{ type: 'quote', children: blocks(node.children) }];
    case 'list':
      return [{ type: 'list', ordered: node.ordered === true, children: blocks(node.children) }];
    case 'listItem': {
      // Items of a tight list hold their words without a paragraph around them.
      const children = node.children.flatMap((child) =>
        child.type === 'paragraph' && !node.spread
          ? inlineOf(child.children, reader, depth + 1)
          : blockOf(child, reader, depth + 1),
      );
      return [{ type: 'item', children }];
    }
    case 'code':
      return [{ type: 'code', text: node.value, block: true }];
    case 'thematicBreak':
      return [{ type: 'rule' }];
    case 'html':
      return [{ type: 'paragraph', children: [{ type: 'text', text: node.value }] }];
    case 'definition':
      return [];
    default:
      return inlineOf([node as PhrasingContent], reader, depth);
  }
}

function inlineOf(
  nodes: readonly PhrasingContent[],
  reader: Reader,
  depth: number,
): readonly MarkdownNode[] {
  if (depth > MAX_DEPTH) return [];
  return join(nodes.flatMap((node) => oneInline(node, reader, depth)));
}

function oneInline(node: PhrasingContent, reader: Reader, depth: number): readonly MarkdownNode[] {
  const children = (inner: readonly PhrasingContent[]): readonly MarkdownNode[] =>
    inlineOf(inner, reader, depth + 1);
  switch (node.type) {
    case 'text':
      return holesOf(node.value, placeOf(node, reader), reader);
    case 'html':
      return [{ type: 'text', text: node.value }];
    case 'emphasis':
      return [{ type: 'emphasis', children: children(node.children) }];
    case 'strong':
      return [{ type: 'strong', children: children(node.children) }];
    case 'inlineCode':
      return [{ type: 'code', text: node.value, block: false }];
    case 'break':
      return [{ type: 'break' }];
    case 'image':
    case 'imageReference':
      return node.alt ? [{ type: 'text', text: node.alt }] : [];
    case 'link':
      return linkOf(node.url, children(node.children), placeOf(node, reader), reader);
    case 'linkReference': {
      const url = reader.definitions.get(node.identifier)?.url ?? '';
      return linkOf(url, children(node.children), placeOf(node, reader), reader);
    }
    default:
      return [];
  }
}

function linkOf(
  href: string,
  children: readonly MarkdownNode[],
  at: Place,
  { context }: Reader,
): readonly MarkdownNode[] {
  if (SAFE_LINK.test(href)) return [{ type: 'link', href, children }];
  context.report.warn(
    'unsafe-link',
    at,
    `a link to "${href.slice(0, 60)}" becomes plain text`,
    'begin it with https://, http://, mailto: or tel:',
  );
  return children;
}

function holesOf(text: string, at: Place, reader: Reader): readonly MarkdownNode[] {
  const phrase = parsePhrase(text, at, reader.resolve, reader.context) ?? [];
  return phrase.map((part) =>
    typeof part === 'string' ? { type: 'text', text: part } : { type: 'hole', ...part },
  );
}

/** Neighbouring texts as one. */
function join(nodes: readonly MarkdownNode[]): readonly MarkdownNode[] {
  const joined: MarkdownNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { type: 'text', text: last.text + node.text };
    else joined.push(node);
  }
  return joined;
}

/** What would keep the parser busy for minutes: it is quadratic in lines, in marks within a paragraph and in depth. */
export function refuseMarkdown(
  text: string,
): { line: number; message: string; remedy: string } | undefined {
  if (text.length > MAX_CHARS)
    return {
      line: 0,
      message: `the text has ${text.length} characters, more than ${MAX_CHARS}`,
      remedy: 'split it, or link to a file',
    };
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > MAX_LINES)
    return {
      line: MAX_LINES,
      message: `the text has ${lines.length} lines, more than ${MAX_LINES}`,
      remedy: 'split it, or link to a file',
    };
  let marks = 0;
  for (const [line, words] of lines.entries()) {
    if (words.trim() === '') marks = 0;
    marks += words.match(/\*+|_+|[[\]]|`+|</g)?.length ?? 0;
    const lead = /^[\s>*+\-\d.)]*/.exec(words)?.[0] ?? '';
    const containers = lead.match(/>|[*+-](?=\s)|\d[.)]/g)?.length ?? 0;
    if (marks > MAX_MARKS || containers > MAX_DEPTH || (lead.length > 60 && containers > 0))
      return {
        line,
        message:
          marks > MAX_MARKS ? `more than ${MAX_MARKS} marks in one paragraph` : 'nested too deep',
        remedy: 'write it plainer',
      };
  }
  return undefined;
}
