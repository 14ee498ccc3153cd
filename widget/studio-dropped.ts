import type { Dropped } from '../src/studio/choose.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';

/** What a choice made impossible, in words. */
export const droppedText = ({ value, because }: Dropped): string =>
  WORDS.dropped
    .replace('{value}', typeof value === 'string' ? `“${value}”` : JSON.stringify(value))
    .replace('{because}', because);
