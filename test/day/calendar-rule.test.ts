import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ICAL from 'ical.js';
import { createRandom } from '../../src/core/random.js';
import { dateOfDay, dayOfDate } from '../../src/core/zone.js';
import { daysOfRule, readRule } from '../../src/day/calendar/rule.js';

const ALL = { from: dayOfDate('1990-01-01'), until: dayOfDate('2012-12-31') };

function daysOf(rule: string, first: string, { from, until } = ALL): readonly string[] {
  const read = readRule(rule);
  assert.ok(read, rule);
  const days = daysOfRule(read, dayOfDate(first), { from, until }, { days: 1e6 });
  assert.ok(days, rule);
  return days.map(dateOfDay);
}

/** `1997: 9/2 9/3; 1998: 1/2` as dates. */
const dates = (text: string): readonly string[] =>
  text.split('; ').flatMap((part) => {
    const [year, days = ''] = part.split(': ');
    return days.split(' ').map((one) => {
      const [month = '', day = ''] = one.split('/');
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    });
  });

/** The examples of RFC 5545, section 3.8.5.3, with the days that it gives. */
const PUBLISHED: readonly (readonly [rule: string, first: string, days: string])[] = [
  ['FREQ=DAILY;COUNT=10', '1997-09-02', '1997: 9/2 9/3 9/4 9/5 9/6 9/7 9/8 9/9 9/10 9/11'],
  ['FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09-02', '1997: 9/2 9/12 9/22 10/2 10/12'],
  [
    'FREQ=WEEKLY;COUNT=10',
    '1997-09-02',
    '1997: 9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4',
  ],
  [
    'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
    '1997-09-02',
    '1997: 9/2 9/4 9/9 9/11 9/16 9/18 9/23 9/25 9/30 10/2',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    '1997-09-02',
    '1997: 9/2 9/4 9/16 9/18 9/30 10/2 10/14 10/16',
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    '1997-09-05',
    '1997: 9/5 10/3 11/7 12/5; 1998: 1/2 2/6 3/6 4/3 5/1 6/5',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    '1997-09-07',
    '1997: 9/7 9/28 11/2 11/30; 1998: 1/4 1/25 3/1 3/29 5/3 5/31',
  ],
  [
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    '1997-09-22',
    '1997: 9/22 10/20 11/17 12/22; 1998: 1/19 2/16',
  ],
  [
    'FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-3',
    '1997-09-28',
    '1997: 9/28 10/29 11/28 12/29; 1998: 1/29 2/26',
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    '1997-09-02',
    '1997: 9/2 9/15 10/2 10/15 11/2 11/15 12/2 12/15; 1998: 1/2 1/15',
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    '1997-09-30',
    '1997: 9/30 10/1 10/31 11/1 11/30 12/1 12/31; 1998: 1/1 1/31 2/1',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    '1997-09-10',
    '1997: 9/10 9/11 9/12 9/13 9/14 9/15; 1999: 3/10 3/11 3/12 3/13',
  ],
  [
    'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    '1997-06-10',
    '1997: 6/10 7/10; 1998: 6/10 7/10; 1999: 6/10 7/10; 2000: 6/10 7/10; 2001: 6/10 7/10',
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    '1997-09-13',
    '1997: 9/13 10/11 11/8 12/13; 1998: 1/10 2/7 3/7 4/11 5/9 6/13',
  ],
  [
    'FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    '1996-11-05',
    '1996: 11/5; 2000: 11/7; 2004: 11/2',
  ],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997: 9/4 10/7 11/6'],
  [
    'FREQ=MONTHLY;COUNT=7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    '1997-09-29',
    '1997: 9/29 10/30 11/27 12/30; 1998: 1/29 2/26 3/30',
  ],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '1997: 8/5 8/10 8/19 8/24'],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1997: 8/5 8/17 8/19 8/31'],
  ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '2007-01-15', '2007: 1/15 1/30 2/15 3/15 3/30'],
];

describe('the days of a rule', () => {
  for (const [rule, first, days] of PUBLISHED)
    it(`are those that RFC 5545 gives for ${rule}`, () => {
      assert.deepEqual(daysOf(rule, first), dates(days));
    });

  it('are those that another program finds, for random rules', () => {
    const random = createRandom('rules');
    const whole = (below: number): number => Math.floor(random() * below);
    const some = (all: readonly string[]): string =>
      all.filter(() => random() < 0.4).join(',') || (all[whole(all.length)] ?? '');
    const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    for (let i = 0; i < 400; i++) {
      const frequency = ['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY'][whole(5)] ?? '';
      const isOfMonth = frequency === 'MONTHLY';
      const parts = [
        `FREQ=${frequency}`,
        `INTERVAL=${1 + whole(4)}`,
        ...(random() < 0.3 ? [`COUNT=${1 + whole(30)}`] : []),
        ...(frequency === 'WEEKLY' && random() < 0.7 ? [`BYDAY=${some(weekdays)}`] : []),
        ...(frequency === 'WEEKLY' && random() < 0.3 ? ['WKST=SU'] : []),
        ...(isOfMonth && random() < 0.3 ? [`BYMONTHDAY=${1 + whole(31)},-${1 + whole(28)}`] : []),
        ...(frequency === 'YEARLY' ? [`BYMONTH=${1 + whole(12)}`] : []),
      ];
      if (isOfMonth && parts.length === 2)
        parts.push(
          random() < 0.5
            ? `BYDAY=${1 + whole(4)}${weekdays[whole(7)]},-1${weekdays[whole(7)]}`
            : `BYDAY=${some(weekdays)};BYSETPOS=${random() < 0.5 ? -1 : 2}`,
        );
      const rule = parts.join(';');
      // The first day of a rule is one of its days, as calendars write it: what another is, no standard says.
      const asked = ICAL.Recur.fromString(rule.replace(/COUNT=\d+;?/, '').replace(/;$/, ''));
      const first = asked
        .iterator(ICAL.Time.fromDateString(dateOfDay(dayOfDate('2001-01-01') + whole(3_000))))
        .next()
        .toString();
      const window = { from: dayOfDate(first) + whole(900) - 100, until: 0 };
      window.until = window.from + 400;
      const wanted: string[] = [];
      const all = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
      for (let next = all.next(); next; next = all.next()) {
        const day = dayOfDate(next.toString());
        if (day > window.until) break;
        if (day >= window.from) wanted.push(next.toString());
      }
      assert.deepEqual(daysOf(rule, first, window), wanted, `${rule} from ${first}`);
    }
  });

  it('are not guessed where a rule has parts that are not read, or makes no sense', () => {
    for (const rule of [
      'FREQ=HOURLY',
      'FREQ=YEARLY;BYWEEKNO=20',
      'FREQ=YEARLY;BYDAY=20MO',
      'FREQ=DAILY;BYHOUR=9,10',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;INTERVAL=-1',
      'FREQ=DAILY;COUNT=many',
      'FREQ=WEEKLY;BYDAY=XX',
      'FREQ=MONTHLY;BYMONTHDAY=32',
      '',
    ])
      assert.equal(readRule(rule), undefined, rule);
  });

  it('are given up where looking for them takes longer than there is patience', () => {
    const rule = readRule('FREQ=YEARLY;INTERVAL=9999;COUNT=9999');
    assert.ok(rule);
    const patience = { days: 1_000 };
    assert.equal(daysOfRule(rule, 0, { from: 0, until: 1e9 }, patience), undefined);
  });
});
