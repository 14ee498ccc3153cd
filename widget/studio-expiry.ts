import { html } from 'lit';
import { dayOfDate } from '../src/core/zone.js';
import type { JsonValue } from '../src/domain/value.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import type { Words } from '../src/view/format.js';

const SOON = 14;
const DAY_MS = 86_400_000;
const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** When content ends: in words of caution where that is soon, or past. */
export function expiryText(
  expires: JsonValue | undefined,
  left: number | undefined,
  words: Words,
): unknown {
  if (left === undefined) return html`<span class="quiet">${WORDS.noExpiry}</span>`;
  const day = format.format(dayOfDate(String(expires)) * DAY_MS);
  if (left <= 0) return html`<span class="wrong">${words.fill(WORDS.expiredOn, { day })}</span>`;
  if (left > SOON) return words.fill(WORDS.expiresOn, { day });
  return html`<span class="wrong">${words.count(WORDS.expiresIn, left)}</span>`;
}
