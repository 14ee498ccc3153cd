import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isDateFormat, parseDateTime, parseInstant, toInstant } from '../reading/dates.js';
import { findNearest } from '../reading/nearest.js';
import { minorDigits, parseNumber, readCell } from '../reading/read-cell.js';
import { domainOf, namesOf } from './match-names.js';
import { textColumn } from './read-row.js';

const CONTEXT = { zone: 'UTC', empty: [], currency: 'EUR' };

describe('numbers in cells', () => {
  const numbers: readonly (readonly [string, '.' | ',', number | undefined])[] = [
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['1 234', '.', 1234],
    ["1'234'567", '.', 1_234_567],
    ['-0.5', '.', -0.5],
    ['.5', '.', 0.5],
    ['1e3', '.', 1000],
    ['1,5', '.', undefined],
    ['12 pcs', '.', undefined],
    ['1.2.3', '.', undefined],
    ['', '.', undefined],
    ['-', '.', undefined],
    ['0x10', '.', undefined],
    ['Infinity', '.', undefined],
  ];
  for (const [text, decimal, number] of numbers)
    it(`reads ${JSON.stringify(text)} with "${decimal}" as ${number}`, () =>
      assert.equal(parseNumber(text, decimal), number));

  it('takes 1100.04 in millions of USD as 110,004,000,000 cents', () => {
    const column = {
      ...textColumn('revenue', 1),
      type: 'money' as const,
      scale: 1_000_000,
      currency: 'USD',
    };
    const cell = readCell('1100.04', column, { ...CONTEXT, currency: 'USD' });
    assert.deepEqual(cell.kind === 'value' && cell.value, {
      amountMinor: 110_004_000_000,
      currency: 'USD',
    });
  });

  const money: readonly (readonly [string, string])[] = [
    ['€ 1,200.50', '120050 EUR'],
    ['1,200.50 USD', '120050 USD'],
    ['JPY 1200', '1200 JPY'],
    ['KWD 1.2', '1200 KWD'],
    ['(20)', '-2000 EUR'],
    ['$5', '"price" is in another currency than EUR'],
    ['about 5', '"price" is not an amount of money'],
    ['1e30', '"price" is not an amount of money'],
  ];
  for (const [text, expected] of money)
    it(`reads ${JSON.stringify(text)} of a column in EUR as ${expected}`, () => {
      const cell = readCell(text, { ...textColumn('price', 1), type: 'money' }, CONTEXT);
      const { amountMinor, currency } = (cell.kind === 'value' ? cell.value : {}) as {
        amountMinor?: number;
        currency?: string;
      };
      assert.equal(cell.kind === 'problem' ? cell.reason : `${amountMinor} ${currency}`, expected);
    });

  it('knows the minor digits of USD 2, JPY 0, KWD 3', () =>
    assert.deepEqual(['USD', 'JPY', 'KWD'].map(minorDigits), [2, 0, 3]));
});

describe('dates in cells', () => {
  const dates: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['2026-02-28', undefined, '2026-02-28'],
    ['2026-02-29', undefined, undefined],
    ['28.2.2026', 'DD.MM.YYYY', '2026-02-28'],
    ['02/28/2026', 'MM/DD/YYYY', '2026-02-28'],
    ['28/02/2026', 'MM/DD/YYYY', undefined],
    ['20260228', 'YYYYMMDD', '2026-02-28'],
    ['2026-02-28x', undefined, undefined],
    ['28-02-26', 'DD-MM-YYYY', undefined],
  ];
  for (const [text, format, date] of dates)
    it(`reads ${text} as ${format ?? 'ISO 8601'}: ${date}`, () =>
      assert.equal(parseDateTime(text, format)?.date, date));

  it('knows a format by its year, month and day, once each', () => {
    assert.deepEqual(
      ['DD.MM.YYYY', 'DD.MM', 'DD.DD.MM.YYYY', 'YYYY-MM-DD hh:mm'].map((format) =>
        isDateFormat(format, false),
      ),
      [true, false, false, true],
    );
    assert.equal(isDateFormat('DD.MM.YYYY', true), false);
  });

  const instants: readonly (readonly [string, string, string])[] = [
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-07-01T12:30:00Z', 'America/New_York', '2026-07-01T12:30:00.000Z'],
    ['2026-07-01 12:30', 'Europe/Berlin', '2026-07-01T10:30:00.000Z'],
    ['2026-07-01T12:30:15.25+05:30', 'UTC', '2026-07-01T07:00:15.250Z'],
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29 03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ];
  for (const [text, zone, instant] of instants)
    it(`takes ${text} in ${zone} as ${instant}`, () =>
      assert.equal(new Date(parseInstant(text, zone) ?? Number.NaN).toISOString(), instant));

  it('takes a time of a zone so that its clocks show that time, but for hours that they skip', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 * 1440 }),
        fc.constantFrom(...zones),
        (minute, zone) => {
          const wall = new Date(minute * 60_000).toISOString().slice(0, 16);
          const read = parseDateTime(wall);
          assert.ok(read);
          const at = toInstant(read, zone);
          // The Swedish form is ISO 8601.
          const shown = new Intl.DateTimeFormat('sv', {
            timeZone: zone,
            dateStyle: 'short',
            timeStyle: 'short',
          })
            .format(at)
            .replace(' ', 'T');
          const skipped =
            shown !== wall && new Date(`${shown}Z`).getTime() - new Date(`${wall}Z`).getTime();
          assert.ok(
            skipped === false || (skipped > 0 && skipped <= 3_600_000),
            `${wall} in ${zone} is shown as ${shown}`,
          );
        },
      ),
      { seed: 20_261_101, numRuns: 400 },
    );
  });
});

describe('names of customers', () => {
  const same: readonly (readonly [string, string])[] = [
    ['GTXPro', 'GTX Pro'],
    ['ACME, Inc.', 'Acme Incorporated'],
    ['Müller GmbH & Co. KG', 'muller'],
    ['Gekko & Co', 'Gekko'],
    ['A.B.C. Ltd', 'ABC Limited'],
  ];
  for (const [a, b] of same)
    it(`takes "${a}" and "${b}" for one name`, () =>
      assert.equal(namesOf(a).bare, namesOf(b).bare));

  const different: readonly (readonly [string, string])[] = [
    ['Sonron', 'Sonrom'],
    ['Acme East', 'Acme West'],
    ['3M', 'M'],
  ];
  for (const [a, b] of different)
    it(`takes "${a}" and "${b}" for two names`, () =>
      assert.notEqual(namesOf(a).bare, namesOf(b).bare));

  it('keeps a name that is a legal form and nothing else', () =>
    assert.equal(namesOf('Co.').bare, 'co'));

  const domains: readonly (readonly [string, string])[] = [
    ['Ana@Sales.Acme.Test', 'sales.acme.test'],
    ['https://www.acme.test:8080/x?y', 'acme.test'],
    ['ana@gmail.com', ''],
    ['no address', ''],
    ['localhost', ''],
  ];
  for (const [text, domain] of domains)
    it(`takes ${JSON.stringify(domain)} from ${text}`, () => assert.equal(domainOf(text), domain));

  it('finds technology for technolgy, zones for zone, and nothing for price', () => {
    assert.equal(findNearest('technolgy', ['finance', 'technology']), 'technology');
    assert.equal(findNearest('zone', ['zones', 'files']), 'zones');
    assert.equal(findNearest('price', ['name', 'stage']), undefined);
  });
});
