import { OpportuneError } from '../../src/core/errors.js';
import {
  createRequests,
  type Reply,
  type RequestParts,
  type Requests,
  type RequestsOptions,
} from '../requests/create-requests.js';
import type { Session } from '../requests/create-session.js';
import { sendSigned } from '../requests/send-signed.js';
import { realTiming, type Timing } from '../requests/timing.js';
import type { SalesforceToken } from './session.js';

export type { Requests } from '../requests/create-requests.js';

/** An answer of Salesforce that is no. */
export class SalesforceRefusal extends OpportuneError {
  readonly status: number;
  /** `INVALID_FIELD`, `DUPLICATE_VALUE`, ... */
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string, where: string) {
    super('opportune/crm-refused', `${errorCode}: ${message}`, {
      where,
      remedy: REMEDIES[errorCode] ?? 'See the message; what was done before stays',
    });
    this.status = status;
    this.errorCode = errorCode;
  }
}

const REMEDIES: { readonly [code: string]: string } = {
  INVALID_FIELD:
    'Check the map against the CRM: a field may have gone, or may not be read by this user',
  INVALID_TYPE: 'Check the map against the CRM: an object may have gone',
  INSUFFICIENT_ACCESS: 'Let this user do that at Salesforce',
  API_DISABLED_FOR_ORG: 'Use an edition of Salesforce with API access',
};

export interface Asked {
  readonly method?: RequestParts['method'];
  /** Behind the version, or from `/services/` on. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly expects?: 'json' | 'csv';
  readonly repeatable?: boolean;
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
}

export interface Wire {
  /** Throws {@link SalesforceRefusal}, and what {@link Requests.send} throws. */
  ask(asked: Asked): Promise<Reply>;
}

/** Requests as Salesforce wants them paced: `createRequests` with its rate, its allowance and its rows that are locked. */
export function createSalesforceRequests(
  options: Pick<RequestsOptions, 'observe' | 'attempts' | 'timeoutMs'> & {
    /** The share of the day's requests that is left to others, 0 to 1; 0.2. */
    readonly leave?: number;
    readonly fetch?: typeof globalThis.fetch;
    readonly timing?: Timing;
  } = {},
): Requests {
  const { leave = 0.2, fetch = globalThis.fetch, timing = realTiming, ...rest } = options;
  return createRequests({
    ...rest,
    ...timing,
    fetch,
    rate: { perSecond: 20, burst: 20, parallel: 5 },
    budget: { leave, readUsage },
    mayPass: (status, value) => status === 400 && codeOf(value).errorCode === 'UNABLE_TO_LOCK_ROW',
  });
}

function readUsage(headers: Headers): { used: number; limit: number } | undefined {
  const found = /\bapi-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '');
  return found ? { used: Number(found[1]), limit: Number(found[2]) } : undefined;
}

/** Asks Salesforce in the name of a session. */
export function createWire(
  requests: Requests,
  session: Session<SalesforceToken>,
  version: string,
): Wire {
  return {
    async ask({ method = 'GET', path, query = {}, body, expects = 'json', signal, ...asked }) {
      const full = path.startsWith('/services/') ? path : `/services/data/v${version}${path}`;
      return sendSigned(
        { requests, session },
        signal,
        ({ instanceUrl }) => {
          const url = new URL(full, instanceUrl);
          for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
          return {
            ...{ method, url: url.href, body, contentType: 'text/csv', expects },
            ...{ headers: asked.headers, repeatable: asked.repeatable },
          };
        },
        (reply) => refusal(reply, full),
      );
    },
  };
}

function refusal({ status, value }: Reply, where: string): OpportuneError {
  const { errorCode, message } = codeOf(value);
  if (errorCode === 'REQUEST_LIMIT_EXCEEDED')
    return new OpportuneError('opportune/crm-busy', "the day's requests are used up", {
      where,
      remedy: 'Go on later from the last position',
    });
  return new SalesforceRefusal(status, errorCode || `HTTP ${status}`, message, where);
}

const LONGEST_MESSAGE = 300;

function codeOf(value: unknown): { readonly errorCode: string; readonly message: string } {
  const [first] = (Array.isArray(value) ? value : [value]) as {
    readonly errorCode?: unknown;
    readonly message?: unknown;
  }[];
  return {
    errorCode: typeof first?.errorCode === 'string' ? first.errorCode.slice(0, 80) : '',
    message:
      typeof first?.message === 'string'
        ? first.message.trim().slice(0, LONGEST_MESSAGE)
        : 'no message',
  };
}
