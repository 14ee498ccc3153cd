import type { Fact } from '../../../src/domain/fact.js';
import { productOf } from './catalogue.js';
import type { Industry } from './names.js';
import type { Profile } from './profile.js';
import { createDraws } from './random.js';
import { buy, type Telling } from './telling.js';

/** A small thing that is added to an order of labels, by what runs in the plant. */
interface Extra {
  readonly product: string;
  /** Of those who need it, the share that buys it from us. */
  readonly ours: number;
  /** Lines a year for each machine, line or licence that needs it. */
  readonly yearly: number;
  /** The most of one line of an order. */
  readonly most: number;
  /** How many things in the plant need it. */
  readonly needs: (profile: Profile) => number;
}

const LABELLERS = ['l2-labeller', 'l3-labeller', 'l5-labeller'];
const CAMERAS = ['v1-vision', 'v2-vision'];

const machines =
  (...ids: readonly string[]) =>
  ({ machines: own }: Profile): number =>
    own.filter((id) => ids.includes(id)).length;

const trade =
  (...trades: readonly Industry[]) =>
  (profile: Profile): number =>
    trades.includes(profile.industry) ? machines(...LABELLERS)(profile) : 0;

const licence = (profile: Profile): number => (profile.software.includes('line-view') ? 1 : 0);

const extra = (
  product: string,
  ours: number,
  yearly: number,
  most: number,
  needs: Extra['needs'],
): Extra => ({ product, ours, yearly, most, needs });

/** Maker's parts are mostly bought from the maker; what others sell too, from the nearer or cheaper one. */
const EXTRAS: readonly Extra[] = [
  extra('adhesive-remover', 0.6, 1.2, 4, machines(...LABELLERS)),
  extra('applicator-pads', 0.8, 1, 4, machines(...LABELLERS)),
  extra('drive-belt', 0.7, 0.6, 2, machines('l2-labeller', 'l3-labeller')),
  extra('feed-rollers', 0.75, 0.5, 2, machines('l2-labeller')),
  extra('peel-plate', 0.75, 0.5, 2, machines('l3-labeller', 'l5-labeller')),
  extra('servo-filters', 0.85, 1, 4, machines('l5-labeller')),
  extra('gap-sensor', 0.6, 0.2, 1, machines(...LABELLERS)),
  extra('wrap-pads', 0.7, 0.8, 4, trade('Beverage', 'Cosmetics')),
  extra('washdown-cover', 0.5, 0.4, 2, trade('Food', 'Dairy')),
  extra('freezer-labels', 0.4, 1.5, 3, trade('Food', 'Dairy')),
  extra('clear-labels', 0.45, 1.5, 3, trade('Beverage', 'Cosmetics')),
  extra('tamper-seals', 0.5, 1.5, 3, trade('Pharmaceuticals', 'Cosmetics')),
  extra('drum-labels', 0.55, 1.5, 3, trade('Chemicals')),
  extra('resin-ribbons', 0.6, 2.5, 4, machines('p1-printer')),
  extra('print-head', 0.85, 0.9, 1, machines('p1-printer')),
  extra('platen-roller', 0.8, 0.8, 2, machines('p1-printer')),
  extra('tamp-pad', 0.7, 1, 3, machines('p1-printer')),
  extra('case-ink', 0.65, 3, 4, machines('p4-printer')),
  extra('nozzle-wipers', 0.75, 1.5, 3, machines('p4-printer')),
  extra('calibration-cards', 0.8, 1.5, 2, machines(...CAMERAS)),
  extra('inspection-lamp', 0.75, 0.5, 1, machines(...CAMERAS)),
  extra('lens-covers', 0.7, 1.2, 3, machines(...CAMERAS)),
  extra('line-view-seat', 0.6, 0.6, 3, licence),
  extra('audit-trail', 0.4, 1, 1, licence),
];

/** Now and then one is bought for a machine of another maker, or one that nobody told us of. */
const STRAY = 0.03;

/**
 * What goes with their orders beside labels, ribbons and care kits: nobody orders for its sake. Told apart from all
 * else, by draws of its own.
 */
export function tellExtras(seed: number, telling: Telling): readonly Fact[] {
  const { profile, orders, extras } = telling;
  const draws = createDraws(seed, profile.id, 'extras');
  const taken = EXTRAS.flatMap(({ needs, ours, ...rest }) => {
    const needed = needs(profile);
    const trust = 0.7 + 0.5 * profile.warmth;
    const buys = draws.chance(needed > 0 ? Math.min(0.97, ours * trust) : STRAY);
    return buys ? [{ ...rest, count: Math.max(1, needed) }] : [];
  });
  let before: number | undefined;
  for (const { day, time, by } of orders) {
    const years = (day - (before ?? day - profile.orderEvery)) / 365;
    before = day;
    let line = 3;
    for (const { product, yearly, most, count } of taken) {
      if (!draws.chance(1 - Math.exp(-yearly * count * years))) continue;
      const told = { ...telling, log: extras, purchases: [] };
      buy(told, time + line++ * 60_000, day, productOf(product), draws.whole(1, most), by);
    }
  }
  return extras.facts;
}
