import { type ErrorCode, OpportuneError } from '../core/errors.js';
import type { RecordId } from '../domain/value.js';
import { after, createPause, type RemoteClock } from './pause.js';

export interface GatewayToken {
  readonly token: string;
  /** RFC 3339. Without it the token is used until the gateway refuses it. */
  readonly expiresAt?: string;
}

export interface GatewayOptions {
  /** Where the gateway answers, without `/v1`. */
  readonly url: string;
  /**
   * A bearer token of the asker, as `POST /v1/token` answers it. Called again shortly before the last one ends and when
   * the gateway no longer takes it. Reject with `opportune/signed-out` where nobody is signed in; any other failure
   * counts as a gateway out of reach.
   */
  token(): Promise<GatewayToken>;
  /** The rep before the panel. Nothing is written under a token of another. */
  readonly asker: RecordId;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: RemoteClock;
}

export interface Call {
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  /** It changes something: only under a token that is known to be the asker's, and sent to the end though the page closes. */
  readonly writes?: boolean;
  /** The answer names its asker. */
  readonly named?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Rejects with `opportune/signed-out`, `opportune/other-asker`, `opportune/gateway-unreachable` (try again later: no
 * answer, one of a proxy, a fault of the gateway) or, where the gateway itself refuses, with the code that it names.
 */
export interface GatewayClient {
  /** The next call asks for a token. */
  renew(): void;
  ask(method: string, path: string, call?: Call): Promise<unknown>;
  /** The body as it comes; the caller ends it by the signal. */
  open(path: string, call: Call): Promise<ReadableStream<Uint8Array>>;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly value: unknown;
}

const PATIENCE_MS = 10_000;
const RENEW_BEFORE_MS = 30_000;
/** A token is used at least so long: a clock that runs ahead of the gateway's would ask for one each time. */
const LEAST_USE_MS = 60_000;
/** A gateway that wants to rest longer counts as out of reach. */
const LONGEST_REST_MS = 60_000;

export function createGatewayClient(options: GatewayOptions): GatewayClient {
  const { token, asker, fetch, clock } = options;
  const base = `${options.url.replace(/\/+$/, '')}/v1/`;
  let held: Promise<string> | undefined;
  let renewAt = Infinity;
  /** The token under which the gateway has answered as to the asker. */
  let confirmed: string | undefined;
  let restUntil = 0;

  function getToken(): Promise<string> {
    if (clock.now() >= renewAt) held = undefined;
    held ??= (async () => {
      renewAt = Infinity;
      try {
        const given = await token();
        const now = clock.now();
        renewAt = Math.max(Date.parse(given.expiresAt ?? '') - RENEW_BEFORE_MS, now + LEAST_USE_MS);
        return given.token;
      } catch (error) {
        held = undefined;
        if ((error as Partial<OpportuneError>)?.code === 'opportune/signed-out') throw signedOut();
        throw unreachable('There is no token', error);
      }
    })();
    return held;
  }

  /** One request, until its body was read; that of a stream until it begins. */
  async function exchange(
    bearer: string,
    method: string,
    path: string,
    { body, headers, writes, signal }: Call,
    toBody: (response: Response) => Promise<unknown>,
  ): Promise<Answer> {
    const abort = new AbortController();
    const giveUp = (): void => abort.abort();
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    const stop = after(clock, PATIENCE_MS, giveUp);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(writes && { keepalive: true }),
        signal: abort.signal,
        cache: 'no-store',
        credentials: 'omit',
        // A token goes nowhere else.
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        value: await (response.ok ? toBody : toJson)(response),
      };
    } catch (error) {
      throw unreachable('It did not answer', error);
    } finally {
      stop();
    }
  }

  async function rest(): Promise<void> {
    const ms = restUntil - clock.now();
    if (ms > LONGEST_REST_MS) throw unreachable('It asks to be left alone for a while');
    if (ms > 0) await createPause(clock).wait(ms);
  }

  /** Nobody's own record shows nothing; who asks is told all the same. */
  async function confirm(bearer: string): Promise<Answer | undefined> {
    const answer = await exchange(bearer, 'POST', 'decide', { body: { record: asker } }, toJson);
    if (answer.status === 401 || answer.status === 429) return answer;
    if (answer.status !== 200) throw unreachable(`It answered ${answer.status}`);
    hold(answer.value, bearer);
    return undefined;
  }

  function hold(answer: unknown, bearer: string): void {
    if ((answer as { readonly asker?: RecordId } | undefined)?.asker !== asker) {
      held = undefined;
      throw otherAsker();
    }
    confirmed = bearer;
  }

  async function send<Body>(
    method: string,
    path: string,
    call: Call,
    toBody: (response: Response) => Promise<Body>,
  ): Promise<Body> {
    for (let renewed = false; ; ) {
      await rest();
      const mine = getToken();
      const bearer = await mine;
      const answer =
        (call.writes && bearer !== confirmed && (await confirm(bearer))) ||
        (await exchange(bearer, method, path, call, toBody));
      const { status, retryAfter, value } = answer;
      if (status < 300) {
        if (call.named) hold(value, bearer);
        return value as Body;
      }
      if (status === 429) restUntil = clock.now() + toRest(retryAfter, clock.now());
      else if (status !== 401) throw toError(status, value);
      else {
        if (held === mine) held = undefined;
        if (renewed) throw signedOut();
        renewed = true;
      }
    }
  }

  return {
    renew() {
      held = undefined;
    },
    ask: (method, path, call = {}) => send(method, path, call, toJson),
    open: (path, call) =>
      send('GET', path, call, async ({ headers, body }) => {
        if (!body || !/^text\/event-stream\b/.test(headers.get('content-type') ?? ''))
          throw unreachable('It sent no events');
        return body;
      }),
  };
}

async function toJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Such as the page of a network that wants to be paid first.
    if (response.ok) throw error;
    return undefined;
  }
}

/** Only what the gateway says itself, under a code, is a refusal; a proxy's 404 is none. */
function toError(status: number, value: unknown): OpportuneError {
  const { code, title, detail, remedy } = (value ?? {}) as { readonly [name: string]: unknown };
  if (status >= 500 || typeof code !== 'string' || !/^opportune\/[a-z-]+$/.test(code))
    return unreachable(`It answered ${status}`);
  const what = [title, detail].filter((one) => typeof one === 'string').join(': ');
  return new OpportuneError(code as ErrorCode, what || `It answered ${status}`, {
    where: 'gateway',
    ...(typeof remedy === 'string' && { remedy }),
  });
}

function toRest(retryAfter: string | null, now: number): number {
  const seconds = Number(retryAfter || Number.NaN);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - now : seconds * 1000;
  return ms > 0 ? ms : 1000;
}

function unreachable(what: string, cause?: unknown): OpportuneError {
  return new OpportuneError('opportune/gateway-unreachable', what, { where: 'gateway', cause });
}

function signedOut(): OpportuneError {
  return new OpportuneError('opportune/signed-out', 'Nobody is signed in', {
    where: 'gateway',
    remedy: 'Sign in again',
  });
}

/** Also what an agent throws that is asked in the name of another rep than its own. */
export function otherAsker(): OpportuneError {
  return new OpportuneError('opportune/other-asker', 'Another rep is signed in', {
    where: 'gateway',
    remedy: 'Make an agent for the rep who is',
  });
}
