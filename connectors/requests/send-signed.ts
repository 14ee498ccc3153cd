import type { Reply, RequestParts, Requests } from './create-requests.js';

/** A session that may have to renew its token before it gives it. */
export interface Signing<Token> {
  token(): Token | Promise<Token>;
  renew(stale: Token): Promise<Token>;
}

export interface SignedParts
  extends Omit<RequestParts, 'headers' | 'body' | 'repeatable' | 'signal'> {
  /** A text goes as it is, of `contentType`; all else as JSON; undefined: nothing. */
  readonly body: unknown;
  readonly contentType: string;
  readonly headers?: { readonly [name: string]: string } | undefined;
  /** Without it only a GET is. */
  readonly repeatable: boolean | undefined;
}

/** Sends in the name of a session; a token that was refused is renewed, once for all who hold it. Other refusals are thrown. */
export async function sendSigned<Token extends { readonly accessToken: string }>(
  { requests, session }: { readonly requests: Requests; readonly session: Signing<Token> },
  signal: AbortSignal | undefined,
  partsFor: (token: Token) => SignedParts,
  toError: (reply: Reply) => Error,
): Promise<Reply> {
  for (;;) {
    signal?.throwIfAborted();
    const token = await session.token();
    const { body, contentType, headers, repeatable, ...parts } = partsFor(token);
    const isText = typeof body === 'string';
    const reply = await requests.send({
      ...parts,
      headers: () => ({ authorization: `Bearer ${token.accessToken}`, ...headers }),
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      ...(isText ? { contentType } : {}),
      repeatable: repeatable ?? parts.method === 'GET',
      ...(signal ? { signal } : {}),
    });
    if (reply.status < 300) return reply;
    if (reply.status !== 401) throw toError(reply);
    // A token that is refused again at once ends in the session's error.
    await session.renew(token);
  }
}
