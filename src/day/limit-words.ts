import type { RecordId } from '../domain/value.js';
import { plural } from '../view/count.js';
import type { ClashLimit, ClashWish, LeftOut } from './day-plan.js';

/** How a plan names what it is made of. */
export interface Names {
  title(candidate: string): string;
  rep(rep: RecordId): string;
  /** Of a floor of the problem: its label, and an amount of its goal. */
  floor(floor: number): { readonly label: string; amount(value: number): string };
}

export const BECAUSE: { readonly [because in LeftOut['because']]: string } = {
  excluded: 'excluded by hand',
  'no-gain': 'would bring less than the minutes and the touch cost',
  'no-time': 'no free time is long enough within its window',
  hours: 'other cards are worth more an hour',
  load: 'it would be more than the load limit',
  'contact-policy': 'the buyer has been, or will be, contacted enough',
  tried: 'enough of what is being tried',
  alike: 'the same action on the same contact is planned',
  order: 'the order that was set by hand',
};

export function hoursText(minutes: number): string {
  const whole = Math.floor(Math.round(minutes) / 60);
  const rest = Math.round(minutes) % 60;
  return whole === 0 ? `${rest} min` : rest === 0 ? `${whole} h` : `${whole} h ${rest} min`;
}

/** A wish that does not go together with others, in a sentence. */
export function wishText(wish: ClashWish, names: Names): string {
  if (wish.kind === 'floor') {
    const { label, amount } = names.floor(wish.floor);
    return `The floor of ${label} asks for ${amount(wish.least)}; beside the others at most ${amount(wish.most)} can be expected.`;
  }
  const lead = { pinned: 'Pinned', mandatory: 'Mandatory', requested: 'The buyer asked for it' };
  return `${lead[wish.why]}: ${names.title(wish.candidate)}, ${hoursText(wish.minutes)}${wish.hasNoTime ? ', for which no free time is long enough' : ''}.`;
}

/** The limit that it stands against. */
export function limitText(limit: ClashLimit, names: Names): string {
  switch (limit.kind) {
    case 'hours':
      return limit.minutes === 0
        ? 'Hours: no free time in which it fits.'
        : `Hours: ${hoursText(limit.minutes)} free for them${limit.rep === undefined ? '' : `, of ${names.rep(limit.rep)}`}.`;
    case 'load-minutes':
      return `Load limit: ${hoursText(limit.most)} a day.`;
    case 'load-items':
      return `Load limit: ${plural(limit.most, 'action')} a day.`;
    case 'contact-policy':
      return `Contact policy: ${plural(limit.touches, 'touch', 'touches')} in ${plural(limit.days, 'day')}, ${limit.used} used.`;
    case 'tried':
    case 'tried-play':
      return `Of plays that are being tried at most ${limit.most} ${limit.kind === 'tried' ? 'a day' : 'a play'}.`;
    case 'alike':
      return 'The same action on the same contact is planned once.';
    case 'order':
      return 'The order that was set by hand.';
  }
}
