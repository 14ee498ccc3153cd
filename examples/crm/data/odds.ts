import { at, dateOn } from './calendar.js';
import { moment, personFor, type Telling } from './telling.js';

/** What happens at a few accounts only: a bill unpaid, a wish for quiet, a look at the way out, an answer on record. */
export function tellOdds(telling: Telling): void {
  const { profile, log, draws, purchases } = telling;
  const bill = purchases.findLast((one) => one.day < -profile.paymentDays);
  if (bill && draws.chance(0.05)) {
    const amount = { amountMinor: bill.amountMinor, currency: 'USD' };
    const due = moment(draws, bill.day + profile.paymentDays, 6, 7);
    log.happened(due, 'invoice-overdue', { data: { amount } });
    log.changed(due + 60_000, { overdueAmount: amount });
  }
  const since = profile.customerSince ?? 0;
  if (since < -2200 && draws.chance(0.3))
    log.changed(at(-200, 6), { oldestMachineEnds: dateOn(draws.whole(60, 1100)) });
  if (draws.chance(0.06)) log.changed(at(-30, 6), { priceChangeOn: '2027-01-01' });
  const told = moment(draws, -draws.whole(20, 300));
  if (draws.chance(0.35))
    log.changed(
      told,
      {
        valuesMost: draws.pickZipf(['product', 'people', 'price', 'process', 'evidence', 'place']),
      },
      profile.id,
      profile.owner,
    );
  if (draws.chance(0.3))
    log.changed(
      told + 60_000,
      {
        buysElsewhere: draws.pickZipf(['nothing', 'consumables', 'service', 'machines', 'vision']),
      },
      profile.id,
      profile.owner,
    );
  if (draws.chance(0.02)) log.changed(told, { budgetClosed: true });
  if (draws.chance(0.015)) log.changed(told, { askedForQuiet: true });
  if (draws.chance(0.06 * (1 - profile.warmth)))
    log.happened(moment(draws, -draws.whole(1, 60), 17, 22), 'page-visited', {
      by: personFor(telling, 0, 'economicBuyer', 'user').id,
      data: { page: 'cancellation' },
    });
  if (draws.chance(0.02))
    log.happened(moment(draws, -draws.whole(0, 3), 8, 10), 'callback-requested', {
      by: personFor(telling, 0, 'user', 'purchasing').id,
      data: { text: 'Could somebody call me back?' },
    });
}
