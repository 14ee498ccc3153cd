import type { PictureReading } from '../../src/studio/picture-reader.js';

const at = (path: string): string => new URL(`../../node_modules/${path}`, import.meta.url).href;

/** What reads pictures, from the packages as they were installed. */
export const pictureReading: PictureReading = {
  startWorker: () =>
    new Worker(new URL('../../widget/embed/picture-worker.ts', import.meta.url), {
      type: 'module',
    }),
  program: at('tesseract-wasm/dist/tesseract-core.wasm'),
  language: at('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
};
