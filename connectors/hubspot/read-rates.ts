import type { Pulled } from '../../src/domain/connector.js';
import { makeRates, type RateChange } from '../reading/make-rates.js';
import { afterOf, HubspotRefusal, resultsOf, type Wire } from './wire.js';

const PATH = '/settings/v3/currencies/exchange-rates';
const PLACE = 'exchange-rates';

interface NativeRate {
  readonly fromCurrencyCode?: unknown;
  readonly toCurrencyCode?: unknown;
  readonly conversionRate?: unknown;
  readonly effectiveAt?: unknown;
  readonly updatedAt?: unknown;
}

/** What each currency of the account is worth in `to`; nothing where it has one. */
export async function* readRates(
  wire: Wire,
  {
    connection,
    to,
    now,
  }: { readonly connection: string; readonly to: string; readonly now: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled> {
  const { value } = await wire.ask({ path: '/account-info/v3/details', signal });
  const { companyCurrency, additionalCurrencies } = Object(value) as {
    readonly [name: string]: unknown;
  };
  if (!Array.isArray(additionalCurrencies) || additionalCurrencies.length === 0) return;
  const rates: RateChange[] = [];
  try {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const reply = await wire.ask({
        path: PATH,
        query: [['limit', '100'], ...(after === '' ? [] : [['after', after] as const])],
        signal,
      });
      for (const rate of resultsOf<NativeRate>(reply, PATH)) {
        const { fromCurrencyCode: from, conversionRate, effectiveAt, updatedAt } = rate;
        const stamps = [effectiveAt, updatedAt].map((text) => Date.parse(String(text)));
        const at = Math.max(...stamps.filter((stamp) => stamp > 0));
        // What it will be worth is told when the time has come.
        const isKnown = rate.toCurrencyCode === companyCurrency && at <= now;
        if (typeof from === 'string' && isKnown)
          rates.push({ currency: from, worth: Number(conversionRate), at });
      }
      after = afterOf(reply.value);
    }
  } catch (error) {
    if (!(error instanceof HubspotRefusal && [403, 404].includes(error.status))) throw error;
    const reason = 'the app may not read what other currencies are worth';
    yield { type: 'skipped', skipped: { place: PLACE, part: 'file', reason } };
    return;
  }
  const slot = `${connection}/${PLACE}`;
  for (const fact of makeRates(rates, { slot, corporate: String(companyCurrency), to }))
    yield { type: 'fact', fact };
}
