import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  /** Text stands for itself, everything else becomes JSON; undefined: an empty body. */
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** A page in place of data, with the status of a success. */
export const maintenance: Answer = {
  status: 200,
  body: '<html><body>We are down for maintenance</body></html>',
  headers: { 'content-type': 'text/html;charset=UTF-8' },
};

export interface Sending {
  /** What comes in place of the work. */
  readonly instead: Answer | undefined;
  readonly answer: () => Promise<Answer>;
  /** What happens to it on the way. */
  readonly fault: string | undefined;
  readonly method: string;
}

/** Sends what was asked for, or what goes wrong instead. Resolves with the status that was sent; 0: none. */
export async function sendAnswer(
  response: ServerResponse,
  { instead, answer, fault, method }: Sending,
): Promise<number> {
  // Whether a write was carried out before the connection broke nobody can tell from outside.
  if (fault === 'reset' && method !== 'GET') {
    response.destroy();
    return 0;
  }
  const { status, body, headers = {} } = instead ?? (await answer());
  if (fault === 'lost') {
    response.destroy();
    return 0;
  }
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const isCut = fault === 'cut' && typeof body === 'object' && bytes.length > 1;
  const sent = isCut ? bytes.subarray(0, bytes.length >> 1) : bytes;
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
    ...(status === 204 || status === 302 ? {} : { 'content-length': sent.length }),
    ...headers,
  });
  if (fault === 'reset') {
    response.write(sent.subarray(0, sent.length >> 1), () => response.destroy());
    return status;
  }
  if (fault === 'slow')
    for (let at = 0; at < Math.min(sent.length, 64); at += 16) {
      response.write(sent.subarray(at, Math.min(at + 16, sent.length)));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  response.end(fault === 'slow' ? sent.subarray(Math.min(sent.length, 64)) : sent);
  return status;
}
