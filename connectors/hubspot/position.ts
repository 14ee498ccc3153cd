import { type ObjectPlace, readPlaces } from '../reading/places.js';

export interface Place extends ObjectPlace {
  /** A list whose reading goes on behind this record, and when it began. */
  readonly list?: { readonly after: string; readonly began: number };
  /** When the list of deleted records was last read, by HubSpot's clock. */
  readonly gone?: number;
}

export type Places = ReadonlyMap<string, Place>;

export const CRM = 'hubspot';

export const readPosition = (text: string, connection: string): Places =>
  readPlaces<Place>(text, CRM, connection, ({ list, gone }) => {
    const { after, began } = Object(list) as { readonly [name: string]: unknown };
    const isList = typeof after === 'string' && /^\d{1,20}$/.test(after) && Number.isFinite(began);
    return {
      ...(isList ? { list: { after, began: Number(began) } } : {}),
      ...(Number.isFinite(gone) ? { gone: Number(gone) } : {}),
    };
  });
