import type { Decision } from 'opportune';
import type { Line } from 'opportune/remote';

/** The line between one side and the gateway, which can be pulled. */
export interface Cable {
  readonly line: Line;
  readonly fetch: typeof fetch;
  plug(online: boolean): void;
  /** Resolves when every request that was sent has begun to be answered. */
  quiet(): Promise<unknown>;
}

export interface CableOptions {
  /** While a day passes: resolves when the page's clock agrees with the gateway's again. */
  passing(): Promise<unknown> | undefined;
  /** What is told of the traffic: a body that leaves, and a decision that comes. */
  sent(path: string, body: string): void;
  decided(decision: Decision): void;
}

export function createCable({ passing, sent, decided }: CableOptions): Cable {
  const listeners = new Set<() => void>();
  let pulled: AbortController | undefined;
  let cut = new AbortController();
  const sending = new Set<Promise<unknown>>();
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
      const passes = passing();
      if (passes) {
        await passes;
        // Its token is of yesterday: the gateway would refuse it too, and fill a console.
        if (new Headers(init.headers).get('authorization')?.startsWith('Bearer '))
          return new Response(null, { status: 401 });
      }
      if (pulled) throw new TypeError('Failed to fetch');
      const { pathname } = new URL(String(input));
      if (typeof init.body === 'string') sent(pathname, init.body);
      const signals = init.signal ? [init.signal, cut.signal] : [cut.signal];
      const answering = fetch(input, { ...init, signal: AbortSignal.any(signals) });
      sending.add(answering);
      const answer = await answering.finally(() => sending.delete(answering));
      if (pathname === '/v1/decide' && answer.ok)
        decided((await answer.clone().json()) as Decision);
      return answer;
    },
    quiet: () => Promise.allSettled(sending),
    plug(online) {
      pulled = online ? undefined : cut;
      if (!online) cut.abort(new TypeError('Failed to fetch'));
      else cut = new AbortController();
      for (const listener of listeners) listener();
    },
  };
}
