import { OpportuneError } from '../core/errors.js';
import { connectCalls } from '../port-calls.js';
import { type DrawnText, drawnLines } from './drawn-lines.js';
import type { Picture, PictureFiles, PictureWords } from './serve-pictures.js';

/** Reads the text that is drawn in pictures. */
export interface PictureReading extends PictureFiles {
  /** Starts a worker that calls `servePictures(self, fetch)`. */
  startWorker(): Worker;
}

export interface PictureReader {
  /** @throws OpportuneError `opportune/file-broken`, `opportune/file-too-large`, `opportune/no-picture-reader`; the reason of the signal. */
  read(picture: Picture, progress?: (share: number) => void): Promise<DrawnText>;
  close(): void;
}

/** The worker is started with the first picture, and ended in the middle of its work once the signal is aborted. */
export function openPictureReader(
  { startWorker, program, language }: PictureReading,
  { name, signal }: { readonly name: string; readonly signal?: AbortSignal | undefined },
): PictureReader {
  let worker: Worker | undefined;
  let ask: ReturnType<typeof connectCalls> | undefined;
  const ends = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ends.catch(() => undefined);

  /** A worker that cannot start, or that ran out of memory, answers nothing. */
  const failure = (own: Worker): Promise<never> =>
    new Promise((_, reject) => {
      own.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    });
  return {
    async read(picture, progress) {
      signal?.throwIfAborted();
      worker ??= startWorker();
      ask ??= connectCalls(worker);
      const failed = failure(worker);
      failed.catch(() => undefined);
      let found: PictureWords;
      try {
        const asked = ask<PictureWords>('read', [picture, { program, language }], progress);
        found = await Promise.race([asked, failed, ends]);
      } catch (cause) {
        signal?.throwIfAborted();
        throw new OpportuneError('opportune/no-picture-reader', 'the picture could not be read', {
          where: name,
          remedy: 'Try it once more; if it stays so, type what it says.',
          cause,
        });
      }
      if (found.is === 'read') return drawnLines(found.words);
      throw found.is === 'broken' ? brokenPicture(name) : tooLargePicture(name);
    },
    close() {
      worker?.terminate();
      worker = undefined;
      ask = undefined;
    },
  };
}

const brokenPicture = (where: string): OpportuneError =>
  new OpportuneError('opportune/file-broken', 'the picture cannot be read', {
    where,
    remedy: 'Save it again with the program that made it.',
  });

export const tooLargePicture = (where: string): OpportuneError =>
  new OpportuneError('opportune/file-too-large', 'the picture has more than 60 million points', {
    where,
    remedy: 'Make it smaller, or cut out the part that matters.',
  });
