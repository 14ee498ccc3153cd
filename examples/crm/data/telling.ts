import type { RecordId } from '../../../src/domain/value.js';
import { at, NOW, workdayFrom } from './calendar.js';
import type { FactLog } from './fact-log.js';
import type { Person, Profile } from './profile.js';
import type { Draws } from './random.js';

/** The account whose two years are being told. */
export interface Telling {
  readonly profile: Profile;
  readonly log: FactLog;
  /** What is added to their orders, told apart. */
  readonly extras: FactLog;
  readonly draws: Draws;
  /** Days on which something was bought, and for how much, minor units. */
  readonly purchases: {
    readonly day: number;
    readonly amountMinor: number;
    readonly consumable: boolean;
  }[];
  /** Their orders of consumables, in order of time. */
  readonly orders: { readonly day: number; readonly time: number; readonly by: Person }[];
  /** Deals told so far, for their ids. */
  deals: number;
  cases: number;
}

/** A moment of a working day, during working hours unless `anyHour`. */
export function moment(draws: Draws, day: number, from = 8, to = 17): number {
  return at(workdayFrom(day), draws.whole(from, to - 1), draws.whole(0, 59));
}

export function peopleOn({ profile }: Telling, day: number): readonly Person[] {
  const there = profile.people.filter(
    ({ joined, left }) => (joined ?? -9999) <= day && (left ?? 9999) > day,
  );
  return there.length > 0 ? there : profile.people.slice(0, 1);
}

/** Somebody with the first of these roles that anybody has. */
export function personFor(telling: Telling, day: number, ...roles: Person['roles']): Person {
  const people = peopleOn(telling, day);
  for (const role of roles) {
    const found = people.find((person) => person.roles.includes(role));
    if (found) return found;
  }
  return telling.draws.pick(people);
}

/** An email of ours and, perhaps, the answer; returns when the buyer answered. */
export function exchange(
  telling: Telling,
  day: number,
  what: {
    readonly by: RecordId;
    readonly to: Person;
    readonly subject: string;
    readonly answer: string;
    readonly replyRate: number;
    readonly deal?: RecordId | undefined;
  },
): number | undefined {
  const { log, draws, profile } = telling;
  const sent = moment(draws, day);
  log.happened(sent, 'email-sent', {
    by: what.by,
    contacts: [what.to.id],
    deal: what.deal,
    data: { subject: what.subject },
  });
  if (!draws.chance(what.replyRate)) return undefined;
  const answered = sent + draws.logNormal(profile.replyHours, 0.6) * 3_600_000;
  log.happened(answered, 'email-received', {
    by: what.to.id,
    deal: what.deal,
    data: { subject: `Re: ${what.subject}`, text: what.answer },
  });
  return answered;
}

export function buy(
  telling: Telling,
  time: number,
  day: number,
  item: {
    readonly id: string;
    readonly brand: string;
    readonly family: string;
    readonly price: number;
  },
  quantity: number,
  by: Person,
  deal?: RecordId,
): void {
  const amountMinor = Math.round(item.price * quantity * 100);
  telling.log.happened(time, 'purchase', {
    by: by.id,
    deal,
    data: {
      product: item.id,
      brand: item.brand,
      family: item.family,
      quantity,
      amount: { amountMinor, currency: 'USD' },
    },
  });
  if (time <= NOW)
    telling.purchases.push({ day, amountMinor, consumable: item.family === 'consumable' });
}
