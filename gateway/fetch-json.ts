export type Fetch = typeof fetch;

export interface FetchOptions {
  readonly fetch: Fetch;
  readonly headers?: { readonly [name: string]: string };
  /** For the answer as a whole. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

/** `status` 0: there was no answer of HTTP at all, or none in time. */
export type Fetched =
  | { readonly ok: true; readonly status: number; readonly value: unknown }
  | {
      readonly ok: false;
      readonly status: number;
      readonly because: 'timeout' | 'network' | 'refused' | 'not-json' | 'too-large';
      /** The body of an answer that is no success, where it is JSON. */
      readonly value?: unknown;
      readonly retryAfterMs?: number;
    };

/** Gets JSON from a service that may be slow, gone, or something else than it should be. Never throws, follows no redirect. */
export async function fetchJson(url: string, options: FetchOptions): Promise<Fetched> {
  const { fetch, headers, timeoutMs, mostBytes } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'error',
      signal,
    });
    const text = await readText(response, mostBytes);
    if (text === undefined) return { ok: false, status: response.status, because: 'too-large' };
    const value = parseJson(text);
    if (!response.ok) {
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
      return {
        ok: false,
        status: response.status,
        because: 'refused',
        ...(value !== undefined && { value }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    }
    return value === undefined
      ? { ok: false, status: response.status, because: 'not-json' }
      : { ok: true, status: response.status, value };
  } catch {
    return {
      ok: false,
      status: response?.status ?? 0,
      because: signal.aborted ? 'timeout' : 'network',
    };
  }
}

async function readText(response: Response, most: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop cancels the stream.
    if (bytes > most) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds only: a moment would need a clock that both sides share. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}
