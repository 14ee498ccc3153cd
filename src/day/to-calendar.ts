import { murmur128 } from '../core/hash.js';

/** What goes into a calendar. Texts are of people, and may hold anything. */
export interface CalendarEntry {
  /** Stays the same when the entry is moved, so that a calendar moves it, too. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly title: string;
  readonly text: string;
}

const MOST_OCTETS = 75;
const encoder = new TextEncoder();

/**
 * Entries as an iCalendar file (RFC 5545), in UTC, each calendar showing its own zone. `now` is when it was made, epoch
 * milliseconds: of two files with the same entry, calendars keep the later.
 */
export function toCalendar(entries: readonly CalendarEntry[], now: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Opportune//Day plan//EN',
    'CALSCALE:GREGORIAN',
    ...entries.flatMap(({ id, from, until, title, text }) => [
      'BEGIN:VEVENT',
      `UID:${hashOf(id)}@opportune`,
      `DTSTAMP:${momentOf(now)}`,
      `SEQUENCE:${Math.floor(now / 60_000)}`,
      `DTSTART:${momentOf(from)}`,
      `DTEND:${momentOf(until)}`,
      `SUMMARY:${escapeText(title)}`,
      ...(text === '' ? [] : [`DESCRIPTION:${escapeText(text)}`]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const momentOf = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const hashOf = (id: string): string =>
  [...murmur128(encoder.encode(id))]
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');

/** One value of text: what would end it or begin another is written out, what no calendar may hold is left out. */
function escapeText(text: string): string {
  return (
    text
      .replaceAll(/\p{Cs}/gu, '\ufffd')
      .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replaceAll(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  );
}

/** No line is longer than 75 octets; what goes on begins with a space. A character is never cut. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
