import { OpportuneError } from '../../src/core/errors.js';
import { type Budget, type BudgetOptions, createBudget, type Usage } from './budget.js';
import { createRateLimit, type RateLimitOptions } from './rate-limit.js';
import { retryAfterOf, retryDelay } from './retry-delay.js';
import type { Timing } from './timing.js';

export interface RequestsOptions extends Timing {
  readonly fetch: typeof fetch;
  /** What this portal bears. */
  readonly rate: RateLimitOptions;
  readonly budget: BudgetOptions;
  /** Statuses and answers of this CRM that may pass, beside those that always may (408, 425, 429, 500, 502, 503, 504). */
  readonly mayPass?: (status: number, value: unknown) => boolean;
  /** How long this CRM wants to be left alone after such an answer, where it sends no `Retry-After`; milliseconds. */
  readonly retryAfter?: (status: number, value: unknown) => number | undefined;
  /** Attempts in all; 6. */
  readonly attempts?: number;
  /** For one attempt, its whole answer included; 120 s. */
  readonly timeoutMs?: number;
  /** An answer larger than this is refused; 64 MB. */
  readonly mostBytes?: number;
  /** What happens on the wire, for a log or a progress line. Paths come without their query. */
  readonly observe?: (event: RequestEvent) => void;
}

export type RequestEvent =
  | {
      readonly type: 'answered';
      readonly path: string;
      readonly status: number;
      readonly bytes: number;
    }
  | { readonly type: 'failed'; readonly path: string; readonly because: string }
  | { readonly type: 'waiting'; readonly path: string; readonly ms: number };

export interface RequestParts {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Asked for anew at each attempt, so that a token that was renewed meanwhile is used. */
  readonly headers: () => { readonly [name: string]: string };
  /** Text: it is sent whole at every attempt. */
  readonly body?: string;
  readonly contentType?: string;
  readonly expects: 'json' | 'csv';
  /** Twice does what once does. Without it, an attempt whose fate is not known is not repeated. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal;
}

/** An answer that is whole, of the kind that was expected where it is a success. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** JSON where the answer was JSON, else undefined. */
  readonly value: unknown;
  readonly text: string;
}

/** All that goes to one portal of a CRM, whoever asks. */
export interface Requests {
  /**
   * Resolves with every answer that is final, refusals included. Throws `opportune/crm-unavailable` when there was none
   * after all attempts, `opportune/crm-busy` when the CRM or the budget asks to come back much later, and the reason of
   * the signal.
   */
  send(parts: RequestParts): Promise<Reply>;
  /** As the CRM last said; undefined: it has not said yet. */
  usage(): Usage | undefined;
}

const PASSING = [408, 425, 429, 500, 502, 503, 504];
/** The CRM did not begin to work on it: also what must not happen twice may be sent again. */
const NOT_BEGUN = [425, 429];
/** Longer than this nobody waits inside a call. */
const LONGEST_WAIT_MS = 120_000;

