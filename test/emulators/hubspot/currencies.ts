import type { Answer } from '../send-answer.js';
import { ApiError, invalid, notFound } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { iso, type Rate } from './portal.js';

/** The company's own. */
export const COMPANY_CURRENCY = 'EUR';

/** `/settings/v3/currencies/exchange-rates`: what other currencies are worth, all of it and what holds now. */
export function currencies(call: Call, { portal, settings }: World): Answer | undefined {
  const { method, area, parts, query } = call;
  if (area !== 'currencies') return undefined;
  const [what, id] = parts;
  if (what !== 'exchange-rates') throw notFound();
  if (!settings.mayReadRates)
    throw new ApiError(
      403,
      'MISSING_SCOPES',
      "This app hasn't been granted all required scopes to make this call.",
    );
  if (method === 'GET' && id === undefined) {
    const limit = Number(query.get('limit') ?? 100);
    const begin = Number(query.get('after') ?? 0);
    const next = begin + limit;
    return ok({
      results: portal.rates.slice(begin, next).map(show),
      ...(next < portal.rates.length && { paging: { next: { after: String(next), link: '' } } }),
    });
  }
  if (method === 'GET' && id === 'current') {
    const now = portal.rates.filter(({ effectiveAt }) => effectiveAt <= portal.now());
    const last = new Map(now.map((rate) => [rate.from, rate]));
    return ok({ results: [...last.values()].map(show) });
  }
  if (method !== 'POST' && method !== 'PATCH') throw notFound();
  const { conversionRate, fromCurrencyCode, effectiveAt } = bodyOf(call);
  const worth = Number(conversionRate);
  if (!(worth > 0)) throw invalid('conversionRate must be greater than 0');
  const at = portal.now();
  if (method === 'PATCH') {
    const rate = portal.rates.find((one) => one.id === id);
    if (!rate) throw notFound();
    rate.worth = worth;
    rate.updatedAt = at;
    return ok(show(rate));
  }
  const made: Rate = {
    id: String(portal.rates.length + 1),
    from: String(fromCurrencyCode),
    worth,
    effectiveAt: effectiveAt === undefined ? at : Date.parse(String(effectiveAt)),
    updatedAt: at,
  };
  portal.rates.push(made);
  return ok(show(made));
}

const show = ({ id, from, worth, effectiveAt, updatedAt }: Rate): unknown => ({
  id,
  fromCurrencyCode: from,
  toCurrencyCode: COMPANY_CURRENCY,
  conversionRate: worth,
  effectiveAt: iso(effectiveAt),
  createdAt: iso(effectiveAt),
  updatedAt: iso(updatedAt),
  visibleInUI: true,
});
