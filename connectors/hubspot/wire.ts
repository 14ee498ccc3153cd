import { OpportuneError } from '../../src/core/errors.js';
import {
  createRequests,
  type Reply,
  type RequestParts,
  type Requests,
  type RequestsOptions,
} from '../requests/create-requests.js';
import { sendSigned } from '../requests/send-signed.js';
import { datePath } from './dated-paths.js';
import type { HubspotSession } from './session.js';

export type { Requests } from '../requests/create-requests.js';

/** An answer of HubSpot that is no. */
export class HubspotRefusal extends OpportuneError {
  readonly status: number;
  /** `VALIDATION_ERROR`, `MISSING_SCOPES`, ... */
  readonly category: string;

  constructor(status: number, category: string, message: string, where: string) {
    super('opportune/crm-refused', `${category}: ${message}`, {
      where,
      remedy: REMEDIES[category] ?? 'See the message; what was done before stays',
    });
    this.status = status;
    this.category = category;
  }
}

const REMEDIES: { readonly [category: string]: string } = {
  MISSING_SCOPES: 'Let the app have the scope that the message names, and sign in again',
  VALIDATION_ERROR: 'Check the map against HubSpot: a property may have gone',
};

export interface Asked {
  readonly method?: RequestParts['method'];
  /** As in the third version, `/crm/v3/objects/...`. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** An object goes as JSON, a text as a form. */
  readonly body?: unknown;
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Wire {
  /** Throws {@link HubspotRefusal}, and what {@link Requests.send} throws. */
  ask(asked: Asked): Promise<Reply>;
}

const HOUR_MS = 3_600_000;
/** Statuses of HubSpot, and of what stands before it, that pass: locked, moving, and no answer from behind. */
const PASSING = [423, 477, 520, 521, 522, 523, 524];

/**
 * Requests as HubSpot wants them paced: so many in ten seconds, and searches by themselves. One for each account and app.
 * HubSpot's own client keeps one limit for the whole process, whichever account it is for.
 */
export function createHubspotRequests(
  options: Pick<
    RequestsOptions,
    'fetch' | 'now' | 'wait' | 'random' | 'observe' | 'attempts' | 'timeoutMs'
  > & {
    /** What the edition allows in ten seconds; 100. */
    readonly inTenSeconds?: number;
    /** The share of the day's requests that is left to others, 0 to 1; 0.2. */
    readonly leave?: number;
  },
): Requests {
  const { leave = 0.2, inTenSeconds = 100, ...rest } = options;
  const shared = {
    ...rest,
    budget: { leave, readUsage },
    mayPass: (status: number) => PASSING.includes(status),
    retryAfter,
  };
  const burst = 10;
  const perSecond = Math.max(1, (inTenSeconds - burst) / 10);
  const others = createRequests({ ...shared, rate: { perSecond, burst, parallel: 6 } });
  const searches = createRequests({ ...shared, rate: { perSecond: 4, burst: 1, parallel: 3 } });
  return {
    send: (parts) => (isSearch(parts.url) ? searches : others).send(parts),
    usage: others.usage,
  };
}

const isSearch = (url: string): boolean => new URL(url).pathname.endsWith('/search');

/** HubSpot names the limit, and not how long it lasts. */
function retryAfter(status: number, value: unknown): number | undefined {
  if (status !== 429) return undefined;
  const { policyName } = Object(value) as { readonly policyName?: unknown };
  if (policyName === 'DAILY') return HOUR_MS;
  return policyName === 'SECONDLY' ? 1_000 : 10_000;
}

function readUsage(headers: Headers): { used: number; limit: number } | undefined {
  const limit = headers.get('x-hubspot-ratelimit-daily');
  const left = headers.get('x-hubspot-ratelimit-daily-remaining');
  if (limit === null || left === null) return undefined;
  return { used: Number(limit) - Number(left), limit: Number(limit) };
}

/** Asks HubSpot in the name of a session. With a version such as `2026-03` the dated paths are called. */
export function createWire(
  requests: Requests,
  session: HubspotSession,
  { origin, version }: { readonly origin: string; readonly version: string | undefined },
): Wire {
  return {
    async ask({ method = 'GET', path, query = [], body, repeatable, signal }) {
      const where = version === undefined ? path : datePath(path, version);
      const url = new URL(where, origin);
      for (const [name, value] of query) url.searchParams.append(name, value);
      return sendSigned(
        { requests, session },
        signal,
        () => ({
          ...{ method, url: url.href, body, expects: 'json', repeatable },
          contentType: 'application/x-www-form-urlencoded',
        }),
        (reply) => refusal(reply, where),
      );
    },
  };
}

const LONGEST_MESSAGE = 300;

function refusal({ status, value }: Reply, where: string): HubspotRefusal {
  const { category, message } = Object(value) as { readonly [name: string]: unknown };
  const told = typeof category === 'string' ? category.slice(0, 80) : `HTTP ${status}`;
  const text =
    typeof message === 'string' ? message.trim().slice(0, LONGEST_MESSAGE) : 'no message';
  return new HubspotRefusal(status, told, text, where);
}

/** The list in an answer. An answer without one is no empty list. */
export function resultsOf<Item>({ value }: Reply, where: string): readonly Item[] {
  const { results } = Object(value) as { readonly results?: unknown };
  if (Array.isArray(results)) return results;
  throw new OpportuneError('opportune/crm-unavailable', 'the answer holds no results', {
    where,
    remedy: 'Go on later from the last position',
  });
}

/** What an answer says to go on from; undefined: it was the last page. */
export function afterOf(value: unknown): string | undefined {
  const { paging } = Object(value) as { readonly paging?: unknown };
  const { next } = Object(paging) as { readonly next?: unknown };
  const { after } = Object(next) as { readonly after?: unknown };
  return typeof after === 'string' || typeof after === 'number' ? String(after) : undefined;
}
