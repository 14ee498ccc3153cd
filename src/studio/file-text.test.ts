import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { strToU8, zipSync, zlibSync } from 'fflate';
import { bytesOf, makeExif, makeIptc, makeJpeg, makePdf, makePng } from '../../test/file-bytes.js';
import { isOpportuneError } from '../core/errors.js';
import { type FileText, type FileTextOptions, readFileText } from './file-text.js';

const read = (
  name: string,
  content: BlobPart,
  options?: FileTextOptions,
  type = '',
): Promise<FileText> => readFileText(new File([content], name, { type }), options);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return isOpportuneError(error) ? error.code : String(error);
  }
  return 'read';
}

const docx = (
  body: string,
  more: { readonly [name: string]: string } = {},
): Uint8Array<ArrayBuffer> => {
  const space =
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const parts = {
    'word/document.xml': `<?xml version="1.0"?><w:document ${space}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
  const zipped = zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, strToU8(text.replace('SPACE', space))]),
    ),
  );
  return bytesOf(zipped);
};

describe('the text of a PDF file', () => {
  const lines = [
    [24, 'A quieter line'],
    [11, 'The L3 labeller runs at half the noise of what stood there be-'],
    [11, 'fore, and nobody has to shout.'],
    [11, ' '],
    [11, '\x95 two days to set up'],
    [11, '\x95 one day to learn'],
    [15, 'Prices'],
    [11, 'From 21,000 (list).'],
  ] as const;
  const markdown =
    '# A quieter line\n\nThe L3 labeller runs at half the noise of what stood there before, and nobody has to shout.\n\n- two days to set up\n- one day to learn\n\n## Prices\n\nFrom 21,000 (list).\n';

  it('keeps headings and lists, and puts divided words together', async () => {
    const found = await read('x.pdf', makePdf([lines]));
    expect(found).to.deep.equal({ kind: 'pdf', markdown, pages: { read: 1, of: 1 } });
  });

  it('is read in a worker as well', async () => {
    const code = `import '${new URL('../../node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', import.meta.url).href}'`;
    const startPdfWorker = (): Worker =>
      new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), {
        type: 'module',
      });
    expect((await read('x.pdf', makePdf([lines]), { startPdfWorker })).markdown).to.equal(markdown);
  });

  it('loses the heads, feet and numbers of pages, tells its progress, and ends at a hundred pages', async () => {
    const page = (i: number) =>
      [
        [9, 'Halden price list'],
        [11, `Machine ${'abcdefghij'[i % 10]} costs a lot.`],
        [11, ' '],
        [9, `${i + 1}`],
      ] as const;
    const told: number[] = [];
    const pdf = makePdf(Array.from({ length: 103 }, (_, i) => page(i)));
    const { markdown: text, pages } = await read('x.pdf', pdf, {
      progress: (share) => told.push(share),
    });
    expect(pages).to.deep.equal({ read: 100, of: 103 });
    expect(text)
      .to.match(/Machine a costs a lot\./)
      .and.not.match(/price list|\d/);
    expect(told.length).to.equal(100);
    expect(told.at(-1)).to.equal(1);
  });

  it('is refused with what to do: locked, broken, without text', async () => {
    const locked = makePdf(
      [lines],
      `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`,
    );
    expect(await codeOf(read('x.pdf', locked))).to.equal('opportune/file-locked');
    expect(await codeOf(read('x.pdf', '%PDF-1.4 nothing'))).to.equal('opportune/file-broken');
    expect(await codeOf(read('x.pdf', makePdf([[]])))).to.equal('opportune/file-without-text');
  });

  it('is not read on once somebody stops it', async () => {
    const stop = new AbortController();
    const pdf = makePdf(Array.from({ length: 50 }, () => lines));
    let told = 0;
    const work = read('x.pdf', pdf, {
      signal: stop.signal,
      progress: () => {
        told++;
        if (told === 3) stop.abort(new Error('stopped'));
      },
    });
    expect(await codeOf(work)).to.equal('Error: stopped');
    expect(told).to.be.lessThan(5);
  });
});

describe('the text of a Word file', () => {
  it('keeps headings, lists, emphasis, tables and links, and loses what was deleted or hidden', async () => {
    const item = (level: number, list: number, text: string): string =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const cell = (text: string): string => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const body = `<w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>Why &lt;now&gt;</w:t></w:r></w:p>
      <w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Ask </w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>who signs</w:t></w:r>
      <w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>, soon</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>
      ${item(0, 1, 'One')}${item(1, 2, 'inside')}${item(0, 1, 'Two')}
      <w:p><w:hyperlink r:id="a"><w:r><w:t>site</w:t></w:r></w:hyperlink> <w:hyperlink r:id="b"><w:r><w:t>trap</w:t></w:r></w:hyperlink></w:p>
      <w:tbl><w:tr>${cell('Owner')}${cell('Ana')}</w:tr><w:tr>${cell('Team')}${cell('West')}</w:tr></w:tbl>`;
    const found = await read(
      'x.docx',
      docx(body, {
        'word/styles.xml':
          '<w:styles SPACE><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>',
        'word/numbering.xml':
          '<w:numbering SPACE><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num></w:numbering>',
        'word/_rels/document.xml.rels':
          '<Relationships><Relationship Id="a" TargetMode="External" Target="https://example.com/"/><Relationship Id="b" TargetMode="External" Target="javascript:alert(1)"/></Relationships>',
        'docProps/core.xml':
          '<core xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A plan</dc:title></core>',
      }),
    );
    expect(found).to.deep.equal({
      kind: 'word',
      title: 'A plan',
      markdown:
        '## Why \\<now>\n\n**Ask** who signs, soon\n\n- One\n  1. inside\n- Two\n\n[site](https://example.com/)trap\n\n- **Owner**: Ana\n- **Team**: West\n',
    });
  });

  it('is refused where the file is none', async () => {
    expect(await codeOf(read('x.docx', 'PK\x03\x04 nothing'))).to.equal('opportune/file-broken');
    expect(await codeOf(read('x.docx', bytesOf(zipSync({ 'a.txt': strToU8('a') }))))).to.equal(
      'opportune/file-broken',
    );
    expect(await codeOf(read('x.docx', docx('')))).to.equal('opportune/file-without-text');
  });
});

describe('the text of a picture', () => {
  const words = (text: string): Uint8Array => new TextEncoder().encode(text);
  const xmp =
    '<x:xmpmeta><rdf:Description photoshop:Headline="On &amp; on"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">A label line</rdf:li></rdf:Alt></dc:description></rdf:Description></x:xmpmeta>';

  it('is what was written into a PNG file, packed or not', async () => {
    const png = makePng([
      ['tEXt', bytesOf('Title\0The L3')],
      ['tEXt', bytesOf('Software\0Editor 3')],
      ['zTXt', bytesOf('Description\0\0', zlibSync(words('at a brewery')))],
      ['iTXt', bytesOf('Comment\0\0\0de\0\0', words('für Molkereien'))],
    ]);
    expect(await read('x.png', png)).to.deep.equal({
      kind: 'picture',
      title: 'The L3',
      markdown: 'The L3\n\nat a brewery\n\nfür Molkereien\n',
    });
  });

  it('is the caption of a JPEG file, in Exif, IPTC or XMP', async () => {
    const utf16 = Uint8Array.from(
      new Uint8Array(Uint16Array.from('Für den Vertrieb', (one) => one.charCodeAt(0)).buffer),
    );
    const exif = makeExif([
      [0x010e, bytesOf('Six cameras\0')],
      [0x9c9b, utf16],
      [0x010f, bytesOf('Maker\0')],
    ]);
    const jpeg = makeJpeg([
      [0xe1, bytesOf('Exif\0\0', exif)],
      [0xe1, bytesOf('http://ns.adobe.com/xap/1.0/\0', words(xmp))],
      [
        0xed,
        makeIptc([
          [120, 'Kontrolle größer'],
          [80, 'Ana'],
        ]),
      ],
    ]);
    const { title, markdown } = await read('x.jpg', jpeg);
    expect(title).to.equal('Für den Vertrieb');
    expect(markdown.split('\n\n')).to.deep.equal([
      'Für den Vertrieb',
      'Six cameras',
      'A label line',
      'On & on',
      'Kontrolle größer\n',
    ]);
  });

  it('is the text of an SVG file, and nothing of its scripts', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg"><title>Plan</title><script>x()</script><text>Two <tspan>lines</tspan></text></svg>';
    expect(await read('x.svg', svg)).to.deep.equal({
      kind: 'picture',
      title: 'Plan',
      markdown: 'Plan\n\nTwo lines\n',
    });
    expect(await codeOf(read('x.svg', '<svg'))).to.equal('opportune/file-broken');
  });

  it('is none where nothing was written into it', async () => {
    expect(await codeOf(read('x.png', makePng([])))).to.equal('opportune/file-without-text');
    expect(await codeOf(read('x.jpg', makeJpeg([])))).to.equal('opportune/file-without-text');
  });
});

describe('the text of other files', () => {
  it('is that of pages, Markdown and text in the letters of its time', async () => {
    expect(await read('x.html', '<title>T</title><h1>Hi</h1><script>a()</script>')).to.deep.equal({
      kind: 'page',
      title: 'T',
      markdown: '# Hi\n',
    });
    expect(
      await read('x.md', '---\ntitle: "Who signs"\nkind: guide\n---\n**Ask** first.\n'),
    ).to.deep.equal({ kind: 'text', title: 'Who signs', markdown: '**Ask** first.\n' });
    expect((await read('x.txt', Uint8Array.from([0x66, 0xfc, 0x72]))).markdown).to.equal('für\n');
    expect(
      (await read('x.txt', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62, 0]))).markdown,
    ).to.equal('ab\n');
  });

  it('is refused of a kind that nobody reads here, and of what is too large or empty', async () => {
    expect(await codeOf(read('x.exe', 'MZ'))).to.equal('opportune/file-unknown');
    expect(await codeOf(read('x.zip', docx('')))).to.equal('opportune/file-unknown');
    expect(await codeOf(read('x.txt', Uint8Array.from([1, 0, 2])))).to.equal(
      'opportune/file-unknown',
    );
    expect(await codeOf(read('x.txt', new Uint8Array(25 * 1024 * 1024 + 1)))).to.equal(
      'opportune/file-too-large',
    );
    expect(await codeOf(read('x.txt', ' \n'))).to.equal('opportune/file-without-text');
  });

  it('is read or refused, whatever the bytes are', async () => {
    const heads = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0',
      'RIFF\0\0\0\0WEBPEXIF',
      '%PDF-1.4\n',
      'PK\x03\x04',
      '',
    ];
    const name = fc.constantFrom('a.png', 'a.jpg', 'a.docx', 'a.txt', 'a.svg', 'a');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 200 }),
        name,
        async (head, rest, file) => {
          expect(await codeOf(read(file, bytesOf(head, rest)))).to.match(
            /^(?:read|opportune\/file-)/,
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
