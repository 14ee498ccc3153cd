/**
 * The studio's content library with 10,000 contents and 5,000 plays, in Chromium: how long after a letter in the search, in
 * the type-ahead of a chip, in the filter of plays, and in the text of a content, what comes of it is drawn and laid out.
 */

import { inChromium } from './in-chromium.js';

const { listed, prepared, search, tag, filter, written } = (await inChromium(
  './studio-content-page.ts',
)) as {
  readonly listed: number;
  readonly prepared: number;
  readonly search: readonly number[];
  readonly tag: readonly number[];
  readonly filter: readonly number[];
  readonly written: readonly number[];
};
console.log(
  `\n10,000 contents and 5,000 plays; the list stands after ${Math.round(listed)} ms, its words are read ${Math.round(prepared)} ms later`,
);
for (const [name, times] of Object.entries({
  'a letter in the search': search,
  'a letter in a chip': tag,
  'a letter in the filter of plays': filter,
  'a letter in the text of a content': written,
})) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  console.log(
    `${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms of ${times.length}`,
  );
}
