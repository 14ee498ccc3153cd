import { expect } from '@open-wc/testing';
import { pasteToMarkdown } from './paste.js';

const html = (page: string): string => pasteToMarkdown({ html: page });

describe('what is pasted', () => {
  const cases: readonly (readonly [what: string, page: string, markdown: string])[] = [
    [
      'a web page keeps headings, emphasis, lists and links',
      `<article><h2>Why <b>now</b></h2><p>Ask <em>who</em> signs, and <strong>when </strong>they do.</p>
       <ul><li>One</li><li>Two<ol><li>inside</li></ol></li></ul>
       <p>See <a href="https://example.com/a?utm_source=x&amp;id=7">the method</a>.</p><hr><blockquote><p>“Yes.”</p></blockquote></article>`,
      '## Why now\n\nAsk *who* signs, and **when** they do.\n\n- One\n- Two\n  1. inside\n\nSee [the method](https://example.com/a?id=7).\n\n---\n\n> “Yes.”\n',
    ],
    [
      'Word keeps its lists, which are paragraphs, and loses its conditional comments',
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style>
       <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body>
       <p class=MsoTitle>Plan<o:p></o:p></p><p class=MsoNormal><b>Before</b> you call<o:p>&nbsp;</o:p></p>
       <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>Look<o:p></o:p></p>
       <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>at the line</p>
       <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>Listen</p>
       </body></html>`,
      '# Plan\n\n**Before** you call\n\n- Look\n  1. at the line\n- Listen\n',
    ],
    [
      'Google Docs is not all bold, and its nested lists are nested',
      `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-weight:400">Notes</span></h1>
       <p dir="ltr"><span style="font-weight:700;white-space:pre-wrap">Loud</span><span style="font-style:italic"> and soft</span></p>
       <ul><li dir="ltr"><p role="presentation"><span>One</span></p></li><ul><li><p><span>Inside</span></p></li></ul><li><p>Two</p></li></ul></b>`,
      '# Notes\n\n**Loud** *and soft*\n\n- One\n  - Inside\n- Two\n',
    ],
    [
      'Outlook is read through its tables, and its links lead where they say',
      `<table role="presentation"><tr><td><table><tr><td><p class="MsoNormal">Hello,</p></td></tr><tr><td>see
       <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fb%3Fgclid%3D1&amp;data=05">this</a>
       <img src="https://t.example/p.gif" width="1" height="1" alt=""></td></tr></table></td></tr></table>`,
      'Hello,\n\nsee [this](https://example.com/b)\n',
    ],
    [
      'a table becomes a list, a row an item',
      `<table><caption>Speed</caption><tr><th>Machine</th><th>Labels</th><th>Price</th></tr>
       <tr><td>L3</td><td>120</td><td><a href="https://example.com">ask</a></td></tr><tr><td>L5</td><td>300</td><td></td></tr></table>
       <table><tr><td>Owner</td><td>Ana</td></tr><tr><td>Team</td><td>West</td></tr></table>`,
      'Speed\n\n- **L3** – Labels: 120; Price: [ask](https://example.com)\n- **L5** – Labels: 300\n- **Owner**: Ana\n- **Team**: West\n',
    ],
    [
      'pictures are their description, and struck, hidden and folded text is gone',
      `<p>A <img src=x alt="diagram"> of it<s> was 30</s><span style="display:none">secret</span><span hidden>h</span><span style="font-size:0px">tiny</span><i aria-hidden="true">icon</i>
       <div style="position:absolute;left:-9999px">off</div><script>steal()</script><style>b{}</style><noscript>n</noscript><button>Buy</button></p>`,
      'A diagram of it\n',
    ],
    [
      'code stays code',
      '<p>Run <code>a_b *c*</code></p><pre>x = 1\n  y &lt; 2</pre>',
      'Run `a_b *c*`\n\n```\nx = 1\n  y < 2\n```\n',
    ],
    [
      'holes of other programs are no holes',
      '<p>Dear {FirstName}, {{name}} { x }</p>',
      'Dear { FirstName}, {{ name}} { x }\n',
    ],
    [
      'what could be Markdown stays the text that it was',
      '<p># no heading</p><p>1. no list</p><p>*a* [b](c) &lt;b&gt; &amp;amp;</p>',
      '\\# no heading\n\n1\\. no list\n\n\\*a\\* \\[b]\\(c) \\<b> \\&amp;\n',
    ],
  ];
  for (const [what, page, markdown] of cases)
    it(what, () => {
      expect(html(page)).to.equal(markdown);
    });

  it('as text keeps lists with the bullets of mails, and the line ends of a signature', () => {
    const text =
      'Dear all,\r\n\r\n•\tfirst\r\n•\tsecond\r\n\r\nRegards,\r\nAna <script>x</script>\r\n    set in';
    expect(pasteToMarkdown({ text })).to.equal(
      'Dear all,\n\n- first\n- second\n\nRegards,\\\nAna \\<script>x\\</script>\\\nset in\n',
    );
  });

  it('as Markdown stays Markdown, with its links made safe', () => {
    const text =
      '## Ask\n\n**Who** [signs](https://example.com)? [x](javascript:alert(1)) ![pic](https://t.example)';
    expect(pasteToMarkdown({ text })).to.equal(
      '## Ask\n\n**Who** [signs](https://example.com)? x pic\n',
    );
  });

  it('keeps holes that name an attribute, where it is told which there are', () => {
    const isAttribute = (name: string): boolean => name === 'contact.name';
    expect(
      pasteToMarkdown({ text: '{contact.name|them} and {other.thing}' }, { isAttribute }),
    ).to.equal('{contact.name|them} and { other.thing}\n');
  });

  it('is refused where it is larger than any text', () => {
    expect(() => html('x'.repeat(2_000_001))).to.throw(/opportune|more than/);
  });
});
