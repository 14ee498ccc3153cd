import { isOpportuneError } from '../../src/core/errors.js';
import type { Hint } from '../../src/domain/connector.js';
import type { Session } from '../requests/create-session.js';
import { retryDelay } from '../requests/retry-delay.js';
import type { Timing } from '../requests/timing.js';
import type { SalesforceToken } from './session.js';

export interface WatchOptions {
  readonly session: Session<SalesforceToken>;
  readonly version: string;
  readonly fetch: typeof fetch;
  readonly timing: Timing;
  /** Names of objects whose changes are told. */
  readonly objects: readonly string[];
}

/** Of Bayeux, as far as it is looked at. */
interface Message {
  readonly channel?: string;
  readonly successful?: boolean;
  readonly clientId?: string;
  readonly error?: string;
  readonly data?: {
    readonly payload?: { readonly ChangeEventHeader?: { readonly entityName?: unknown } };
  };
}

/** Salesforce holds a poll for 110 seconds; after this it has died without a word. */
const SILENT_MS = 130_000;
const LONGEST_STEP = 6;

/**
 * Change events over Bayeux long polling, as hints. Each time that it begins to listen it gives one of no object: what
 * happened while nobody listened. No event is asked for again, since what a hint leads to reads from a position; so
 * there is no place in the stream to keep, to lose, or to mix up between two objects.
 */
export async function* watchChanges(
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<Hint> {
  const { session, timing } = options;
  for (let failures = 0; ; ) {
    signal.throwIfAborted();
    const token = session.token();
    try {
      const talk = createTalk(options, token, signal);
      const clientId = await greet(talk, options.objects);
      yield {};
      failures = 0;
      for (let listening = true; listening; ) {
        const messages = await talk({
          channel: '/meta/connect',
          clientId,
          connectionType: 'long-polling',
        });
        for (const object of objectsOf(messages)) yield { object };
        listening = messages.some(
          (one) => one.channel === '/meta/connect' && one.successful === true,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      if (isOpportuneError(error, 'opportune/sign-in')) throw error;
      // The token may have ended; a session that cannot renew it says so.
      if (error instanceof NotSignedIn) await session.renew(token);
      else failures = Math.min(LONGEST_STEP, failures + 1);
    }
    if (failures > 0) await timing.wait(retryDelay(failures, undefined, timing.random), signal);
  }
}

class NotSignedIn extends Error {}

type Talk = (...messages: readonly object[]) => Promise<readonly Message[]>;

/** Joins, and asks for the changes of each object. Resolves with the name under which Salesforce knows us. */
async function greet(talk: Talk, objects: readonly string[]): Promise<string> {
  const [hello] = await talk({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
  });
  const { clientId = '' } = hello ?? {};
  if (hello?.successful !== true) throw new Error('no handshake');
  const subscriptions = objects.map((object) => ({
    channel: '/meta/subscribe',
    clientId,
    subscription: `/data/${object.replace(/__c$/, '__')}ChangeEvent`,
  }));
  const answers = await talk(...subscriptions);
  if (answers.some(({ successful }) => successful === false)) throw new Error('no subscription');
  return clientId;
}

function createTalk(
  { fetch, timing, version }: WatchOptions,
  token: SalesforceToken,
  signal: AbortSignal,
): Talk {
  const url = new URL(`/cometd/${version}`, token.instanceUrl);
  // Salesforce finds the server that holds the stream by cookies.
  const cookies = new Map<string, string>();
  let count = 0;
  return async (...messages) => {
    const over = new AbortController();
    const silent = new AbortController();
    timing.wait(SILENT_MS, over.signal).then(
      () => silent.abort(new Error('silent')),
      () => undefined,
    );
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `OAuth ${token.accessToken}`,
          'content-type': 'application/json',
          ...(cookies.size > 0 && {
            cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          }),
        },
        body: JSON.stringify(messages.map((message) => ({ ...message, id: String(++count) }))),
        redirect: 'manual',
        signal: AbortSignal.any([signal, silent.signal]),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) cookies.set(name.trim(), value);
      }
      if (response.status === 401) throw new NotSignedIn();
      const answers: unknown = await response.json();
      if (!Array.isArray(answers)) throw new Error('no answer');
      if (answers.some(({ error }) => /^401::/.test(String(error)))) throw new NotSignedIn();
      return answers as readonly Message[];
    } finally {
      over.abort();
    }
  };
}

function objectsOf(messages: readonly Message[]): ReadonlySet<string> {
  const objects = new Set<string>();
  for (const { channel, data } of messages) {
    const name = data?.payload?.ChangeEventHeader?.entityName;
    if (channel?.startsWith('/data/') && typeof name === 'string') objects.add(name);
  }
  return objects;
}