/** Every request to one portal goes through one of these: it keeps the rate, tries again what may pass, and leaves others their share. */
export function createRequests(options: RequestsOptions): Requests {
  const { attempts = 6, mayPass = () => false, observe = () => undefined } = options;
  const limit = createRateLimit(options.rate, options);
  const budget = createBudget(options.budget, options);

  async function send(parts: RequestParts): Promise<Reply> {
    const path = new URL(parts.url).pathname;
    for (let attempt = 1; ; attempt++) {
      budget.check(path);
      const release = await limit.enter(parts.signal);
      let outcome: Outcome;
      try {
        outcome = await attemptOnce(parts, path, options, budget);
      } finally {
        release();
      }
      if (outcome.kind === 'reply') {
        const { reply } = outcome;
        observe({ type: 'answered', path, status: reply.status, bytes: reply.text.length });
        const passes =
          PASSING.includes(reply.status) ||
          (reply.status >= 400 && mayPass(reply.status, reply.value));
        if (!passes) return reply;
        const again = parts.repeatable || NOT_BEGUN.includes(reply.status) || reply.status === 400;
        const after =
          retryAfterOf(reply.headers, options.now()) ??
          options.retryAfter?.(reply.status, reply.value);
        if (!again || attempt >= attempts)
          throw unavailable(path, `it answered ${reply.status}`, attempt, again);
        await pause(path, attempt, after, parts.signal);
        continue;
      }
      observe({ type: 'failed', path, because: outcome.because });
      if (!parts.repeatable || attempt >= attempts)
        throw unavailable(path, outcome.because, attempt, parts.repeatable);
      await pause(path, attempt, undefined, parts.signal);
    }
  }

  async function pause(
    path: string,
    attempt: number,
    after: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (after !== undefined && after > LONGEST_WAIT_MS)
      throw new OpportuneError(
        'opportune/crm-busy',
        `the CRM asks to come back in ${Math.ceil(after / 60_000)} minutes`,
        { where: path, remedy: 'Go on later from the last position' },
      );
    const ms = retryDelay(attempt, after, options.random);
    // What was asked of one request holds for the portal: others would be refused as well.
    if (after !== undefined) limit.hold(after);
    observe({ type: 'waiting', path, ms });
    await options.wait(ms, signal);
  }

  return { send, usage: budget.usage };
}

type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'broken'; readonly because: string };

async function attemptOnce(
  parts: RequestParts,
  path: string,
  options: RequestsOptions,
  budget: Budget,
): Promise<Outcome> {
  const { method, url, headers, body, contentType, signal, expects } = parts;
  const { timeoutMs = 120_000, mostBytes = 64 * 1024 * 1024 } = options;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const over = new AbortController();
  let late = false;
  options.wait(timeoutMs, over.signal).then(
    () => {
      late = true;
      stop.abort(new Error('no whole answer in time'));
    },
    () => undefined,
  );
  try {
    const response = await options.fetch(url, {
      method,
      headers: {
        accept: expects === 'json' ? 'application/json' : 'text/csv',
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
        ...headers(),
      },
      ...(body === undefined ? {} : { body }),
      // A redirect would carry the token elsewhere.
      redirect: 'manual',
      signal: stop.signal,
    });
    budget.note(response.headers);
    const text = await readText(response, mostBytes, path);
    return toOutcome(response, text, expects);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof OpportuneError) throw error;
    // Only kinds of failure are told: messages of a network may hold addresses with more than a path.
    return {
      kind: 'broken',
      because: late ? 'no whole answer came in time' : 'the connection broke',
    };
  } finally {
    over.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}

function toOutcome(response: Response, text: string, expects: RequestParts['expects']): Outcome {
  const { status, headers } = response;
  const type = headers.get('content-type') ?? '';
  let value: unknown;
  if (/^application\/json\b/.test(type) && text !== '')
    try {
      value = JSON.parse(text);
    } catch {
      if (status < 400) return { kind: 'broken', because: 'the answer is JSON that ends early' };
    }
  const isEmpty = status === 204 || text === '';
  const fits = expects === 'json' ? value !== undefined || isEmpty : /^text\/csv\b/.test(type);
  if (status < 300 && !fits)
    return {
      kind: 'broken',
      because: 'a page came in place of data, as when the CRM is under maintenance',
    };
  return { kind: 'reply', reply: { status, headers, value, text } };
}

async function readText(response: Response, most: number, path: string): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) {
      await reader.cancel();
      throw new OpportuneError(
        'opportune/crm-unavailable',
        `the answer has more than ${most} bytes`,
        {
          where: path,
          remedy: 'Ask for smaller pages',
        },
      );
    }
    text += decoder.decode(value, { stream: true });
  }
}

function unavailable(
  path: string,
  because: string,
  attempts: number,
  repeated: boolean,
): OpportuneError {
  return new OpportuneError(
    'opportune/crm-unavailable',
    `${because}, ${attempts === 1 ? 'at the only attempt' : `at the last of ${attempts} attempts`}`,
    {
      where: path,
      remedy: repeated
        ? 'Go on later from the last position'
        : 'It is not known whether it was carried out: look there before it is sent again',
    },
  );
}
