import { expect } from '@open-wc/testing';
import { drawPicture } from '../../test/browser/draw-picture.js';
import { pictureReading } from '../../test/browser/picture-reading.js';
import { bytesOf, makePdf, makePng, makeScan } from '../../test/file-bytes.js';
import { isOpportuneError } from '../core/errors.js';
import { type FileText, type FileTextOptions, readFileText } from './file-text.js';

const read = (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: FileTextOptions = {},
): Promise<FileText> =>
  readFileText(new File([bytes], name), { pictures: pictureReading, ...options });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return isOpportuneError(error) ? `${error.code}: ${error.message}` : String(error);
  }
  return 'read';
}

const BROCHURE = [
  [44, 'A quieter line'],
  [20, 'The L3 labeller runs at half the noise of what'],
  [20, 'stood there before, and nobody has to shout.'],
  [10, ' '],
  [20, '• two days to set up'],
  [20, '• one day to learn'],
  [10, ' '],
  [30, 'Prices'],
  [20, 'From 21,000 EUR (list), and 15 % less in June.'],
] as const;
const SAID =
  '# A quieter line\n\nThe L3 labeller runs at half the noise of what stood there before, and nobody has to shout.\n\n- two days to set up\n- one day to learn\n\n## Prices\n\nFrom 21,000 EUR (list), and 15 % less in June.\n';
/** Without signs, and letters that differ from their capitals by size alone. */
const words = (text: string): readonly string[] =>
  text.toLowerCase().match(/\p{L}{3,}|\d+/gu) ?? [];
const PAGE = { width: 595, height: 842, type: 'image/jpeg' } as const;

describe('the text that is drawn in a picture', () => {
  it('is read with its headings and lists, and how sure that is and how far it is are told', async () => {
    const told: number[] = [];
    const found = await read('brochure.png', await drawPicture(BROCHURE), {
      progress: (share) => told.push(share),
    });
    expect(found.markdown).to.equal(SAID);
    expect(found.drawn?.sure).to.be.within(0.85, 1);
    expect(told).to.deep.equal([...told].sort((a, b) => a - b));
    expect(told.length).to.be.greaterThan(3);
    expect(told.at(-1)).to.be.within(0.9, 1);
  });

  it('is read light on dark, askew, and as small as on a screen', async () => {
    const looks = [
      { paper: '#12303a', ink: '#f4f4f4' },
      { turned: 2, type: 'image/jpeg' },
      { small: true, type: 'image/webp', width: 420, height: 260 },
    ] as const;
    for (const look of looks) {
      const lines =
        'small' in look ? BROCHURE.map(([size, text]) => [size * 0.6, text] as const) : BROCHURE;
      const { markdown } = await read('x.png', await drawPicture(lines, look));
      expect(words(markdown), JSON.stringify(look)).to.deep.equal(words(SAID));
    }
  });

  it('stands below what was written into the file', async () => {
    const drawn = await drawPicture([[30, 'Drawn words']]);
    const [about] = [makePng([['tEXt', bytesOf('Title\0The L3 at a brewery')]])];
    const chunk = about.subarray(33, about.length - 12);
    const both = bytesOf(drawn.subarray(0, 33), chunk, drawn.subarray(33));
    // A browser refuses what has a wrong check sum; readers of texts do not look at it.
    new DataView(both.buffer).setUint32(33 + chunk.length - 4, crc(chunk.subarray(4, -4)));
    const found = await read('x.png', both);
    expect(found.title).to.equal('The L3 at a brewery');
    expect(found.markdown).to.equal('The L3 at a brewery\n\nDrawn words\n');
  });

  it('is none in a picture of something else, and in one that is broken or beyond all measure', async () => {
    const shapes = new OffscreenCanvas(500, 400);
    const context = shapes.getContext('2d') as OffscreenCanvasRenderingContext2D;
    for (let i = 0; i < 60; i++) {
      context.fillStyle = `hsl(${(i * 47) % 360} 60% ${30 + (i % 5) * 10}%)`;
      context.beginPath();
      context.ellipse((i * 83) % 500, (i * 61) % 400, 30 + (i % 7) * 8, 22, i, 0, 7);
      context.fill();
    }
    const photo = new Uint8Array(await (await shapes.convertToBlob()).arrayBuffer());
    expect(await refusal(read('photo.png', photo))).to.match(
      /^opportune\/file-without-text: .*no text was found in the picture/,
    );
    expect(await refusal(read('x.png', makePng([])))).to.match(/^opportune\/file-broken/);
    const claims = makePng([]);
    new DataView(claims.buffer).setUint32(16, 50_000);
    new DataView(claims.buffer).setUint32(20, 50_000);
    const startWorker = (): Worker => {
      throw new Error('nothing is to be made room for');
    };
    const pictures = { ...pictureReading, startWorker };
    expect(await refusal(read('x.png', claims, { pictures }))).to.match(
      /^opportune\/file-too-large/,
    );
  });

  it('is not read on once somebody stops it: its worker ends', async () => {
    const stop = new AbortController();
    let ended = 0;
    const startWorker = (): Worker => {
      const worker = pictureReading.startWorker();
      const end = worker.terminate.bind(worker);
      worker.terminate = () => {
        ended++;
        end();
      };
      return worker;
    };
    const work = read('x.png', await drawPicture(BROCHURE), {
      pictures: { ...pictureReading, startWorker },
      signal: stop.signal,
      progress: () => stop.abort(new Error('stopped')),
    });
    expect(await refusal(work)).to.equal('Error: stopped');
    expect(ended).to.equal(1);
  });

  it('says what to do where what reads it cannot be loaded', async () => {
    const pictures = { ...pictureReading, language: `${pictureReading.language}.gone` };
    const said = await refusal(read('x.png', await drawPicture(BROCHURE), { pictures }));
    expect(said).to.match(/^opportune\/no-picture-reader: .*x\.png/);
  });
});

describe('the text of a scanned PDF file', () => {
  it('is read from the pictures on its pages', async () => {
    const lines = BROCHURE.map(([size, text]) => [size * 0.62, text] as const);
    const pdf = makeScan([await drawPicture(lines, PAGE)], PAGE);
    const found = await read('scan.pdf', pdf);
    expect(words(found.markdown)).to.deep.equal(words(SAID));
    expect(found.markdown).to.match(/^# A quieter line\n\n/);
    expect(found.drawn?.pages).to.deep.equal({ read: 1, of: 1 });
  });

  it('ends at twenty such pages, and says so', async () => {
    const small = { width: 120, height: 60, type: 'image/jpeg' } as const;
    const empty = await drawPicture([], small);
    const said = await drawPicture([[22, 'Hello']], { ...small, width: 160, height: 90 });
    const pages = [said, ...Array.from({ length: 21 }, () => empty)];
    const found = await read('scan.pdf', makeScan(pages, { width: 160, height: 90 }));
    expect(found.markdown.trim()).to.equal('Hello');
    expect(found.drawn?.pages).to.deep.equal({ read: 20, of: 22 });
  });

  it('is none where nothing is drawn, for which nothing is loaded', async () => {
    const startWorker = (): Worker => {
      throw new Error('nothing is to be read');
    };
    const pictures = { ...pictureReading, startWorker };
    expect(await refusal(read('x.pdf', makePdf([[]]), { pictures }))).to.match(
      /^opportune\/file-without-text/,
    );
  });
});

/** Of a PNG file (ISO/IEC 15948, annex D). */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  }
  return ~sum >>> 0;
}
