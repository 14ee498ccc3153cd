import type { Decision } from 'opportune';
import type { Line } from 'opportune/remote';

/** The line between one side and the gateway, which can be pulled. */
export interface Cable {
  readonly line: Line;
  readonly fetch: typeof fetch;
  plug(online: boolean): void;
  /** What the gateway would refuse from then on is refused here: the browser would write each as an error. */
  expire(authorization: string, at: number): void;
}

/** What is told of the traffic: a body that leaves, and a decision that comes. */
export function createCable(
  now: () => number,
  { sent, decided }: { sent(path: string, body: string): void; decided(decision: Decision): void },
): Cable {
  const ends = new Map<string, number>();
  const listeners = new Set<() => void>();
  let pulled: AbortController | undefined;
  let cut = new AbortController();
  return {
    line: {
      get online() {
        return !pulled;
      },
      listen(changed) {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
    },
    async fetch(input, init = {}) {
      if (pulled) throw new TypeError('Failed to fetch');
      const authorization = new Headers(init.headers).get('authorization') ?? '';
      if ((ends.get(authorization) ?? Infinity) <= now()) return signedOut();
      const { pathname } = new URL(String(input));
      if (typeof init.body === 'string') sent(pathname, init.body);
      const signals = init.signal ? [init.signal, cut.signal] : [cut.signal];
      const answer = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      if (pathname === '/v1/decide' && answer.ok)
        decided((await answer.clone().json()) as Decision);
      return answer;
    },
    expire: (authorization, at) => void ends.set(authorization, at),
    plug(online) {
      pulled = online ? undefined : cut;
      if (!online) cut.abort(new TypeError('Failed to fetch'));
      else cut = new AbortController();
      for (const listener of listeners) listener();
    },
  };
}

const signedOut = (): Response =>
  new Response(JSON.stringify({ status: 401, code: 'opportune/unauthenticated' }), {
    status: 401,
    headers: { 'content-type': 'application/problem+json' },
  });
