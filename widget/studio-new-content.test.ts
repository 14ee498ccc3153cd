import { expect } from '@open-wc/testing';
import { makePdf, makePng } from '../test/file-bytes.js';
import { click, seen, showStudio } from './studio-fixture.js';

describe('new content in the studio', () => {
  it('takes the text of a PDF file that is dropped, and says what to do with one that has none', async () => {
    const { root } = await showStudio();
    await click(root, 'nav button', 'Content');
    const drop = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      const data = new DataTransfer();
      data.items.add(new File([bytes], name));
      (await seen(root, '.library')).dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true }),
      );
    };
    await drop('photo.png', makePng([]));
    await seen(root, '[role=status]', 'photo.png');
    const text = [
      [24, 'Proposal for retailers'],
      [11, 'Pays for itself in nine months.'],
    ] as const;
    await drop('offer.pdf', makePdf([text]));
    await seen(root, 'h1', 'Proposal for retailers');
    expect(((await seen(root, '#content-kind')) as HTMLInputElement).value).to.equal('Proposal');
  });
});
