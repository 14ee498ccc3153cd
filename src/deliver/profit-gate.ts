import { asNumber } from '../core/as-number.js';
import type { Situated } from '../domain/condition.js';
import type { Margin } from '../domain/decision.js';
import type { Play, Playbook } from '../domain/playbook.js';

/**
 * The margin of an offer after the cost to serve this account, as a rate of the price, against what the playbook asks;
 * undefined where nothing is offered, or the cost is not known. The lowest price that would pass is cost / (1 - required).
 */
export function findMargin(
  { offers }: Play,
  situated: Situated,
  { products, profitGate }: Playbook,
): Margin | undefined {
  const { costMinor, priceMinor = 0 } = products.find(({ id }) => id === offers) ?? {};
  if (!profitGate || costMinor === undefined || priceMinor <= 0) return undefined;
  const { minMarginRate, costToServe = '' } = profitGate;
  const cost = costMinor + (asNumber(situated.get(costToServe)) ?? 0);
  return {
    rate: (priceMinor - cost) / priceMinor,
    required: minMarginRate,
    priceMinor,
    neededPriceMinor: Math.ceil(cost / (1 - minMarginRate)),
  };
}
