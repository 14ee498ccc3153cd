import { dayNumber, dayOfDate, startOfDay } from '../../src/core/zone.js';
import type { Fact } from '../../src/domain/fact.js';
import type { FieldMap } from '../field-map/field-map.js';
import { makeRates, type RateChange } from '../reading/make-rates.js';
import { describeObject } from './describe.js';
import { queryPages, type RowText } from './read-pages.js';
import type { Wire } from './wire.js';

const PRESENT = ['IsoCode', 'ConversionRate', 'IsCorporate', 'SystemModstamp'];
const DATED = ['IsoCode', 'ConversionRate', 'StartDate', 'SystemModstamp'];

/**
 * What each currency of the company is worth in that of the map. Of most companies Salesforce tells only what holds now, and
 * since when; with advanced currency management, what holds from which day on. Nothing where there is one currency.
 */
export async function* readRates(
  wire: Wire,
  { connection, currency: to, zone }: Pick<FieldMap, 'connection' | 'currency' | 'zone'>,
  now: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Fact> {
  // Where there is one currency, there is no such object.
  if (to === undefined || !(await describeObject(wire, 'CurrencyType', signal))) return;
  const rowsOf = async (from: string, fields: readonly string[]): Promise<RowText[]> => {
    const soql = `SELECT ${fields.join(', ')} FROM ${from}`;
    const rows: RowText[] = [];
    for await (const page of queryPages(wire, { soql, fields, all: false, signal }))
      rows.push(...page.rows);
    return rows;
  };
  // Each is told in units of it for one of the company's own.
  const worthOf = (row: RowText): Pick<RateChange, 'currency' | 'worth'> => ({
    currency: row.get('IsoCode') ?? '',
    worth: 1 / Number(row.get('ConversionRate')),
  });
  const changedAt = (row: RowText): number => Date.parse(row.get('SystemModstamp') ?? '');
  const present = await rowsOf('CurrencyType WHERE IsActive = true ORDER BY IsoCode', PRESENT);
  const corporate = present.find((row) => row.get('IsCorporate') === 'true')?.get('IsoCode');
  const isDated = await describeObject(wire, 'DatedConversionRate', signal);
  const dated = isDated
    ? await rowsOf('DatedConversionRate ORDER BY IsoCode, StartDate', DATED)
    : [];
  const known = new Set(present.map((row) => row.get('IsoCode')));
  const rates = dated.flatMap((row): RateChange[] => {
    const day = dayOfDate(row.get('StartDate') ?? '');
    // What it will be worth is told when the day has come.
    if (!known.has(row.get('IsoCode')) || !(day <= dayNumber(now, zone))) return [];
    // Rates without a beginning start in the year 1.
    const at = Math.max(1, startOfDay(day, zone));
    return [{ ...worthOf(row), at, changedAt: changedAt(row) }];
  });
  const without = present.filter(
    (row) => !rates.some(({ currency }) => currency === row.get('IsoCode')),
  );
  rates.push(...without.map((row) => ({ ...worthOf(row), at: changedAt(row) })));
  yield* makeRates(rates, { slot: `${connection}/CurrencyType`, corporate, to });
}
