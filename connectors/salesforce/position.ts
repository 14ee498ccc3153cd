import { OpportuneError } from '../../src/core/errors.js';
import type { BulkPlace } from './read-pages.js';

/** How far one kind of object has been read. */
export interface Place {
  /** `SystemModstamp` up to which it is known, epoch milliseconds; absent: it was never read to its end. */
  readonly to?: number;
  /** When that was. */
  readonly at: number;
  /** A bulk job in whose result the reading goes on, and the newest stamp met so far. */
  readonly bulk?: BulkPlace & { readonly newest: number };
}

export type Places = ReadonlyMap<string, Place>;

const LONGEST = 200_000;

/** As a text that another session can go on from. */
export function writePosition(connection: string, places: Places): string {
  return JSON.stringify({ salesforce: 1, connection, objects: Object.fromEntries(places) });
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
  if (read.salesforce !== 1 || typeof read.objects !== 'object' || read.objects === null)
    throw refuse('this is no position that the connector gave');
  if (read.connection !== connection) throw refuse('the position is of another connection');
  const places = new Map<string, Place>();
  for (const [name, one] of Object.entries(read.objects)) {
    const { to, at, bulk } = Object(one) as { readonly [name: string]: unknown };
    const { job, locator, newest } = Object(bulk) as { readonly [name: string]: unknown };
    if (!Number.isFinite(at) || (to !== undefined && !Number.isFinite(to)))
      throw refuse(`the position of ${name} is damaged`);
    places.set(name, {
      at: Number(at),
      ...(to === undefined ? {} : { to: Number(to) }),
      ...(typeof job === 'string' && /^\w{15,18}$/.test(job) && Number.isFinite(newest)
        ? { bulk: { job, newest: Number(newest), ...(typeof locator === 'string' && { locator }) } }
        : {}),
    });
  }
  return places;
}
