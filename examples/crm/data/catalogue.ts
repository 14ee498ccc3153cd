/** What Halden Line Systems sells, as `playbook/products.yaml` has it. */
export interface CatalogueProduct {
  readonly id: string;
  readonly label: string;
  readonly brand: string;
  readonly family: Family;
  /** US dollars; of plans and software for one year. */
  readonly price: number;
}

export type Family = 'labeller' | 'printer' | 'vision' | 'consumable' | 'service' | 'software';

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
];

const byId = new Map(CATALOGUE.map((item) => [item.id, item]));

export function productOf(id: string): CatalogueProduct {
  const found = byId.get(id);
  if (!found) throw new RangeError(`no product "${id}" in the catalogue`);
  return found;
}
