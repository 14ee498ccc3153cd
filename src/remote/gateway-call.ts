import { OpportuneError } from '../core/errors.js';

export interface GatewayCallOptions {
  /** Of the gateway. */
  readonly url: string;
  /** What stands in `authorization`: `Bearer …`. */
  authorization(): Promise<string>;
  /** The gateway did not know whoever asked: the same after signing in anew. Absent: that is told as an error. */
  signInAnew?(): Promise<string>;
  /** The browser's. */
  fetch(
    url: string,
    request: {
      readonly method: string;
      readonly headers: { readonly [name: string]: string };
      readonly body?: string;
    },
  ): Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;
}

export type GatewayCall = <Result>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
) => Promise<Result>;

/** Asks a gateway. Rejects with the code and the words of its refusal, and as `fetch` does where it is not reached. */
export function createGatewayCall(options: GatewayCallOptions): GatewayCall {
  const ask = async (method: string, path: string, body: object | undefined, token: string) =>
    options.fetch(`${options.url}${path}`, {
      method,
      headers: {
        authorization: token,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  return async <Result>(method: string, path: string, body?: object) => {
    let answer = await ask(method, path, body, await options.authorization());
    if (answer.status === 401 && options.signInAnew)
      answer = await ask(method, path, body, await options.signInAnew());
    const text = await answer.text();
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as Result;
    throw toError(answer.status, text);
  };
}

function toError(status: number, text: string): OpportuneError {
  try {
    const { code, title, remedy, problems } = JSON.parse(text) as {
      readonly code: `opportune/${string}`;
      readonly title: string;
      readonly remedy?: string;
      readonly problems?: readonly { readonly file: string; readonly message: string }[];
    };
    const [first] = problems ?? [];
    if (code.startsWith('opportune/'))
      return new OpportuneError(
        code,
        first ? `${title}: ${first.message} (${first.file})` : title,
        {
          ...(remedy !== undefined && { remedy }),
        },
      );
  } catch {
    // No problem of the gateway's: a proxy in between.
  }
  return new OpportuneError('opportune/unexpected-answer', `the gateway answered ${status}`, {
    remedy: 'Ask again, and see whether the address is that of the gateway',
  });
}
