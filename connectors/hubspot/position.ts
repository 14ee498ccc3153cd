import { OpportuneError } from '../../src/core/errors.js';

/** How far one kind of object has been read. */
export interface Place {
  /** Last modified up to which it is known, epoch milliseconds; absent: it was never read to its end. */
  readonly to?: number;
  /** When that was. */
  readonly at: number;
  /** A list whose reading goes on behind this record, and when it began. */
  readonly list?: { readonly after: string; readonly began: number };
}

export type Places = ReadonlyMap<string, Place>;

const LONGEST = 200_000;

/** As a text that another session can go on from. */
export function writePosition(connection: string, places: Places): string {
  return JSON.stringify({ hubspot: 1, connection, objects: Object.fromEntries(places) });
}

export function readPosition(text: string, connection: string): Places {
  const refuse = (what: string): OpportuneError =>
    new OpportuneError('opportune/position', what, {
      where: `connection "${connection}"`,
      remedy: 'Pull everything, and go on from the position that this gives',
    });
  let value: unknown;
  try {
    value = text.length > LONGEST ? undefined : JSON.parse(text);
  } catch {
    // Told below.
  }
  const read = Object(value) as { readonly [name: string]: unknown };
  if (read.hubspot !== 1 || typeof read.objects !== 'object' || read.objects === null)
    throw refuse('this is no position that the connector gave');
  if (read.connection !== connection) throw refuse('the position is of another connection');
  const places = new Map<string, Place>();
  for (const [name, one] of Object.entries(read.objects)) {
    const { to, at, list } = Object(one) as { readonly [name: string]: unknown };
    const { after, began } = Object(list) as { readonly [name: string]: unknown };
    if (!Number.isFinite(at) || (to !== undefined && !Number.isFinite(to)))
      throw refuse(`the position of ${name} is damaged`);
    places.set(name, {
      at: Number(at),
      ...(to === undefined ? {} : { to: Number(to) }),
      ...(typeof after === 'string' && /^\d{1,20}$/.test(after) && Number.isFinite(began)
        ? { list: { after, began: Number(began) } }
        : {}),
    });
  }
  return places;
}
