import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toIso } from '../../src/core/zone.js';
import { readCalendar } from '../../src/day/calendar/read-calendar.js';
import { toCalendar } from '../../src/day/to-calendar.js';

const BERLIN = 'Europe/Berlin';
const event = (lines: string): string => `BEGIN:VEVENT\n${lines.trim()}\nEND:VEVENT`;
const calendar = (...parts: readonly string[]): string =>
  `BEGIN:VCALENDAR\nVERSION:2.0\n${parts.join('\n')}\nEND:VCALENDAR\n`;
const read = (text: string, from = '2026-12-01', until = '2026-12-15') =>
  readCalendar(text, { from: Date.parse(from), until: Date.parse(until), zone: BERLIN });
const shortOf = (at: number): string => (toIso(at) ?? '').slice(5, 16);
const busy = (text: string, from?: string, until?: string): readonly string[] =>
  read(text, from, until).busy.map(
    (one) => `${shortOf(one.from)} ${shortOf(one.until)}${one.title ? ` ${one.title}` : ''}`,
  );

describe('when a calendar says that somebody is busy', () => {
  it('is told in each of the ways in which calendars write a time', () => {
    assert.deepEqual(
      busy(
        calendar(
          event('DTSTART:20261201T090000Z\nDTEND:20261201T100000Z\nSUMMARY:UTC'),
          event('DTSTART;TZID=America/New_York:20261201T090000\nDURATION:PT1H30M\nSUMMARY:Zone'),
          event('DTSTART:20261202T090000\nDTEND:20261202T100000\nSUMMARY:My own clock'),
          event('DTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261205\nSUMMARY:Two days'),
          event('DTSTART;VALUE=DATE:20261207\nSUMMARY:One day'),
          event('DTSTART:20261208T090000Z\nSUMMARY:A mark in the calendar takes no time'),
          event(
            'DTSTART;TZID="/example.org/20261201/Europe/Berlin":20261209T090000\nDURATION:PT1H',
          ),
        ),
      ),
      [
        '12-01T09:00 12-01T10:00 UTC',
        '12-01T14:00 12-01T15:30 Zone',
        '12-02T08:00 12-02T09:00 My own clock',
        '12-02T23:00 12-04T23:00 Two days',
        '12-06T23:00 12-07T23:00 One day',
        '12-09T08:00 12-09T09:00',
      ],
    );
  });

  it('leaves out what is cancelled, marked as free, or was put there by a plan', () => {
    const at = 'DTSTART:20261201T090000Z\nDTEND:20261201T100000Z\n';
    const plan = toCalendar(
      [
        {
          id: 'a|crm:account:1',
          from: Date.parse('2026-12-01T09:00Z'),
          until: Date.parse('2026-12-01T10:00Z'),
          title: 'Call',
          text: '',
        },
      ],
      Date.parse('2026-11-30'),
    );
    assert.deepEqual(
      busy(
        calendar(
          event(`${at}TRANSP:TRANSPARENT`),
          event(`${at}STATUS:CANCELLED`),
          event(`${at}X-MICROSOFT-CDO-BUSYSTATUS:FREE`),
        ) + plan,
      ),
      [],
    );
  });

  it('keeps titles that are private to itself', () => {
    const at = 'DTSTART:20261201T090000Z\nDTEND:20261201T100000Z\n';
    assert.deepEqual(
      read(
        calendar(
          event(`${at}CLASS:PRIVATE\nSUMMARY:Doctor`),
          event(`${at}CLASS:CONFIDENTIAL\nSUMMARY:Offer`),
        ),
      ).busy.map(({ title }) => title),
      [undefined, undefined],
    );
  });

  it('follows a meeting of each week over a change of the clock, without those dropped, with the one moved', () => {
    const standup = event(`
UID:standup
DTSTART;TZID=Europe/Berlin:20261005T093000
DTEND;TZID=Europe/Berlin:20261005T100000
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261109T083000Z
EXDATE;TZID=Europe/Berlin:20261028T093000
SUMMARY:Stand-up`);
    const moved = event(`
UID:standup
RECURRENCE-ID;TZID=Europe/Berlin:20261102T093000
DTSTART;TZID=Europe/Berlin:20261102T150000
DTEND;TZID=Europe/Berlin:20261102T153000
SUMMARY:Stand-up, later`);
    assert.deepEqual(busy(calendar(standup, moved), '2026-10-20', '2026-12-01'), [
      '10-21T07:30 10-21T08:00 Stand-up',
      '10-26T08:30 10-26T09:00 Stand-up',
      '11-02T14:00 11-02T14:30 Stand-up, later',
      '11-04T08:30 11-04T09:00 Stand-up',
      '11-09T08:30 11-09T09:00 Stand-up',
    ]);
  });

  it('takes a meeting that one cancelled once out of its row alone', () => {
    const row = event(
      'UID:row\nDTSTART:20261201T090000Z\nDTEND:20261201T100000Z\nRRULE:FREQ=DAILY;COUNT=3',
    );
    const gone = event(
      'UID:row\nRECURRENCE-ID:20261202T090000Z\nDTSTART:20261202T090000Z\nSTATUS:CANCELLED',
    );
    assert.deepEqual(busy(calendar(row, gone)), [
      '12-01T09:00 12-01T10:00',
      '12-03T09:00 12-03T10:00',
    ]);
  });

  it('reads a clock that only the calendar knows, as Outlook writes it, like that of the zone itself', () => {
    const zone = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
    const daily = (name: string): string =>
      event(
        `DTSTART;TZID=${name}:20260101T090000\nDTEND;TZID=${name}:20260101T093000\nRRULE:FREQ=DAILY`,
      );
    const all = ['2026-01-05', '2027-12-20'] as const;
    const known = busy(calendar(daily(BERLIN)), ...all);
    assert.ok(known.length > 700);
    assert.deepEqual(busy(calendar(zone, daily('W. Europe Standard Time')), ...all), known);
  });

  it('reads a list of busy times without titles, as servers publish it', () => {
    assert.deepEqual(
      busy(
        calendar(
          'BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20261201T090000Z/20261201T100000Z,20261202T090000Z/PT30M\nFREEBUSY;FBTYPE=FREE:20261203T090000Z/PT1H\nEND:VFREEBUSY',
        ),
      ),
      ['12-01T09:00 12-01T10:00', '12-02T09:00 12-02T09:30'],
    );
  });

  it('says how many entries it could not read, and takes of those that repeat the first time', () => {
    const at = 'DTSTART:20261201T090000Z\nDTEND:20261201T100000Z\n';
    const found = read(
      calendar(
        event(`${at}RRULE:FREQ=HOURLY`),
        event('DTSTART;TZID=Nowhere:20261201T090000\nDURATION:PT1H'),
        event('DTSTART:20261301T090000Z\nDURATION:PT1H'),
        event('SUMMARY:Some day'),
        event(`RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T080000Z\n${at}`),
      ),
    );
    assert.deepEqual([found.busy.length, found.unread], [2, 5]);
  });

  it('holds what strangers wrote as text alone, in one line and not long', () => {
    const title = `a\\, b\\nc\u202e\u0007${'x'.repeat(500)}`;
    const [one] = read(
      calendar(event(`DTSTART:20261201T090000Z\nDURATION:PT1H\nSUMMARY:${title}`)),
    ).busy;
    assert.match(one?.title ?? '', /^a, b c x+…$/);
    assert.ok((one?.title ?? '').length <= 81);
  });

  it('unfolds long lines', () => {
    assert.deepEqual(
      busy(
        'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026\r\n 1201T090000Z\r\nDURATION:PT1H\r\nSUMMARY:Very\r\n  long\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      ),
      ['12-01T09:00 12-01T10:00 Very long'],
    );
  });

  it('ends soon, however a file is made up', () => {
    const endless = Array.from({ length: 3_000 }, () =>
      event('DTSTART:19000101T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;INTERVAL=9999;COUNT=9999'),
    );
    const found = read(calendar(...endless));
    assert.ok(found.unread > 0);
    const deep = `${'BEGIN:VCALENDAR\n'.repeat(100_000)}END:VCALENDAR`;
    assert.deepEqual(read(deep), { busy: [], unread: 0 });
    assert.deepEqual(read(calendar(`X${';A="'.repeat(100_000)}`)), { busy: [], unread: 0 });
  });

  it('refuses what is no calendar, and says what is wanted', () => {
    for (const text of ['', '<html>Sign in</html>', 'BEGIN:VCARD\nEND:VCARD'])
      assert.throws(() => read(text), /no iCalendar file.*ends with \.ics/);
  });
});
