import type { Line } from 'opportune/remote';

/** The line between one side and the gateway, which can be pulled. */
export interface Cable {
  readonly line: Line;
  readonly fetch: typeof fetch;
  plug(online: boolean): void;
}

/** `sent` is told of each request that left. */
export function createCable(sent: (method: string, path: string) => void): Cable {
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
    fetch(input, init = {}) {
      if (pulled) return Promise.reject(new TypeError('Failed to fetch'));
      sent(init.method ?? 'GET', new URL(String(input)).pathname);
      const signals = init.signal ? [init.signal, cut.signal] : [cut.signal];
      return fetch(input, { ...init, signal: AbortSignal.any(signals) });
    },
    plug(online) {
      pulled = online ? undefined : cut;
      if (!online) cut.abort(new TypeError('Failed to fetch'));
      else cut = new AbortController();
      for (const listener of listeners) listener();
    },
  };
}
