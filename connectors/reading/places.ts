import { OpportuneError } from '../../src/core/errors.js';

/** How far one kind of object has been read. */
export interface ObjectPlace {
  /** The stamp of a change up to which it is known, epoch milliseconds; absent: it was never read to its end. */
  readonly to?: number;
  /** When that was. */
  readonly at: number;
}

/** Some ten thousand ids may stand in it. */
const LONGEST = 2_000_000;

/** Places of one connection at one CRM, by object, as a text that another session can go on from. */
export function writePlaces(
  crm: string,
  connection: string,
  places: ReadonlyMap<string, ObjectPlace>,
): string {
  return JSON.stringify({ [crm]: 1, connection, objects: Object.fromEntries(places) });
}

/** Throws `opportune/position` for every other text. `more` reads what a CRM keeps in a place besides, and believes nothing. */
export function readPlaces<Place extends ObjectPlace>(
  text: string,
  crm: string,
  connection: string,
  more: (place: { readonly [name: string]: unknown }) => Omit<Place, keyof ObjectPlace>,
): ReadonlyMap<string, ObjectPlace & Omit<Place, keyof ObjectPlace>> {
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
  if (read[crm] !== 1 || typeof read.objects !== 'object' || read.objects === null)
    throw refuse('this is no position that the connector gave');
  if (read.connection !== connection) throw refuse('the position is of another connection');
  const places = new Map<string, ObjectPlace & Omit<Place, keyof ObjectPlace>>();
  for (const [name, one] of Object.entries(read.objects)) {
    const place = Object(one) as { readonly [name: string]: unknown };
    const { to, at } = place;
    if (!Number.isFinite(at) || (to !== undefined && !Number.isFinite(to)))
      throw refuse(`the position of ${name} is damaged`);
    places.set(name, {
      ...more(place),
      at: Number(at),
      ...(to === undefined ? {} : { to: Number(to) }),
    });
  }
  return places;
}
