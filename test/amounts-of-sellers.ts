import { createRandom } from '../src/core/random.js';

/** An amount of deals of sellers, each with a level and a spread of its own, a long tail, and a pattern that adds `shift`. */
export interface AmountsOptions {
  readonly seed: string | number;
  readonly sellers: number;
  /** On average, of one seller. */
  readonly deals: number;
  /** Default 1. */
  readonly shift?: number;
  /** Whole sellers have the pattern: so many. Else each deal by chance, and deals of the same seller are compared. */
  readonly having?: number;
}

export interface Amounts {
  readonly has: readonly number[];
  readonly outcome: Float64Array;
  readonly strata: Int32Array;
  readonly sellers: Int32Array;
}

export function drawAmounts(options: AmountsOptions): Amounts {
  const { seed, sellers, deals, shift = 1, having } = options;
  const random = createRandom(`amounts ${seed}`);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rows = Array.from({ length: sellers }, (_, seller) => {
    const [level, spread] = [normal(), Math.exp(0.5 * normal())];
    return Array.from({ length: Math.max(1, Math.round(deals * (0.5 + random()))) }, () => {
      const has = Number(having === undefined ? random() < 0.4 : seller < having);
      return { has, seller, outcome: level + spread * Math.exp(0.8 * normal()) + shift * has };
    });
  }).flat();
  return {
    has: rows.map(({ has }) => has),
    outcome: Float64Array.from(rows, ({ outcome }) => outcome),
    strata: Int32Array.from(rows, ({ seller }) => (having === undefined ? seller : 0)),
    sellers: Int32Array.from(rows, ({ seller }) => seller),
  };
}

/** Worlds in which an interval is to hold the truth 95 times in 100. */
export const AMOUNT_WORLDS: readonly {
  readonly title: string;
  readonly world: Omit<AmountsOptions, 'seed'>;
}[] = [
  { title: '40 sellers with 30 deals, of the same seller', world: { sellers: 40, deals: 30 } },
  { title: '8 sellers with 30 deals, of the same seller', world: { sellers: 8, deals: 30 } },
  {
    title: '7 of 40 sellers with 20 deals have it always',
    world: { sellers: 40, deals: 20, having: 7 },
  },
  {
    title: '150 deals, sellers not told: each for itself',
    world: { sellers: 150, deals: 1, having: 60 },
  },
];
