import type { RecordId } from '../../../src/domain/value.js';
import { at, NOW } from './calendar.js';
import { planDeal, renewalPlan } from './deal-plans.js';
import { tellDeal } from './deals.js';
import { createFactLog } from './fact-log.js';
import { tellOdds } from './odds.js';
import { tellOrders } from './orders.js';
import { tellContact, tellNewsletters, tellPeople } from './outreach.js';
import { accountValues, type Profile } from './profile.js';
import type { Draws } from './random.js';
import { tellCases, tellFigures, tellSurvey } from './service.js';
import type { Telling } from './telling.js';

/** The first day of the two years. */
export const FIRST_DAY = -730;

export function createTelling(
  profile: Profile,
  draws: Draws,
  shared?: { readonly [contact: RecordId]: RecordId },
): Telling {
  const log = createFactLog(profile.id, NOW, shared);
  const extras = createFactLog(profile.id, NOW, shared, 'extra-');
  return { profile, draws, log, extras, purchases: [], orders: [], deals: 0, cases: 0 };
}

/** The records of an account and its people, as they stood when the two years began. */
export function introduce(telling: Telling): void {
  const { profile, log, draws } = telling;
  const usd = (dollars: number) => ({ amountMinor: Math.round(dollars) * 100, currency: 'USD' });
  log.changed(at(FIRST_DAY - 1, 6), {
    ...accountValues(profile),
    openCases: 0,
    openEscalation: false,
    overdueAmount: usd(0),
    costToServe: usd(draws.logNormal(700 + 4 * Math.sqrt(profile.employees), 0.45)),
    boughtElsewhere: false,
    budgetClosed: false,
    askedForQuiet: false,
    trainingSeatsLeft: 0,
  });
  for (const person of profile.people)
    log.changed(
      at(Math.max(FIRST_DAY - 1, person.joined ?? -9999), 7),
      {
        name: person.name,
        title: person.title,
        email: person.email,
        phone: person.phone,
        role: [...person.roles],
        mayEmail: person.mayEmail,
        ...(person.buysHow && { buysHow: person.buysHow }),
        left: false,
        askedForQuiet: false,
      },
      person.id,
    );
  tellPeople(telling);
}

/** Two years of an ordinary account. */
export function tellAccount(profile: Profile, draws: Draws): Telling {
  const telling = createTelling(profile, draws);
  const from = Math.max(FIRST_DAY, profile.customerSince ?? FIRST_DAY);
  const former = profile.status === 'Former customer';
  const quits = former ? -draws.whole(190, 560) : 0;
  introduce(telling);
  if (profile.status !== 'Prospect') {
    const fades = draws.chance(0.14) ? { fades: former ? quits - 150 : -draws.whole(40, 95) } : {};
    tellOrders(telling, from, { quits, ...fades });
    tellCases(telling, from);
    for (let day = from + draws.whole(20, 330); day < 0; day += draws.whole(320, 400))
      tellSurvey(telling, day);
  }
  if (former) telling.log.changed(at(quits + 90, 6), { status: 'Former customer' });
  tellContact(telling, FIRST_DAY);
  tellNewsletters(telling, FIRST_DAY);
  tellDeals(telling, former ? quits : 0);
  if (profile.status === 'Customer') tellOdds(telling);
  if (profile.machines.length > 0)
    for (const day of [-365, -182, -91, -30, 0]) tellFigures(telling, day);
  return telling;
}

function tellDeals(telling: Telling, until: number): void {
  const { profile, draws } = telling;
  const perYear = profile.segment === 'Key' ? 3.6 : profile.segment === 'Core' ? 1.6 : 0.8;
  const every = 365 / (perYear * (0.6 + 0.8 * profile.warmth));
  for (
    let day = FIRST_DAY + draws.whole(1, 60) + Math.round(draws.exponential(every));
    day < until - 1;
    day += 8 + Math.round(draws.exponential(every))
  )
    tellDeal(telling, planDeal(telling, day));
  if (profile.planEnds === undefined) return;
  for (let ends = profile.planEnds - 730; ends <= 75; ends += 365)
    if (ends > (profile.customerSince ?? 0) + 300 && ends - 80 > FIRST_DAY)
      tellDeal(telling, renewalPlan(telling, ends));
}
