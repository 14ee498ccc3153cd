import { OpportuneError } from '../../src/core/errors.js';
import type { Hint } from '../../src/domain/connector.js';

/** A record that HubSpot told something of. */
export interface Touch {
  readonly id: string;
  /** Of the latest change of its associations, which leaves no stamp on the record; epoch milliseconds. */
  readonly linkedAt?: number;
  /** Of a record that is told of by those above it: which of them it was tied to, or is no more. */
  readonly above?: readonly string[];
  /** When it was erased for the law's sake: then nothing is left to read. */
  readonly erasedAt?: number;
}

export interface HubspotInbox {
  /**
   * Takes in the body of a webhook whose signature was checked. Returns how many of its events were new. Throws
   * `opportune/webhook` when it is none, or of another account.
   */
  accept(body: string): number;
  /** What is told of an object and was not read since. */
  waiting(object: string): readonly Touch[];
  /** These were read. What came meanwhile stays. */
  done(object: string, touches: readonly Touch[]): void;
  /** A hint for each kind of object, as it comes. Rejects with the reason of the signal. */
  hints(signal: AbortSignal): AsyncGenerator<Hint>;
}

const OBJECTS: { readonly [name: string]: string } = {
  company: 'companies',
  contact: 'contacts',
  deal: 'deals',
  product: 'products',
  line_item: 'line_items',
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-7': 'products',
  '0-8': 'line_items',
  '0-27': 'tasks',
  '0-46': 'notes',
  '0-47': 'meetings',
  '0-48': 'calls',
};

/** So many events are told apart; HubSpot repeats one within a day. */
const MOST_REMEMBERED = 50_000;
/** Records that wait to be read; more are found by their stamps. */
const MOST_WAITING = 50_000;

/**
 * What HubSpot tells by webhook, for a connector to read. It comes in no order, in batches and repeatedly; so nothing is
 * believed of what it says a value is: it says what to read.
 */
export function createHubspotInbox(portal: number): HubspotInbox {
  const seen = new Set<string>();
  const waiting = new Map<string, Map<string, Touch>>();
  const listeners = new Set<(objects: readonly string[]) => void>();
  let count = 0;

  function touch(object: string, touched: Touch): void {
    const held = waiting.get(object) ?? new Map<string, Touch>();
    waiting.set(object, held);
    const before = held.get(touched.id);
    if (!before && count++ >= MOST_WAITING) return;
    const linkedAt = latest(before?.linkedAt, touched.linkedAt);
    const erasedAt = latest(before?.erasedAt, touched.erasedAt);
    const above = [...new Set([...(before?.above ?? []), ...(touched.above ?? [])])];
    held.set(touched.id, {
      id: touched.id,
      ...(linkedAt === undefined ? {} : { linkedAt }),
      ...(erasedAt === undefined ? {} : { erasedAt }),
      ...(above.length === 0 ? {} : { above }),
    });
  }

  return {
    accept(body) {
      const events = parse(body, portal);
      const objects = new Set<string>();
      let fresh = 0;
      for (const event of events) {
        const key = `${event.eventId} ${event.subscriptionId} ${event.occurredAt}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > MOST_REMEMBERED)
          for (const oldest of seen) {
            seen.delete(oldest);
            break;
          }
        fresh++;
        for (const [object, touched] of touchesOf(event)) {
          touch(object, touched);
          objects.add(object);
        }
      }
      if (objects.size > 0) for (const listener of listeners) listener([...objects]);
      return fresh;
    },
    waiting: (object) => [...(waiting.get(object)?.values() ?? [])],
    done(object, touches) {
      const held = waiting.get(object);
      for (const touched of touches)
        if (held?.get(touched.id) === touched && held.delete(touched.id)) count--;
    },
    async *hints(signal) {
      let objects = new Set<string>();
      let wake = (): void => undefined;
      const listener = (told: readonly string[]): void => {
        for (const object of told) objects.add(object);
        wake();
      };
      listeners.add(listener);
      const onAbort = (): void => wake();
      signal.addEventListener('abort', onAbort);
      try {
        for (;;) {
          signal.throwIfAborted();
          const told = objects;
          objects = new Set();
          for (const object of told) yield { object };
          signal.throwIfAborted();
          if (objects.size === 0)
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}

interface Event {
  readonly eventId: number;
  readonly subscriptionId: number;
  readonly occurredAt: number;
  readonly subscriptionType: string;
  readonly [name: string]: unknown;
}

function parse(body: string, portal: number): readonly Event[] {
  const refuse = (what: string): OpportuneError =>
    new OpportuneError('opportune/webhook', what, {
      remedy: 'See which address HubSpot was given, and for which account',
    });
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // Told below.
  }
  if (!Array.isArray(value)) throw refuse('this is no list of events of HubSpot');
  for (const event of value) {
    const { eventId, subscriptionId, occurredAt, subscriptionType, portalId } = Object(
      event,
    ) as Event;
    if (
      ![eventId, subscriptionId, occurredAt].every(Number.isSafeInteger) ||
      typeof subscriptionType !== 'string'
    )
      throw refuse('an event of HubSpot says not when it happened, or what');
    if (portalId !== portal) throw refuse('the event is of another account');
  }
  return value;
}

/** The records that are to be read again because of an event. */
function touchesOf(event: Event): readonly (readonly [object: string, touch: Touch])[] {
  const { subscriptionType, objectTypeId, objectId, occurredAt } = event;
  const [subject = '', what = ''] = subscriptionType.split('.');
  const name = subject === 'object' ? String(objectTypeId) : subject;
  const object = OBJECTS[name] ?? (/^2-\d+$/.test(name) ? name : undefined);
  if (object === undefined) return [];
  const id = idOf(objectId);
  if (what === 'associationChange') {
    const [from, to] = [idOf(event.fromObjectId), idOf(event.toObjectId)];
    const toward = String(event.associationType).split('_TO_')[1]?.toLowerCase() ?? '';
    const other = OBJECTS[toward];
    const end = (name: string | undefined, own: string | undefined, far: string | undefined) =>
      name === undefined || own === undefined
        ? []
        : [[name, { id: own, linkedAt: occurredAt, ...aboveOf(name, far) }] as const];
    return [...end(object, from, to), ...end(other, to, from)];
  }
  if (what === 'merge') {
    const stays = idOf(event.newObjectId) ?? idOf(event.primaryObjectId);
    return stays === undefined ? [] : [[object, { id: stays }]];
  }
  if (id === undefined) return [];
  return [[object, what === 'privacyDeletion' ? { id, erasedAt: occurredAt } : { id }]];
}

/** When the tie is cut, nothing but the event says what was tied. */
const aboveOf = (object: string, far: string | undefined): Pick<Touch, 'above'> =>
  object === 'line_items' && far !== undefined ? { above: [far] } : {};

function idOf(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? String(value) : undefined;
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
