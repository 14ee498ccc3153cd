import { compareStars } from '../src/analyze/compare-stars.js';
import { findStars } from '../src/analyze/find-stars.js';
import type { Table } from '../src/analyze/table.js';
import { createRandom } from '../src/core/random.js';
import { createPatternWorld } from '../test/pattern-world.js';

interface StarMeasureKind {
  readonly title: string;
  readonly sellers: number;
  readonly deals: number;
  /** By how many standard deviations of a deal the most talented fifth has less of the measure. */
  readonly effect: number;
}

/** Sellers differ in the measure by themselves, large accounts are won more often and have more of it, and it has a long tail. */
export const STAR_MEASURES: readonly StarMeasureKind[] = [
  { title: 'stars take as long as all others, 40 sellers', sellers: 40, deals: 60, effect: 0 },
  { title: 'stars take as long as all others, 100 sellers', sellers: 100, deals: 25, effect: 0 },
  {
    title: 'stars are quicker by 0.5 standard deviations, 40 sellers',
    ...{ sellers: 40, deals: 60, effect: 0.5 },
  },
  {
    title: 'stars are quicker by 0.5 standard deviations, 100 sellers',
    ...{ sellers: 100, deals: 25, effect: 0.5 },
  },
];

/** How far sellers differ by themselves, in standard deviations of a deal. */
const BETWEEN = 0.3;
const SKEW = 0.8;
const ALIKE = ['account.segment'];

/** Whether a difference was said, and whether it holds the truth; undefined: too few stars to say anything. */
export function tryStarMeasure(
  { title, sellers, deals, effect }: StarMeasureKind,
  run: number,
): { readonly isSaid: boolean; readonly isRight: boolean } | undefined {
  const world = { sellers, deals, talent: 0.15, isConfounded: true, seed: `${title} ${run}` };
  const { table, talented } = createPatternWorld(world);
  const random = createRandom(`measure ${title} ${run}`);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const spread = Math.sqrt((Math.exp(SKEW ** 2) - 1) * Math.exp(SKEW ** 2));
  const own = new Map<string, number>();
  const segments = table.columns.find(({ id }) => id === ALIKE[0])?.values ?? [];
  const measured = Array.from(table.sellers ?? [], (seller, row) => {
    const habit = own.get(seller) ?? BETWEEN * normal();
    own.set(seller, habit);
    const gift = talented.includes(seller) ? -effect : 0;
    const size = segments[row] === 'large' ? 0.5 : 0;
    return Math.exp(SKEW * normal()) / spread + 3 + habit + gift + size;
  });
  const stars = findStars(table, { adjustFor: ALIKE })
    .filter(({ isStar }) => isStar)
    .map(({ seller }) => seller);
  const found = compareStars(won(table, measured), stars, { adjustFor: ALIKE, seed: run });
  if (!found || Math.min(found.stars, found.others) < 5) return undefined;
  return { isSaid: found.confirmed, isRight: found.confirmed && found.difference < 0 };
}

function won({ columns, outcome, sellers, decidedAt }: Table, measured: readonly number[]): Table {
  const pick = <Value>(values: ArrayLike<Value>): Value[] =>
    Array.from(values).filter((_, row) => outcome[row] === 1);
  return {
    columns: columns.map(({ knownAt: _, ...one }) => ({ ...one, values: pick(one.values) })),
    outcome: pick(measured),
    sellers: pick(sellers ?? []),
    decidedAt: pick(decidedAt ?? []),
  };
}
