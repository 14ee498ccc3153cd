import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import type { Org } from './org.js';
import type { Hidden } from './soql-run.js';

/** One request, as the emulator's parts see it. */
export interface Call {
  readonly method: string;
  /** Behind `/services/data/v62.0`. */
  readonly path: string;
  /** `/services/data/v62.0`, as the caller wrote it. */
  readonly base: string;
  readonly query: URLSearchParams;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
  readonly user: string;
  readonly hidden: Hidden;
}

/** What the parts share. */
export interface World {
  readonly org: Org;
  now(): number;
  /** `http://127.0.0.1:1234` */
  origin(): string;
  readonly settings: Settings;
}

export interface Settings {
  /** Records on a page of a query that asks for no other size. */
  pageSize: number;
  /** Rows on a page of a bulk result, at most. */
  bulkPageSize: number;
  /** Times that a bulk job is asked after before it is done. */
  bulkRounds: number;
  requestsADay: number;
  tokenLifetimeMs: number;
  /** A refresh token can be used once. */
  rotates: boolean;
  /** Whether the company has territories; looked at when it starts. */
  territories: boolean;
  /** Whether it converts by dated rates; looked at when it starts. */
  datedRates: boolean;
}

export const ok = (body: unknown, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  body,
  headers,
});

export function bodyOf(call: Call): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(call.body);
    if (typeof value === 'object' && value !== null) return value as { [name: string]: unknown };
  } catch {
    // Told below.
  }
  throw new ApiError(
    400,
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has no entity body, or one that is no JSON.',
  );
}
