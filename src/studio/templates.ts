import type { Attribute, Play } from '../domain/playbook.js';
import type { JsonValue } from '../domain/value.js';
import { findNearest } from '../plan/did-you-mean.js';
import { isList, isMap, type PlayData } from './play-data.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * A common play to begin with. Where it needs an attribute of the playbook, it holds a {@link Need} in the place of its
 * name, as `?name` for a key and for a value.
 */
export interface Template {
  readonly id: string;
  readonly label: string;
  readonly about: Play['about'];
  readonly needs: { readonly [name: string]: Need };
  readonly play: PlayData;
}

/** An attribute that a playbook may have under any name: found by type, by how it is computed, or by a word like it. */
interface Need {
  readonly of: Attribute['of'];
  readonly type: Attribute['type'];
  readonly unit?: string;
  /** How it is computed, and of which activities. */
  readonly derived?: { readonly op: string; readonly types?: readonly string[] };
  readonly like: readonly string[];
}

const REST: PlayData = {
  propensity: 0.3,
  coolDown: { done: '30 days', notRelevant: '60 days' },
};
const call = (contact: string): JsonValue => ({
  kind: 'call',
  contact,
  minutes: 15,
  touch: 'call',
});

export const TEMPLATES: readonly Template[] = [
  {
    id: 'silent-buyer',
    label: 'The buyer went silent',
    about: 'opportunity',
    needs: {
      silence: {
        of: 'opportunity',
        type: 'number',
        unit: 'days',
        derived: { op: 'days-since', types: ['email-received', 'call-received'] },
        like: ['days since buyer reply', 'days since reply'],
      },
      open: { of: 'opportunity', type: 'boolean', like: ['open'] },
    },
    play: {
      title: 'Call {contact.name|the buyer} about {opportunity.name}',
      why: 'They have not answered for two weeks.',
      trigger: {
        becomes: { '?silence': { gte: 14 }, '?open': true },
        rearm: { '?silence': { lt: 7 } },
      },
      action: call('event'),
      expires: '14 days',
      ...REST,
    },
  },
  {
    id: 'renewal-ahead',
    label: 'A renewal is ahead',
    about: 'account',
    needs: {
      left: {
        of: 'account',
        type: 'number',
        unit: 'days',
        derived: { op: 'days-until-date' },
        like: ['days until the plan ends', 'days to renewal', 'days until renewal'],
      },
    },
    play: {
      title: 'Talk with {account.name} about the renewal',
      why: 'It is due within 90 days, and nothing has begun.',
      trigger: { becomes: { '?left': { gte: 0, lte: 90 } } },
      action: call('event'),
      expires: '60 days',
      ...REST,
    },
  },
  {
    id: 'champion-left',
    label: 'Our advocate changed job',
    about: 'account',
    needs: {},
    play: {
      title: 'Find a new advocate at {account.name}',
      why: '{contact.name|Somebody who worked with us} has left.',
      trigger: { event: 'contact-left' },
      action: { kind: 'call', contact: 'event', minutes: 20 },
      expires: '30 days',
      ...REST,
    },
  },
  {
    id: 'price-page',
    label: 'They look at prices',
    about: 'account',
    needs: {},
    play: {
      title: 'Offer {contact.name|the buyer} a quote',
      why: 'Three looks at the price page within a week, and no quote yet.',
      trigger: {
        pattern: {
          count: 3,
          of: { event: 'page-visited', where: { page: 'prices' } },
          within: '7 days',
          without: 'quote-begun',
        },
      },
      action: { kind: 'email', contact: 'event', minutes: 5, touch: 'email' },
      expires: '7 days',
      ...REST,
    },
  },
  {
    id: 'meeting-ahead',
    label: 'Prepare a meeting',
    about: 'account',
    needs: {},
    play: {
      title: 'Prepare the meeting with {contact.name|the buyer}',
      why: 'Ten minutes now: what they wrote last, and one question worth their time.',
      trigger: {
        at: {
          before: '1 day',
          time: 'startsAt',
          of: 'meeting-booked',
          cancelledBy: 'meeting-cancelled',
        },
      },
      action: { kind: 'prepare', contact: 'event', minutes: 10 },
      expires: '3 days',
      ...REST,
    },
  },
  {
    id: 'meeting-follow-up',
    label: 'Follow up on a meeting',
    about: 'account',
    needs: {},
    play: {
      title: 'Send {contact.name|the buyer} what you agreed',
      why: 'You met two working days ago, and nothing has gone out since.',
      trigger: {
        pattern: {
          sequence: [
            'meeting-held',
            { no: { any: ['email-sent', 'call-made'] }, within: '2 working days' },
          ],
        },
      },
      action: { kind: 'email', contact: 'event', minutes: 10, touch: 'email' },
      expires: '7 days',
      ...REST,
    },
  },
  {
    id: 'new-product',
    label: 'A new product fits',
    about: 'account',
    needs: {
      brands: { of: 'account', type: 'multi', like: ['preferred brands', 'brands', 'owns'] },
    },
    play: {
      title: 'Show {account.name} what is new',
      why: 'A product of a brand that they prefer is in the catalogue.',
      trigger: { event: 'product-added', where: { brand: { in: 'account.?brands' } } },
      action: { kind: 'propose', minutes: 15 },
      expires: '30 days',
      ...REST,
    },
  },
];

