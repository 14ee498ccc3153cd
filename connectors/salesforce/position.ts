import { type ObjectPlace, readPlaces } from '../reading/places.js';
import type { BulkPlace } from './read-pages.js';

/** How far one kind of object has been read by `SystemModstamp`. */
export interface Place extends ObjectPlace {
  /** A bulk job in whose result the reading goes on, and the newest stamp met so far. */
  readonly bulk?: BulkPlace & { readonly newest: number };
}

export type Places = ReadonlyMap<string, Place>;

export const CRM = 'salesforce';

export const readPosition = (text: string, connection: string): Places =>
  readPlaces<Place>(text, CRM, connection, ({ bulk }) => {
    const { job, locator, newest } = Object(bulk) as { readonly [name: string]: unknown };
    if (typeof job !== 'string' || !/^\w{15,18}$/.test(job) || !Number.isFinite(newest)) return {};
    const place = { job, newest: Number(newest) };
    return { bulk: typeof locator === 'string' ? { ...place, locator } : place };
  });
