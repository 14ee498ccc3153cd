import type { Fact } from '../../src/domain/fact.js';
import { COMPANY } from '../../src/domain/value.js';
import { queryPages } from './read-pages.js';
import type { Wire } from './wire.js';

/** Salesforce converts what is older than its rates with the first that it has. */
const BEGINNING = Date.UTC(2000, 0, 1);
const FIELDS = ['IsoCode', 'ConversionRate', 'SystemModstamp'];

/** What each currency of the company is worth in `to`: from the beginning on, and from its last change on. */
export async function* readRates(
  wire: Wire,
  connection: string,
  to: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Fact> {
  const soql = `SELECT ${FIELDS.join(', ')} FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode`;
  // Each is told in units of the corporate currency, whichever that is.
  const perUnit = new Map<string, { readonly rate: number; readonly at: number }>();
  for await (const { rows } of queryPages(wire, { soql, fields: FIELDS, all: false, signal }))
    for (const row of rows) {
      const rate = Number(row.get('ConversionRate'));
      const at = Date.parse(row.get('SystemModstamp') ?? '');
      if (rate > 0 && at > 0) perUnit.set(row.get('IsoCode') ?? '', { rate, at });
    }
  const own = perUnit.get(to);
  if (!own) return;
  for (const [from, { rate, at }] of perUnit) {
    if (from === to) continue;
    const worth = Number((own.rate / rate).toPrecision(12));
    const slot = `${connection}/CurrencyType/${from}-${to}`;
    const changedAt = Math.max(at, own.at);
    const stamp = new Date(changedAt).toISOString().replaceAll(/[-:.]/g, '');
    for (const [id, occurredAt] of [
      [`${slot}/first`, BEGINNING],
      [`${slot}/${stamp}`, changedAt],
    ] as const)
      yield {
        id,
        type: 'rate',
        subjects: [COMPANY],
        about: [],
        occurredAt,
        learnedAt: changedAt,
        grade: 'observed',
        source: { record: COMPANY },
        data: { from, to, rate: worth },
      };
  }
}