/**
 * A play after a template, in the words of a playbook: attributes that it needs are the playbook's that fit best; where there
 * is none, the condition is left out, or open where it is the only one. Its owner is open.
 */
export function startPlay(template: Template, vocabulary: Vocabulary): PlayData {
  const { about, id, needs, play } = template;
  const found = new Map(
    Object.entries(needs).map(([name, need]) => [`?${name}`, findNeeded(need, vocabulary)]),
  );
  const filled = fill(play, found) as PlayData;
  const ids = new Set(vocabulary.playbook.plays.map((one) => one.id));
  let own = id;
  for (let count = 2; ids.has(own); count += 1) own = `${id}-${count}`;
  const { title = null, why = null, trigger = null, action = null, ...rest } = filled;
  return {
    id: own,
    about,
    title,
    why,
    trigger,
    action: withRole(action, trigger, vocabulary),
    for: 'owner',
    ...openWorth(vocabulary),
    ...rest,
  };
}

/** What a play serves, as an open choice: the goal that weighs most. */
export function openWorth({ playbook }: Vocabulary): PlayData {
  const [goal] = [...playbook.goals].sort((a, b) => b.weight - a.weight);
  return goal ? { serves: { [goal.id]: { value: null } } } : {};
}

/** Whoever caused it, where something happens; else somebody by role, where roles are declared. */
function withRole(action: JsonValue, trigger: JsonValue, { attribute }: Vocabulary): JsonValue {
  if (!isMap(action) || action.contact !== 'event') return action;
  if (isMap(trigger) && !('becomes' in trigger)) return action;
  const { contact: _, ...rest } = action;
  const [role] = attribute('contact.role')?.values ?? [];
  return role ? { ...rest, contact: role.id } : rest;
}

function fill(data: JsonValue, found: ReadonlyMap<string, string | undefined>): JsonValue {
  if (isList(data)) return data.map((item) => fill(item, found));
  if (typeof data === 'string') return data.replace(/\?\w+$/, (need) => found.get(need) ?? need);
  if (!isMap(data)) return data;
  const entries = Object.entries(data).flatMap(([key, value]): [string, JsonValue][] => {
    const name = key.startsWith('?') ? found.get(key) : key;
    const held = fill(value, found);
    const isOpen = name === undefined || (isMap(held) && hasNeed(held.in));
    return isOpen ? [] : [[name, held]];
  });
  return Object.fromEntries(entries.map(([key, held]) => [key, isEmpty(held) ? null : held]));
}

const hasNeed = (value: JsonValue | undefined): boolean =>
  typeof value === 'string' && /\?\w+$/.test(value);
const isEmpty = (value: JsonValue): boolean => isMap(value) && Object.keys(value).length === 0;

function findNeeded(need: Need, { playbook }: Vocabulary): string | undefined {
  const { of, type, unit, derived, like } = need;
  const fitting = playbook.attributes.filter(
    (one) => one.of === of && one.type === type && (unit === undefined || one.unit === unit),
  );
  const bare = (id: string): string => id.slice(id.indexOf('.') + 1);
  const computed = derived && fitting.filter(({ derive }) => isComputed(derive, derived));
  for (const among of computed?.length ? [computed] : [fitting]) {
    const names = among.map(({ id, label }) => ({ id: bare(id), label }));
    for (const word of like) {
      const near = findNearest(word, names);
      if (near) return near.id;
    }
  }
  const [first] = computed ?? [];
  return first && bare(first.id);
}

function isComputed(
  derive: Attribute['derive'],
  { op, types }: NonNullable<Need['derived']>,
): boolean {
  if (derive?.op !== op) return false;
  return (
    types === undefined ||
    ('facts' in derive && types.some((type) => derive.facts.types.includes(type)))
  );
}
