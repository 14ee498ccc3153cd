import { dateOn } from './calendar.js';
import { type CatalogueProduct, type Family, productOf } from './catalogue.js';
import type { Telling } from './telling.js';

export const STAGES = ['Discovery', 'Evaluation', 'Proposal', 'Negotiation'] as const;
export type Stage = (typeof STAGES)[number];
type Kind = 'Machine' | 'Upgrade' | 'Renewal' | 'Consumables' | 'Software';

/** What becomes of a deal; the past is told up to today, so a long one is still open. */
export interface DealPlan {
  readonly name: string;
  readonly kind: Kind;
  readonly product: CatalogueProduct;
  readonly quantity: number;
  readonly start: number;
  /** Days spent in each stage that it passes through. */
  readonly stays: readonly number[];
  readonly wins: boolean;
  /** Nobody has closed it, though nothing goes on. */
  readonly forgotten?: boolean;
  /** In [0, 1]: how keen they are. Keen buyers answer, and bring colleagues. */
  readonly keen: number;
  readonly competitor?: 'Brantex' | 'Corvane';
}

const LINE_NAMES = ['line 1', 'line 2', 'line 3', 'the new hall', 'the filling hall', 'packing'];
const KIND_OF: { readonly [family in Family]: Kind } = {
  labeller: 'Machine',
  printer: 'Machine',
  vision: 'Upgrade',
  consumable: 'Consumables',
  part: 'Consumables',
  material: 'Consumables',
  service: 'Renewal',
  software: 'Software',
};
/** The first sells the most. */
const WANTED = [
  'v1-vision',
  'l3-labeller',
  'l2-labeller',
  'p4-printer',
  'line-view',
  'l5-labeller',
  'p1-printer',
  'recipe-vault',
  'v2-vision',
  'label-rolls',
].map(productOf);

export function planDeal({ profile, draws }: Telling, start: number): DealPlan {
  const fits = WANTED.filter(
    ({ id, price }) =>
      price < 5000 + profile.employees * 420 &&
      (id !== 'v2-vision' || profile.machines.includes('l5-labeller')) &&
      (id !== 'recipe-vault' || profile.software.includes('line-view')) &&
      !(profile.software.includes(id) && start > -300),
  );
  const product = draws.pickZipf(fits.length > 0 ? fits : WANTED.slice(2, 5));
  const keen = Math.min(1, Math.max(0, profile.warmth * 0.6 + draws.between(-0.1, 0.55)));
  const wins = draws.chance(0.08 + 0.5 * keen * keen);
  const pace = wins ? 0.8 : 1.25;
  const yearly = product.family === 'consumable';
  return {
    name: yearly
      ? `Label rolls, yearly order ${start < -320 ? '2026' : '2027'}`
      : product.family === 'software'
        ? `${product.label} for the plant`
        : `${product.label}, ${draws.pickZipf(LINE_NAMES)}`,
    kind: KIND_OF[product.family],
    product,
    quantity: yearly ? draws.whole(12, 40) : product.price < 40_000 && draws.chance(0.2) ? 2 : 1,
    start,
    stays: STAGES.slice(0, wins ? 4 : 1 + draws.pickZipf([2, 1, 3, 0])).map((_, i) =>
      Math.max(3, Math.round(draws.logNormal([13, 22, 17, 13][i] ?? 14, 0.5) * pace)),
    ),
    wins,
    keen,
    ...(!wins && start > -260 && draws.chance(0.3) && { forgotten: true }),
    ...(draws.chance(wins ? 0.14 : 0.32) && {
      competitor: draws.pickZipf(['Brantex', 'Corvane'] as const),
    }),
  };
}

/** The plan of the coming year: a deal that opens some weeks before the plan ends. */
export function renewalPlan({ profile, draws }: Telling, ends: number): DealPlan {
  const product = productOf(profile.plan === 'Total' ? 'plan-total' : 'plan-plus');
  const year =
    Number(dateOn(ends).slice(0, 4)) + (dateOn(ends) > `${dateOn(ends).slice(0, 4)}-06` ? 1 : 0);
  return {
    name: `Service plan renewal ${year}`,
    kind: 'Renewal',
    product,
    quantity: Math.max(1, Math.round(profile.lines / 2)),
    start: ends - draws.whole(55, 80),
    stays: [draws.whole(4, 9), draws.whole(6, 12), draws.whole(8, 14), draws.whole(8, 20)],
    wins: ends < -10 || draws.chance(0.85),
    keen: Math.min(1, profile.warmth + draws.between(-0.25, 0.15)),
  };
}
