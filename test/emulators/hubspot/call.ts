import type { Answer } from '../send-answer.js';
import { invalid } from './api-error.js';
import type { Portal } from './portal.js';

/** One request, as the emulator's parts see it. */
export interface Call {
  readonly method: string;
  /** `objects`, `associations`, `properties`, ...: the same behind `/crm/v3/` and behind a dated path. */
  readonly area: string;
  /** What follows, decoded, without empty parts. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What the parts share. */
export interface World {
  readonly portal: Portal;
  now(): number;
  /** `http://127.0.0.1:1234` */
  origin(): string;
  readonly settings: Settings;
}

export interface Settings {
  /** For all of the app, in ten seconds. */
  requestsInTenSeconds: number;
  requestsADay: number;
  searchesASecond: number;
  /** How late search knows of a change. */
  indexLagMs: number;
  tokenLifetimeMs: number;
  /** Whether the app may read what other currencies are worth. */
  mayReadRates: boolean;
  /** A refresh token can be used once. */
  rotates: boolean;
  /** Paths without a date are gone, as from September 2027. */
  onlyDated: boolean;
  /** Results that one search can page through. */
  searchCap: number;
  /** Associated records on a page of the batch. */
  associationPage: number;
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

export function bodyOf({ body }: Pick<Call, 'body'>): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as { [name: string]: unknown };
  } catch {
    // Told below.
  }
  throw invalid('Invalid input JSON on line 1, column 1');
}

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];
