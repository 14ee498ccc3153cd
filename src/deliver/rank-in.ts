import { hashUnit } from '../core/hash-unit.js';
import { type ArbitrationView, worthOf } from '../domain/decision.js';
import type { StandingArm } from '../domain/playbook.js';

/**
 * The priority as an account's arm has it. Only the order changes: whether a card is worth showing, floors, contact policy
 * and profit gate are those of the whole product. The lot is drawn by the opening, and so the same at every look.
 */
export function rankIn(
  whole: ArbitrationView,
  arm: StandingArm | undefined,
  opening: string,
): ArbitrationView {
  if (arm === undefined || arm === 'full') return whole;
  const { product: _, ...view } = whole;
  const priority =
    arm === 'random'
      ? hashUnit(`random/${opening}`)
      : arm === 'propensity'
        ? view.propensity.rate
        : withoutLevers(whole);
  return { ...view, priority, worth: worthOf(whole), arm };
}

function withoutLevers({ goals, product, minuteCost, touchCost }: ArbitrationView): number {
  const expected = goals.reduce(
    (sum, { share, weight }) => (weight > 0 ? sum + share / weight : sum),
    0,
  );
  return expected / (product?.lever ?? 1) - minuteCost - touchCost;
}
