import type { RemoteClock } from 'opportune/remote';

/** `hubspot.fetch`: HubSpot makes the call itself and signs it for the user; it takes no header of ours and streams nothing. */
export type HubspotFetch = (
  url: string,
  options: { readonly method: Method; readonly body?: { [name: string]: unknown } },
) => Promise<Pick<Response, 'status' | 'text'>>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

/** Under a minute and a half, as nothing is pushed to a card. */
const ASK_ANEW_MS = 80_000;
const BEAT_MS = 20_000;

/**
 * The `fetch` of an agent behind a gateway, by `hubspot.fetch`. Its event stream is made here: it has the record asked
 * anew from time to time.
 */
export function createCardFetch(
  fetch: HubspotFetch,
  clock: RemoteClock,
): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, { method = 'GET', body, signal }) => {
    const records = new URL(url).searchParams.getAll('record');
    if (/\/v1\/events\?/.test(url)) return respond(200, '', beats(records, clock));
    const sent = typeof body === 'string' ? { body: JSON.parse(body) } : {};
    const asked = fetch(url, { method: method as Method, ...sent });
    const answer = await Promise.race([asked, aborted(signal)]);
    return respond(answer.status, await answer.text());
  };
}

/** What an agent reads of a response; the worker of a card need not have the class. */
function respond(status: number, text: string, stream?: Stream): Response {
  const headers = { get: () => (stream ? 'text/event-stream' : null) };
  const body = stream && { getReader: () => stream };
  return { ok: status < 300, status, headers, body, text: async () => text } as unknown as Response;
}

type Stream = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;

function beats(records: readonly string[], clock: RemoteClock): Stream {
  const bytes = new TextEncoder();
  const changed = records
    .map((record) => `event: changed\ndata: ${JSON.stringify({ record })}\n\n`)
    .join('');
  let since = clock.now();
  let heard: ((value: Awaited<ReturnType<Stream['read']>>) => void) | undefined;
  const stop = clock.every(BEAT_MS, () => {
    const due = clock.now() - since >= ASK_ANEW_MS;
    if (due) since = clock.now();
    heard?.({ done: false, value: bytes.encode(due ? changed : ': beat\n\n') });
  });
  return {
    read: () =>
      new Promise((resolve) => {
        heard = resolve;
      }),
    async cancel() {
      stop();
      heard?.({ done: true, value: undefined });
    },
  };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('It took too long'))),
  );
}
