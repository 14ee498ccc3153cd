import { expect } from '@open-wc/testing';
import { drawPicture } from '../test/browser/draw-picture.js';
import { pictureReading } from '../test/browser/picture-reading.js';
import { makePdf, makePng } from '../test/file-bytes.js';
import { click, seen, showStudio, until } from './studio-fixture.js';

type Files = readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[];

const transfer = (files: Files): DataTransfer => {
  const data = new DataTransfer();
  for (const [name, bytes] of files) data.items.add(new File([bytes], name));
  return data;
};
async function drop(root: ShadowRoot, files: Files): Promise<void> {
  const list = await seen(root, 'main.contents');
  list.dispatchEvent(
    new DragEvent('drop', { dataTransfer: transfer(files), bubbles: true, composed: true }),
  );
}
const rows = (root: ShadowRoot): readonly string[] =>
  [...root.querySelectorAll('.arrivals li')].map((one) =>
    (one.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );

const OFFER = [
  [24, 'Proposal for retailers'],
  [11, 'Pays for itself in nine months.'],
] as const;

describe('new content in the studio', () => {
  it('takes the text of a PDF file that is dropped, and says what to do with a picture that nobody reads', async () => {
    const { root } = await showStudio();
    await click(root, 'nav button', 'Content');
    await drop(root, [['photo.png', makePng([])]]);
    await seen(root, '.arrivals .because', 'Write in a sentence what it shows');
    expect(rows(root)).to.have.length(1);
    await drop(root, [['offer.pdf', makePdf([OFFER])]]);
    await seen(root, 'h1', 'Proposal for retailers');
    expect(((await seen(root, '#content-kind')) as HTMLInputElement).value).to.equal('Proposal');
  });

  it('reads a picture that is pasted, and asks to read its text over', async () => {
    const { root } = await showStudio({ readers: { pictures: pictureReading } });
    await click(root, 'nav button', 'Content');
    await seen(root, 'main.contents');
    const picture = await drawPicture([
      [40, 'Case study: a dairy'],
      [22, 'Two machines do the work of three.'],
    ]);
    document.dispatchEvent(
      new ClipboardEvent('paste', {
        clipboardData: transfer([['image.png', picture]]),
        bubbles: true,
        cancelable: true,
      }),
    );
    await seen(root, 'h1', 'Case study: a dairy');
    const text = (await seen(root, 'textarea')) as HTMLTextAreaElement;
    expect(text.value).to.equal('# Case study: a dairy\n\nTwo machines do the work of three.\n');
    expect((await seen(root, '.words .note')).textContent).to.match(/Read it over/);
    expect(((await seen(root, '#content-kind')) as HTMLInputElement).value).to.equal('Case study');
  });

  it('of several files makes content of those that it can, and tells of each of the others why not', async () => {
    const { root } = await showStudio({ readers: { pictures: pictureReading } });
    await click(root, 'nav button', 'Content');
    await drop(root, [
      ['broken.png', makePng([])],
      ['offer.pdf', makePdf([OFFER])],
      ['program.exe', Uint8Array.from([0x4d, 0x5a])],
    ]);
    await seen(root, '[role=status]', '1 file became content. 2 files were not read');
    const [broken, offer, program] = rows(root);
    expect(broken).to.match(/^broken\.png Not read: the picture cannot be read\. Save it again/);
    expect(offer).to.equal('offer.pdf is now “Proposal for retailers”');
    expect(program).to.match(
      /^program\.exe Not read: no text can be read from a file of this kind/,
    );
    await click(root, '.arrivals button', 'Proposal for retailers');
    await seen(root, 'h1', 'Proposal for retailers');
  });

  it('stops when somebody says so, and keeps what was read before', async () => {
    const { root } = await showStudio({ readers: { pictures: pictureReading } });
    await click(root, 'nav button', 'Content');
    const picture = await drawPicture([[40, 'Never read']]);
    await drop(root, [
      ['offer.pdf', makePdf([OFFER])],
      ['one.png', picture],
      ['two.png', picture],
    ]);
    await until(() => rows(root)[0]?.includes('is now'), 'the first is not read');
    await click(root, '.arrivals button', 'Stop');
    await seen(root, '.arrivals button', 'Clear this list');
    expect(rows(root).slice(1)).to.deep.equal([
      'one.png Not read: it was stopped.',
      'two.png Not read: it was stopped.',
    ]);
    await click(root, '.arrivals button', 'Clear this list');
    expect(root.querySelector('.arrivals')).to.equal(null);
    await seen(root, '.library', 'Proposal for retailers');
  });
});
