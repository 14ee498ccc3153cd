import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { MarkdownNode } from '../domain/playbook.js';
import { createAttributeTable } from '../plan/attribute-table.js';
import { readMarkdown } from '../plan/markdown.js';
import { createReport } from '../plan/problem.js';
import { pasteToMarkdown } from './paste.js';

const html = (page: string): string => pasteToMarkdown({ html: page });

/** What Markdown says, without its marks: what stands in it as text. */
function wordsOf(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

function all(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(all)] : [node];
}

/** The same as content of a playbook is read; undefined where it is refused. */
function readBack(markdown: string): string | undefined {
  const context = {
    report: createReport(),
    attributes: createAttributeTable([], new Set()),
    currency: 'EUR',
    today: '2026-11-21',
    reads: new Set<string>(),
  };
  const words = (nodes: readonly MarkdownNode[]): string =>
    nodes
      .map((node) => ('text' in node ? node.text : 'children' in node ? words(node.children) : ' '))
      .join(' ');
  const nodes = readMarkdown(
    markdown,
    { file: 'x.md', line: 1, column: 1 },
    (name) => name,
    context,
  );
  return nodes && words(nodes);
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

const ADDRESSES = [
  ...[
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,<b>',
    'vbscript:x',
    '//evil.example',
  ],
  ...[
    'https://example.com/a)b(',
    'https://example.com/<b>"\'',
    'mailto:a@b.example',
    'tel:+49 1',
    'file:///etc',
    '#top',
    'https://a b',
  ],
  ...[
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://x.safelinks.protection.outlook.com/?url=data:x',
    'blob:https://a',
  ],
];
const PIECES = [
  ...[
    '<b>',
    '</b>',
    '*',
    '**',
    '_',
    '`',
    '```',
    '\n',
    '\n\n',
    '    ',
    '# ',
    '- ',
    '1. ',
    '> ',
    '[a](javascript:x)',
    '![a](b)',
  ],
  ...[
    '<script>',
    '</script>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '&lt;',
    '&amp;lt;b&amp;gt;',
    '&#60;',
    '{',
    '{contact.name}',
    '}',
    '|',
  ],
  ...[
    '[x]: javascript:y',
    '[x]',
    '\\',
    '~~~',
    '---',
    '===',
    '<https://a.example>',
    '<javascript:x>',
    'a@b.example',
    '\u202e',
    '\u200b',
  ],
];
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 12 })
  .map((list) => list.join(''));
const tag = fc.constantFrom(
  ...'p div b i strong em a span ul ol li blockquote pre code table tr td th h1 h3 img br hr svg math style script iframe form input q dl dt dd template noscript title textarea'.split(
    ' ',
  ),
);
const attribute = fc.oneof(
  fc.constantFrom(...ADDRESSES).map((address) => `href="${address.replaceAll('"', '&quot;')}"`),
  fc.constantFrom(
    'onclick="x()"',
    'onerror=alert(1)',
    'style="mso-list:l0 level2 lfo1"',
    'hidden',
    'style="font-weight:bold"',
    'src=x alt="<b>[a](javascript:b)"',
  ),
);
const { page } = fc.letrec<{ page: string; element: string }>((tie) => ({
  page: fc
    .array(fc.oneof({ maxDepth: 5 }, hostileText, tie('element')), { maxLength: 5 })
    .map((list) => list.join('')),
  element: fc
    .tuple(tag, fc.array(attribute, { maxLength: 2 }), tie('page'), fc.boolean())
    .map(
      ([name, attributes, inner, closes]) =>
        `<${[name, ...attributes].join(' ')}>${inner}${closes ? `</${name}>` : ''}`,
    ),
}));

function expectSafe(markdown: string): void {
  for (const node of all(fromMarkdown(markdown))) {
    expect(
      ['html', 'image', 'imageReference', 'linkReference', 'definition'],
      markdown,
    ).not.to.include(node.type);
    if (node.type === 'link')
      expect(node.url, markdown).to.match(/^(?:https?:\/\/|mailto:|tel:)\S+$/i);
    if (node.type === 'text') expect(node.value, markdown).not.to.match(/\{[A-Za-z]/);
  }
}

describe('hostile pages', () => {
  it('give no HTML, no picture, no hole and no link with another scheme', () => {
    fc.assert(
      fc.property(page, (one) => expectSafe(html(one))),
      { numRuns: 500 },
    );
  });

  it('give none as text either', () => {
    fc.assert(
      fc.property(hostileText, (text) => expectSafe(pasteToMarkdown({ text }))),
      { numRuns: 500 },
    );
  });

  it('say what they said: words with marks in them come back letter by letter', () => {
    const visible = hostileText.map((text) => text.replace(/[\p{Cc}\u200b\u202e{}]/gu, ''));
    const wrap = fc.constantFrom('p', 'li', 'h2', 'blockquote', 'b', 'i', 'div', 'td', 'dt');
    fc.assert(
      fc.property(fc.array(fc.tuple(wrap, visible), { minLength: 1, maxLength: 5 }), (parts) => {
        const body = document.createElement('body');
        for (const [name, text] of parts) {
          const element = document.createElement(name);
          element.textContent = text;
          body.append(element, ' ');
        }
        const said = squeeze(body.textContent ?? '').replaceAll(' ', '');
        const back = wordsOf(fromMarkdown(html(body.innerHTML)));
        expect(squeeze(back).replaceAll(' ', '')).to.equal(said);
      }),
      { numRuns: 500 },
    );
  });

  it('lose no word where content is read, however lists, quotes, tables and marks are nested', () => {
    const outer = fc.constantFrom(
      'ul',
      'ol',
      'blockquote',
      'li',
      'b',
      'i',
      'a href="https://a.example"',
      'h3',
      'table',
      'div',
    );
    const { nested } = fc.letrec<{ nested: string }>((tie) => ({
      nested: fc.oneof(
        { maxDepth: 9, depthIdentifier: 'nested' },
        fc.constant('w'),
        fc
          .tuple(outer, fc.array(tie('nested'), { minLength: 1, maxLength: 3 }))
          .map(([name, inner]) => {
            const [end = ''] = name.split(' ');
            const cells = inner.map((one) => `<tr><td>${one}</td><td>v</td></tr>`).join('');
            const items = inner.map((one) => `<li>${one}</li>`).join('');
            const content = end === 'table' ? cells : /^[uo]l$/.test(end) ? items : inner.join(' ');
            return `<${name}>${content}</${end}>`;
          }),
      ),
    }));
    fc.assert(
      fc.property(nested, (one) => {
        const body = new DOMParser().parseFromString(one, 'text/html').body.textContent ?? '';
        const markdown = html(one);
        const back = readBack(markdown);
        if (back === undefined) return;
        const count = (text: string): number => text.match(/w/g)?.length ?? 0;
        expect(count(back), markdown).to.be.at.least(count(body));
      }),
      { numRuns: 500 },
    );
  });

  it('are read while they are deep', () => {
    const deep = `${'<div><ul><li><blockquote>'.repeat(120)}bottom`;
    expect(html(deep)).to.contain('bottom');
  });
});
