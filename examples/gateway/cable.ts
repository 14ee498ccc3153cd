import type { Decision } from 'opportune';
import type { Line } from 'opportune/remote';

/** The line between one side and the gateway, which can be pulled. */
export interface Cable {
  readonly line: Line;
  readonly fetch: typeof fetch;
  plug(online: boolean): void;
}

export interface CableOptions {
  /** Resolves when the page's clock agrees with the gateway's: a token of yesterday would be refused, and a console filled. */
  onTime(): Promise<unknown>;
  /** What is told of the traffic: a body that leaves, and a decision that comes. */
  sent(path: string, body: string): void;
  decided(decision: Decision): void;
}

export function createCable({ onTime, sent, decided }: CableOptions): Cable {
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
      await onTime();
      if (pulled) throw new TypeError('Failed to fetch');
      const { pathname } = new URL(String(input));
      if (typeof init.body === 'string') sent(pathname, init.body);
      const signals = init.signal ? [init.signal, cut.signal] : [cut.signal];
      const answer = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      if (pathname === '/v1/decide' && answer.ok)
        decided((await answer.clone().json()) as Decision);
      return answer;
    },
    plug(online) {
      pulled = online ? undefined : cut;
      if (!online) cut.abort(new TypeError('Failed to fetch'));
      else cut = new AbortController();
      for (const listener of listeners) listener();
    },
  };
}
