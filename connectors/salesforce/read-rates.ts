import type { Fact } from '../../src/domain/fact.js';
import { makeRates, type RateChange } from '../reading/make-rates.js';
import { queryPages } from './read-pages.js';
import type { Wire } from './wire.js';

const FIELDS = ['IsoCode', 'ConversionRate', 'IsCorporate', 'SystemModstamp'];

/** What each currency of the company is worth in `to`. Salesforce tells only what holds now, and since when. */
export async function* readRates(
  wire: Wire,
  connection: string,
  to: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Fact> {
  const soql = `SELECT ${FIELDS.join(', ')} FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode`;
  const rates: RateChange[] = [];
  let corporate: string | undefined;
  for await (const { rows } of queryPages(wire, { soql, fields: FIELDS, all: false, signal }))
    for (const row of rows) {
      const currency = row.get('IsoCode') ?? '';
      if (row.get('IsCorporate') === 'true') corporate = currency;
      const at = Date.parse(row.get('SystemModstamp') ?? '');
      // Each is told in units of it for one of the company's own.
      rates.push({ currency, worth: 1 / Number(row.get('ConversionRate')), at });
    }
  yield* makeRates(rates, { slot: `${connection}/CurrencyType`, corporate, to });
}
