import { OpportuneError } from '../core/errors.js';
import type { SourceFile } from '../plan/problem.js';

const TEXT = /\.(yaml|yml|md|txt|json)$/i;
const MB = 1024 * 1024;
const MOST_FILES = 20_000;
const LARGEST_TEXT = 4 * MB;
const MOST_BYTES = 512 * MB;
const DEEPEST = 16;

/** Whether a file of a playbook folder is read as text. */
export const isText = (path: string): boolean => TEXT.test(path);

/** What is of no playbook: what hides, and what tools leave. */
export const isLeftOut = (name: string): boolean =>
  /^\.(?!\.?$)/.test(name) || name === 'node_modules';

/** Counts what is read of a folder that somebody else made, and stops where it is no playbook any more. */
export interface FolderMeter {
  /** @throws OpportuneError `opportune/folder`, with the file and the remedy. */
  count(path: string, bytes: number): void;
}

export function createFolderMeter(): FolderMeter {
  let files = 0;
  let total = 0;
  return {
    count(path, bytes) {
      files += 1;
      total += bytes;
      const parts = path.split('/');
      if (
        parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part))
      )
        throw refuse(path, 'its path leads out of the folder', 'Take it out of the folder');
      if (parts.length > DEEPEST)
        throw refuse(
          path,
          `it lies more than ${DEEPEST} folders deep`,
          'Open the folder that holds playbook.yaml',
        );
      if (files > MOST_FILES)
        throw refuse(
          path,
          `the folder has more than ${MOST_FILES} files`,
          'Open the folder that holds playbook.yaml',
        );
      if (total > MOST_BYTES)
        throw refuse(
          path,
          `the folder is larger than ${MOST_BYTES / MB} MB`,
          'Open the folder that holds playbook.yaml',
        );
      if (isText(path) && bytes > LARGEST_TEXT)
        throw refuse(
          path,
          `it is larger than ${LARGEST_TEXT / MB} MB`,
          'Split it, or take it out of the folder',
        );
    },
  };
}

/**
 * The text of a file, its byte order mark included, so that writing it back changes nothing.
 * @throws OpportuneError `opportune/folder` where it is not UTF-8.
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse(path, 'it is not UTF-8', 'Save it as UTF-8 in a text editor');
  }
}

/** @throws OpportuneError `opportune/folder` where this is no playbook. */
export function checkPlaybook(files: readonly SourceFile[]): readonly SourceFile[] {
  if (files.some(({ path }) => path === 'playbook.yaml')) return files;
  throw refuse('playbook.yaml', 'it is not in this folder', 'Open the folder that holds it');
}

export function refuse(where: string, message: string, remedy: string): OpportuneError {
  return new OpportuneError('opportune/folder', message, { where, remedy });
}
