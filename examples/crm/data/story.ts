import type { JsonObject, RecordId } from '../../../src/domain/value.js';
import { createTelling, FIRST_DAY, introduce } from './account.js';
import { at, dateOn, weekdayOn } from './calendar.js';
import { productOf } from './catalogue.js';
import type { Happening } from './fact-log.js';
import type { Industry, Role } from './names.js';
import { tellOrders } from './orders.js';
import { tellContact, tellNewsletters } from './outreach.js';
import { createPerson, drawProfile, type Person, type Profile } from './profile.js';
import { createDraws } from './random.js';
import { tellFigures } from './service.js';
import { buy, type Telling } from './telling.js';

/** A hand-made account: an ordinary past, and a present that somebody has thought out. */
export interface Story extends Telling {
  /** One of its people, by any part of the name. */
  who(name: string): Person;
  /** `time` is `HH:MM`, company zone; what falls on a weekend happened on the Friday before. */
  did(day: number, time: string, type: string, what?: StoryHappening): void;
  set(day: number, time: string, values: JsonObject, record?: RecordId): void;
  order(day: number, product: string, quantity: number, who: string): void;
  /** Opens a deal; `at` is its stage. Later stages come by {@link Story.set}. */
  opens(n: number, day: number, deal: StoryDeal): RecordId;
}

export interface StoryDeal {
  readonly name: string;
  readonly kind: 'Machine' | 'Upgrade' | 'Renewal' | 'Consumables' | 'Software';
  readonly product: string;
  /** US dollars. */
  readonly amount: number;
  /** Day of the close date. */
  readonly closes: number;
  readonly who: readonly string[];
  readonly at?: string;
  readonly job?: string;
  readonly forecast?: string;
  readonly registered?: boolean;
  readonly trialEnds?: string;
}

/** Like a happening, with people by name. */
export interface StoryHappening extends Omit<Happening, 'contacts' | 'by'> {
  /** A person's name, or a rep's id. */
  readonly by?: string;
  readonly to?: readonly string[];
}

export interface StoryPerson {
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly joined?: number;
  readonly left?: number;
  readonly mayEmail?: boolean;
  readonly buysHow?: 'rep' | 'self' | 'both';
}

export interface StoryStart {
  readonly key: string;
  readonly name: string;
  readonly industry: Industry;
  readonly people: readonly StoryPerson[];
  readonly profile: Partial<Profile>;
  /** Kept aside to measure what guidance adds. The arms of ordinary accounts are drawn by the agent. */
  readonly heldOut?: boolean;
  /** Contact id of a person who is at another account too, and that account. */
  readonly shared?: { readonly [contact: RecordId]: RecordId };
}

export function startStory(seed: number, start: StoryStart): Story {
  const id = `demo:account:${start.key}`;
  const draws = createDraws(seed, id);
  const base = drawProfile(id, start.name, start.industry, draws);
  const people = start.people.map(({ name, title, roles, ...given }, n): Person => {
    const { buysHow: _, ...person } = createPerson(
      { id, name: start.name },
      n + 1,
      name,
      title,
      roles,
      draws,
    );
    return { ...person, ...given };
  });
  const { planEnds, customerSince, ...ordinary } = base;
  const { status = 'Customer', plan = base.plan } = start.profile;
  const profile: Profile = {
    ...ordinary,
    ...(plan !== 'None' && { planEnds: planEnds ?? 200 }),
    ...(status !== 'Prospect' && { customerSince: customerSince ?? -1500 }),
    segment: 'Core',
    channel: 'Direct',
    plan,
    ...start.profile,
    status,
    people,
  };
  const telling = createTelling(profile, draws, start.shared);
  const { log } = telling;
  const who = (name: string): Person => {
    const found = people.find((person) => person.name.includes(name));
    if (!found) throw new RangeError(`nobody at ${start.name} is called "${name}"`);
    return found;
  };
  const time = (day: number, clock: string): number => {
    const [hour = '0', minute = '0'] = clock.split(':');
    return at(day - Math.max(0, weekdayOn(day) - 5), Number(hour), Number(minute));
  };
  introduce(telling);
  log.happened(at(-60, 3), 'holdout-assigned', {
    data: { arm: start.heldOut ? 'holdout' : 'guided' },
  });
  return {
    ...telling,
    who,
    did: (day, clock, type, { by, to = [], ...what } = {}) =>
      log.happened(time(day, clock), type, {
        ...what,
        ...(by && { by: by.startsWith('demo:') ? by : who(by).id }),
        contacts: to.map((name) => who(name).id),
      }),
    set: (day, clock, values, record) =>
      log.changed(time(day, clock), values, record, record && profile.owner),
    order: (day, product, quantity, name) =>
      buy(telling, time(day, '09:15'), day, productOf(product), quantity, who(name)),
    opens: (n, day, { amount, closes, who: names, at: stage = 'Discovery', ...deal }) => {
      const id = `demo:opportunity:${start.key}-${n}`;
      const values = {
        ...deal,
        stage,
        amount: { amountMinor: amount * 100, currency: 'USD' },
        closeDate: dateOn(closes),
        owner: profile.owner,
        contacts: names.map((name) => who(name).id),
        open: true,
        forecast: deal.forecast ?? 'Pipeline',
        registered: deal.registered ?? false,
      };
      log.changed(time(day, '09:10'), values, id, profile.owner);
      return id;
    },
  };
}

/** Two ordinary years up to `until`, so that the present stands on something. */
export function tellPast(
  story: Story,
  { until = -45, orders = until }: { readonly until?: number; readonly orders?: number } = {},
): void {
  if (story.profile.machines.length > 0) tellOrders(story, FIRST_DAY, { quits: orders });
  tellContact(story, FIRST_DAY, until);
  tellNewsletters(story, FIRST_DAY);
}

export function tellNightly(story: Story): void {
  for (const day of [-182, -91, 0]) tellFigures(story, day);
}
