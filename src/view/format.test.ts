import { expect } from '@open-wc/testing';
import { dayOfDate } from '../core/zone.js';
import { clean, createWords, type Words } from './format.js';
import { ENGLISH, type Strings } from './strings.js';

/** Thursday 19 November 2026, 10:24 in Portland. */
const NOW = Date.parse('2026-11-19T18:24:00Z');

function words(change: Partial<Strings> = {}, currency = 'USD'): Words {
  return createWords({ ...ENGLISH, ...change }, { zone: 'America/Los_Angeles', currency }, NOW);
}

describe('words for dates and amounts', () => {
  it('writes a day as "Tue 24 Nov", one gone by as "5 Nov", this one as "today"', () => {
    const { day, fullDay } = words();
    expect(day(dayOfDate('2026-11-24'))).to.equal('Tue 24 Nov');
    expect(day(dayOfDate('2026-11-05'))).to.equal('5 Nov');
    expect(day(dayOfDate('2026-11-19'))).to.equal('today');
    expect(day(dayOfDate('2027-01-31'))).to.equal('31 Jan 2027');
    expect(fullDay(dayOfDate('2026-11-24'))).to.equal('Tuesday 24 November');
  });

  it("writes a moment in the company's zone, and leaves the time off what midnight brought", () => {
    const { when, time } = words();
    expect(time(Date.parse('2026-11-19T16:05:00Z'))).to.equal('08:05');
    expect(when(Date.parse('2026-11-19T16:05:00Z'))).to.equal('today 08:05');
    expect(when(Date.parse('2026-11-19T08:00:00Z'))).to.equal('today');
    expect(when(Date.parse('2026-11-19T07:59:00Z'))).to.equal('18 Nov');
  });

  it('rounds an estimate to two figures, and keeps what is known exact', () => {
    const { roughly, money } = words();
    expect(roughly(924_017, 'money')).to.equal('$9,200');
    expect(roughly(1_520_000, 'money')).to.equal('$15,000');
    expect(money(4_125_000)).to.equal('$41,250');
    expect(money(1_250)).to.equal('$12.50');
    expect(words({}, 'JPY').money(4_125)).to.equal('¥4,125');
    expect(words({}, 'BHD').money(4_125)).to.equal('BHD\u00a04.125');
  });

  it('tells a rate as a count of people, rare ones among a thousand', () => {
    const { outOf, percent } = words();
    expect(outOf(0.3)).to.equal('30 in 100');
    expect(outOf(0.004)).to.equal('4 in 1,000');
    expect(outOf(0)).to.equal('0 in 100');
    expect(percent(0.175)).to.equal('17.5%');
  });

  it('takes the form of a text that goes with a count, in any language', () => {
    expect(words().count('{count} day|{count} days', 1)).to.equal('1 day');
    expect(words().count('{count} day|{count} days', 0)).to.equal('0 days');
    const polish = words({ locale: 'pl' });
    const days = '{count} dzień|{count} dni|{count} dni|{count} dnia';
    expect([1, 3, 5, 1.5].map((n) => polish.count(days, n))).to.deep.equal([
      '1 dzień',
      '3 dni',
      '5 dni',
      '1,5 dnia',
    ]);
    expect(words({ locale: 'ja' }).count('{count}日', 7)).to.equal('7日');
  });

  it('formats the values in a phrase, and leaves the unit of days to its author', () => {
    const { phrase, value } = words();
    const days = { value: 14, type: 'number', unit: 'days' } as const;
    expect(phrase(['No reply for ', days, ' days'])).to.equal('No reply for 14 days');
    expect(value(14, days)).to.equal('14 days');
    expect(
      phrase([
        { value: 8_400_000, type: 'number', unit: 'money' },
        ' on ',
        { value: '2026-12-11', type: 'date' },
        ', ',
        { value: ['a', 'b'], type: 'multi', labels: ['Halden', 'Larkeye'] },
        ', ',
        { value: true, type: 'boolean' },
        ', ',
        { value: 3, type: 'number', unit: 'lines' },
      ]),
    ).to.equal('$84,000 on Fri 11 Dec, Halden and Larkeye, yes, 3 lines');
    const event = { type: 'text', unit: 'fact-type' } as const;
    expect(phrase([{ ...event, value: 'contact-joined' }])).to.equal('Contact joined');
    expect(phrase([{ ...event, value: 'purchase' }])).to.equal('Order');
    expect(phrase([{ value: 'contact-joined', type: 'text' }])).to.equal('contact-joined');
    expect(phrase(['well-known fact'])).to.equal('well-known fact');
  });

  it('makes one short line of any text, without marks that turn its direction', () => {
    expect(clean('a\u202eb\u2066c\u200fd\ne\u0007f')).to.equal('abcd e f');
    expect(clean(`${'x'.repeat(299)}😀y`)).to.equal(`${'x'.repeat(299)}…`);
    const started = clean('y'.repeat(1_000_000));
    expect(started).to.have.length(301);
  });

  it('keeps a name that runs the other way from turning its sentence round', () => {
    const { fill } = words();
    expect(fill('Call {name} now', { name: 'דנה' })).to.equal('Call \u2068דנה\u2069 now');
    expect(fill('Call {name} now', { name: 'Dana' })).to.equal('Call Dana now');
    expect(fill('{name} {other}', { name: '{other}', other: 'x' })).to.equal('{other} x');
  });
});
