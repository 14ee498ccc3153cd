import { type ObjectPlace, readPlaces } from '../reading/places.js';
import type { BulkPlace } from './read-pages.js';

/** How far one kind of object has been read by `SystemModstamp`. */
export interface Place extends ObjectPlace {
  /** A bulk job in whose result the reading goes on, and the newest stamp met so far. */
  readonly bulk?: BulkPlace & { readonly newest: number };
  /** What was named at the last reading by records that leave no trace, or none for long, when they are deleted. */
  readonly named?: readonly string[];
}

export type Places = ReadonlyMap<string, Place>;

export const CRM = 'salesforce';

export const readPosition = (text: string, connection: string): Places =>
  readPlaces<Place>(text, CRM, connection, ({ bulk, named }) => {
    const ids = Array.isArray(named) ? named.filter((id) => /^\w{15,18}$/.test(String(id))) : [];
    const kept = Array.isArray(named) ? { named: ids.map(String) } : {};
    const { job, locator, newest } = Object(bulk) as { readonly [name: string]: unknown };
    if (typeof job !== 'string' || !/^\w{15,18}$/.test(job) || !Number.isFinite(newest))
      return kept;
    const place = { job, newest: Number(newest) };
    return { ...kept, bulk: typeof locator === 'string' ? { ...place, locator } : place };
  });
