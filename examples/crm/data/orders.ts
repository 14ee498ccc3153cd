import { monthOn } from './calendar.js';
import { productOf } from './catalogue.js';
import type { Industry } from './names.js';
import { buy, moment, personFor, type Telling } from './telling.js';

/** How busy a month is, January first, against the average of the year. */
const SEASONS: { readonly [industry in Industry]: readonly number[] } = {
  Food: [0.8, 0.8, 0.9, 0.95, 0.95, 0.95, 0.9, 0.95, 1.1, 1.3, 1.35, 1.05],
  Beverage: [0.7, 0.75, 0.9, 1.1, 1.3, 1.4, 1.35, 1.15, 0.9, 0.8, 0.85, 0.8],
  Dairy: [0.95, 0.95, 1, 1.05, 1.1, 1.05, 1, 0.95, 0.95, 1, 1.05, 0.95],
  Pharmaceuticals: [1.1, 1.05, 1, 0.95, 0.95, 0.9, 0.9, 0.95, 1.05, 1.1, 1.05, 1],
  Cosmetics: [0.8, 0.85, 0.95, 1, 1, 0.9, 0.85, 1, 1.2, 1.3, 1.2, 0.95],
  Chemicals: [0.85, 0.95, 1.15, 1.2, 1.15, 1.05, 0.95, 0.95, 1, 0.95, 0.9, 0.9],
};

/**
 * Consumables follow the machines: every few weeks, more before the season of the trade, labels the most.
 * `quits` is the day of the last order of one who leaves us; `fades` the one from which orders shrink.
 */
export function tellOrders(
  telling: Telling,
  from: number,
  { quits = 0, fades }: { readonly quits?: number; readonly fades?: number } = {},
): void {
  const { profile, draws } = telling;
  const season = SEASONS[profile.industry];
  for (let day = from + draws.whole(3, 30); day <= quits; ) {
    const busy = season[monthOn(day)] ?? 1;
    const faded = fades !== undefined && day >= fades ? 0.55 : 1;
    const buyer = personFor(telling, day, 'purchasing', 'user');
    const rolls = Math.max(
      1,
      Math.round(profile.orderSize * busy * faded * draws.between(0.7, 1.35)),
    );
    const time = moment(draws, day, 7, 16);
    telling.orders.push({ day, time, by: buyer });
    buy(telling, time, day, productOf('label-rolls'), rolls, buyer);
    if (draws.chance(0.3))
      buy(telling, time + 60_000, day, productOf('ribbons'), draws.whole(1, 6), buyer);
    if (draws.chance(0.12))
      buy(telling, time + 120_000, day, productOf('care-kit'), draws.whole(1, 3), buyer);
    if (draws.chance(0.015))
      telling.log.happened(moment(draws, day + draws.whole(6, 20)), 'order-returned', {
        by: buyer.id,
        data: {
          product: 'label-rolls',
          text: draws.pick(['Wrong core size', 'Does not stick when cold']),
        },
      });
    day += Math.max(
      6,
      Math.round((profile.orderEvery / Math.sqrt(busy * faded)) * draws.between(0.7, 1.3)),
    );
  }
}
