import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { MarkdownNode } from '../domain/playbook.js';
import { createAttributeTable } from './attribute-table.js';
import type { Context } from './context.js';
import { readMarkdown } from './markdown.js';
import { createReport, formatProblem, type Report } from './problem.js';

function read(text: string, report: Report = createReport()): readonly MarkdownNode[] | undefined {
  const context: Context = {
    report,
    attributes: createAttributeTable([], new Set()),
    currency: 'EUR',
    today: '2026-11-21',
    reads: new Set(),
  };
  return readMarkdown(text, { file: 'x.md', line: 1, column: 1 }, (name) => name, context);
}

/** The tree as short text: `p(Call strong(now))`. */
function brief(nodes: readonly MarkdownNode[] = []): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
          return JSON.stringify(node.text);
        case 'hole':
          return `{${node.attribute}${node.otherwise === undefined ? '' : `|${node.otherwise}`}}`;
        case 'code':
          return `${node.block ? 'pre' : 'code'}(${JSON.stringify(node.text)})`;
        case 'heading':
          return `h${node.level}(${brief(node.children)})`;
        case 'list':
          return `${node.ordered ? 'ol' : 'ul'}(${brief(node.children)})`;
        case 'link':
          return `a[${node.href}](${brief(node.children)})`;
        case 'break':
        case 'rule':
          return node.type;
        default:
          return `${node.type}(${brief(node.children)})`;
      }
    })
    .join(' ');
}

describe('readMarkdown', () => {
  const trees: readonly (readonly [string, string])[] = [
    ['Call **now**, *please*', 'paragraph("Call " strong("now") ", " emphasis("please"))'],
    ['# One\n\n### Three', 'h1("One") h3("Three")'],
    ['- a\n- b\n  1. c', 'ul(item("a") item("b" ol(item("c"))))'],
    ['- a\n\n- b', 'ul(item("a") item("b"))'],
    ['- a\n\n  b', 'ul(item(paragraph("a") paragraph("b")))'],
    ['> said', 'quote(paragraph("said"))'],
    ['a  \nb\n\n---', 'paragraph("a" break "b") rule'],
    ['`x < 1`\n\n```js\nalert(1)\n```', 'paragraph(code("x < 1")) pre("alert(1)")'],
    ['Ask {contact.name|the buyer} now', 'paragraph("Ask " {contact.name|the buyer} " now")'],
    ['**{amount}**', 'paragraph(strong({amount}))'],
    ['`{amount}` and { x }', 'paragraph(code("{amount}") " and { x }")'],
    [
      '[site](https://a.example/x?y=1) [mail](mailto:a@b.c) [tel](tel:+123)',
      'paragraph(a[https://a.example/x?y=1]("site") " " a[mailto:a@b.c]("mail") " " a[tel:+123]("tel"))',
    ],
    ['[site][1]\n\n[1]: http://a.example', 'paragraph(a[http://a.example]("site"))'],
    ['<https://a.example>', 'paragraph(a[https://a.example]("https://a.example"))'],
    ['![a chart](https://a.example/x.png) ![](https://a.example/y.png)', 'paragraph("a chart ")'],
    ['Tom &amp; Ann &lt;b&gt;', 'paragraph("Tom & Ann <b>")'],
  ];
  for (const [text, tree] of trees)
    it(`reads ${JSON.stringify(text)}`, () => expect(brief(read(text))).to.equal(tree));

  const attacks: readonly (readonly [string, string])[] = [
    ['<img src=x onerror=alert(1)>', 'paragraph("<img src=x onerror=alert(1)>")'],
    ['hi <script>alert(1)</script>', 'paragraph("hi <script>alert(1)</script>")'],
    ['<svg/onload=alert(1)>\n\nx', 'paragraph("<svg/onload=alert(1)>") paragraph("x")'],
    ['[a](javascript:alert(1))', 'paragraph("a")'],
    ['[a](JaVaScRiPt:alert(1))', 'paragraph("a")'],
    ['[a](java&#115;cript:alert(1))', 'paragraph("a")'],
    ['[a](javascript&colon;alert(1))', 'paragraph("a")'],
    ['[a](&#1;javascript:alert(1))', 'paragraph("a")'],
    ['[a](<java\tscript:alert(1)>)', 'paragraph("a")'],
    ['[a](vbscript:x) [b](file:///etc/passwd)', 'paragraph("a b")'],
    ['[a](data:text/html;base64,PHNjcmlwdD4=)', 'paragraph("a")'],
    ['[a](//evil.example) [b](/x) [c](#y)', 'paragraph("a b c")'],
    ['[a](https:javascript:alert(1))', 'paragraph("a")'],
    ['<javascript:alert(1)>', 'paragraph("javascript:alert(1)")'],
    ['[a][x]\n\n[x]: javascript:alert(1)', 'paragraph("a")'],
    ['[a][__proto__]\n\n[__proto__]: javascript:alert(1)', 'paragraph("a")'],
    ['![a](javascript:alert(1))', 'paragraph("a")'],
    ['[![a](javascript:x)](javascript:alert(1))', 'paragraph("a")'],
  ];
  for (const [text, tree] of attacks)
    it(`makes ${JSON.stringify(text)} harmless`, () => expect(brief(read(text))).to.equal(tree));

  it('tells the author which link it dropped, and on which line', () => {
    const report = createReport();
    read('Words\n\n[a](javascript:alert(1))', report);
    expect(report.list().map(formatProblem)).to.deep.equal([
      'x.md:3: warning: a link to "javascript:alert(1)" becomes plain text; begin it with https://, http://, mailto: or tel:',
    ]);
  });

  it('refuses a hole that marks break apart', () => {
    const report = createReport();
    expect(read('Ask {contact.name|the *buyer*}', report)).to.equal(undefined);
    expect(report.list()[0]?.code).to.equal('broken-hole');
  });

  const refused: readonly (readonly [string, string])[] = [
    ['40,000 characters', 'x'.repeat(40_000)],
    ['1,001 lines', 'a\n=\n'.repeat(501)],
    ['500 marks in one paragraph', '*a_'.repeat(250)],
    ['quotes 9 deep', `${'>'.repeat(9)} a`],
    ['a list indented by 70', `${' '.repeat(70)}- a`],
  ];
  for (const [name, text] of refused)
    it(`refuses ${name}`, () => {
      const report = createReport();
      expect(read(text, report)).to.equal(undefined);
      expect(report.list()[0]?.code).to.equal('file-refused');
    });

  it('never makes a link that could run code, of any text', () => {
    const piece = fc.constantFrom(
      ...['[', ']', '(', ')', '<', '>', '!', ':', '\n', ' ', '\\', '`', '*', '&colon;', '&#106;'],
      ...[
        'javascript:',
        'data:',
        'https://',
        'java\tscript',
        '[x]: ',
        '[a]',
        'alert(1)',
        '"',
        '{a.b|c}',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        for (const href of linksIn(read(pieces.join('')) ?? []))
          expect(['https:', 'http:', 'mailto:', 'tel:']).to.include(new URL(href).protocol);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

function linksIn(nodes: readonly MarkdownNode[]): readonly string[] {
  return nodes.flatMap((node) => [
    ...(node.type === 'link' ? [node.href] : []),
    ...('children' in node ? linksIn(node.children) : []),
  ]);
}
