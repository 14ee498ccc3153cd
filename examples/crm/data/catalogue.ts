/** What Halden Line Systems sells, as `playbook/products.yaml` has it. */
export interface CatalogueProduct {
  readonly id: string;
  readonly label: string;
  readonly brand: string;
  readonly family: Family;
  /** US dollars; of plans and software for one year. */
  readonly price: number;
}

export type Family =
  | 'labeller'
  | 'printer'
  | 'vision'
  | 'consumable'
  | 'part'
  | 'material'
  | 'service'
  | 'software';

const product = (
  id: string,
  label: string,
  brand: string,
  family: Family,
  price: number,
): CatalogueProduct => ({ id, label, brand, family, price });

export const CATALOGUE: readonly CatalogueProduct[] = [
  product('l2-labeller', 'L2 labeller', 'Halden', 'labeller', 24_000),
  product('l3-labeller', 'L3 labeller', 'Halden', 'labeller', 38_000),
  product('l5-labeller', 'L5 high-speed labeller', 'Halden', 'labeller', 78_000),
  product('p1-printer', 'P1 print-and-apply', 'Norvik', 'printer', 16_500),
  product('p4-printer', 'P4 case printer', 'Halden', 'printer', 21_000),
  product('v1-vision', 'V1 label check', 'Larkeye', 'vision', 46_000),
  product('v2-vision', 'V2 six-camera check', 'Larkeye', 'vision', 72_000),
  product('label-rolls', 'Label rolls', 'Pressmark', 'consumable', 3_400),
  product('ribbons', 'Ribbons', 'Pressmark', 'consumable', 620),
  product('care-kit', 'Care kit', 'Halden', 'consumable', 280),
  product('plan-plus', 'Service plan Plus', 'Halden', 'service', 12_500),
  product('plan-total', 'Service plan Total', 'Halden', 'service', 21_000),
  product('line-view', 'LineView reports', 'Halden', 'software', 12_000),
  product('recipe-vault', 'Recipe Vault', 'Halden', 'software', 7_800),
  product('adhesive-remover', 'Adhesive remover', 'Pressmark', 'material', 48),
  product('freezer-labels', 'Freezer labels', 'Pressmark', 'material', 980),
  product('clear-labels', 'Clear film labels', 'Pressmark', 'material', 1_150),
  product('tamper-seals', 'Tamper-evident seals', 'Pressmark', 'material', 870),
  product('drum-labels', 'Drum labels', 'Pressmark', 'material', 760),
  product('resin-ribbons', 'Resin ribbons', 'Pressmark', 'material', 690),
  product('case-ink', 'Case ink', 'Halden', 'material', 230),
  product('applicator-pads', 'Applicator pads', 'Halden', 'part', 95),
  product('drive-belt', 'Drive belt', 'Halden', 'part', 72),
  product('feed-rollers', 'Feed rollers', 'Halden', 'part', 180),
  product('peel-plate', 'Peel plate', 'Halden', 'part', 240),
  product('servo-filters', 'Servo filters', 'Halden', 'part', 110),
  product('gap-sensor', 'Label gap sensor', 'Halden', 'part', 310),
  product('wrap-pads', 'Wrap-around pads', 'Halden', 'part', 160),
  product('washdown-cover', 'Wash-down cover', 'Halden', 'part', 340),
  product('print-head', 'Print head', 'Norvik', 'part', 540),
  product('platen-roller', 'Platen roller', 'Norvik', 'part', 130),
  product('tamp-pad', 'Tamp pad', 'Norvik', 'part', 85),
  product('nozzle-wipers', 'Nozzle wipers', 'Halden', 'part', 65),
  product('calibration-cards', 'Calibration cards', 'Larkeye', 'part', 150),
  product('inspection-lamp', 'Inspection lamp', 'Larkeye', 'part', 420),
  product('lens-covers', 'Lens covers', 'Larkeye', 'part', 60),
  product('line-view-seat', 'LineView seat', 'Halden', 'software', 480),
  product('audit-trail', 'Audit trail', 'Halden', 'software', 1_900),
];

const byId = new Map(CATALOGUE.map((item) => [item.id, item]));

export function productOf(id: string): CatalogueProduct {
  const found = byId.get(id);
  if (!found) throw new RangeError(`no product "${id}" in the catalogue`);
  return found;
}
