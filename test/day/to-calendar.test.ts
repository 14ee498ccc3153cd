import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ICAL from 'ical.js';
import { type CalendarEntry, toCalendar } from '../../src/day/to-calendar.js';

const NOW = Date.UTC(2026, 10, 30, 8);
const entry = (change: Partial<CalendarEntry>): CalendarEntry => ({
  id: 'silent-buyer|crm:opportunity:1',
  from: Date.UTC(2026, 11, 1, 9),
  until: Date.UTC(2026, 11, 1, 9, 20),
  title: 'Call Jane',
  text: '',
  ...change,
});

const read = (file: string) =>
  new ICAL.Component(ICAL.parse(file))
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));

describe('a plan as a calendar file', () => {
  it('is read by another program with its times and texts', () => {
    const [event] = read(toCalendar([entry({ text: 'No reply for 12 days.' })], NOW));
    assert.equal(event?.summary, 'Call Jane');
    assert.equal(event?.description, 'No reply for 12 days.');
    assert.equal(event?.startDate.toJSDate().getTime(), Date.UTC(2026, 11, 1, 9));
    assert.equal(event?.endDate.toJSDate().getTime(), Date.UTC(2026, 11, 1, 9, 20));
  });

  it('holds what strangers wrote as text alone, however it is made up', () => {
    const title =
      'Evil\r\nEND:VEVENT\r\nATTACH:file:///etc/passwd, a; b \\n "q" 株式会社 😀\u202e\u0000\ud800';
    const events = read(toCalendar([entry({ title }), entry({ id: 'other' })], NOW));
    assert.equal(events.length, 2);
    assert.equal(
      events[0]?.summary,
      'Evil\nEND:VEVENT\nATTACH:file:///etc/passwd, a; b \\n "q" 株式会社 😀�',
    );
    assert.equal(events[0]?.component.getFirstProperty('attach'), null);
  });

  it('has no line of more than 75 octets, ends each with CRLF and cuts no character', () => {
    const title = '株式会社'.repeat(40);
    const file = toCalendar([entry({ title })], NOW);
    const lines = file.split('\r\n');
    assert.equal(lines.pop(), '');
    for (const line of lines) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.ok(!/[\r\n\ufffd]/.test(line), line);
    }
    assert.equal(read(file)[0]?.summary, title);
  });

  it('moves an entry that was moved, and tells another one apart', () => {
    const [before] = read(toCalendar([entry({})], NOW));
    const moved = { from: Date.UTC(2026, 11, 2, 9), until: Date.UTC(2026, 11, 2, 10) };
    const [after, other] = read(
      toCalendar([entry(moved), entry({ id: 'other' })], NOW + 3_600_000),
    );
    assert.equal(after?.uid, before?.uid);
    assert.notEqual(other?.uid, before?.uid);
    assert.ok(Number(after?.sequence) > Number(before?.sequence));
  });
});
