import { setTimeout as pause } from 'node:timers/promises';
import { TENANT } from './world.js';

export interface Answered {
  readonly status: number;
  json<Body>(): Body;
}

/** Asks a gateway that may be dead at the moment, or die before it answers. */
export interface Caller {
  /** Where it listens now; absent while it does not. */
  at(url: string | undefined): void;
  readonly url: string | undefined;
  /** The same again until there is an answer that is none of a gateway in trouble; undefined once the signal says so. */
  ask(
    who: string,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<Answered | undefined>;
}

const AGAIN_MS = 25;
const PATIENCE_MS = 10_000;

export const authorization = (who: string): string => `Development ${TENANT} ${who}`;

export function createCaller(): Caller {
  let url: string | undefined;

  async function once(
    who: string,
    method: string,
    path: string,
    body: unknown,
  ): Promise<Answered | undefined> {
    if (url === undefined) return undefined;
    try {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: authorization(who), 'content-type': 'application/json' },
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status >= 500 || response.status === 429) return undefined;
      return { status: response.status, json: () => JSON.parse(text) };
    } catch {
      // It was killed, or does not listen yet.
      return undefined;
    }
  }

  return {
    at(now) {
      url = now;
    },
    get url() {
      return url;
    },
    async ask(who, method, path, body, signal) {
      while (!signal?.aborted) {
        const answered = await once(who, method, path, body);
        if (answered) return answered;
        await pause(AGAIN_MS);
      }
      return undefined;
    },
  };
}
