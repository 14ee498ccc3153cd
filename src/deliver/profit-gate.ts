import type { Situated } from '../domain/condition.js';
import type { Margin } from '../domain/decision.js';
import type { Play, Playbook } from '../domain/playbook.js';

/**
 * The margin of an offer after the cost to serve this account, as a rate of the price, against what the playbook asks;
 * undefined where nothing is offered, or the cost is not known. The lowest price that would pass is cost / (1 - required).
 */
export function findMargin(play: Play, situated: Situated, playbook: Playbook): Margin | undefined {
  const gate = playbook.profitGate;
  const product = playbook.products.find(({ id }) => id === play.offers);
  if (!gate || !product || product.costMinor === undefined || product.priceMinor <= 0)
    return undefined;
  const toServe = gate.costToServe === undefined ? undefined : situated.get(gate.costToServe);
  const cost = product.costMinor + (typeof toServe === 'number' ? toServe : 0);
  return {
    rate: (product.priceMinor - cost) / product.priceMinor,
    required: gate.minMarginRate,
    priceMinor: product.priceMinor,
    neededPriceMinor: Math.ceil(cost / (1 - gate.minMarginRate)),
  };
}
