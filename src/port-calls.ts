/** A worker as its page sees it, or the page as its worker does. */
export interface EnginePort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

type Call =
  | { readonly call: number; readonly method: string; readonly given: readonly unknown[] }
  | { readonly call: number; readonly stop: true };

type Answer =
  | { readonly call: number; readonly share: number }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failed: string };

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** Answers calls of an engine's methods; in the worker. Those in `long` are given progress and a signal after the rest. */
export function serveCalls(engine: object, port: EnginePort, long: ReadonlySet<string>): void {
  const running = new Map<number, AbortController>();
  port.addEventListener('message', ({ data }) => {
    const asked = data as Call;
    const { call } = asked;
    if ('stop' in asked) {
      running.get(call)?.abort();
      return;
    }
    const { method, given } = asked;
    const stop = new AbortController();
    running.set(call, stop);
    const tell = (answer: object): void => port.postMessage({ call, ...answer });
    const progress = (share: number): void => tell({ share });
    const work = (engine as { readonly [method: string]: Method })
      [method]?.(...given, ...(long.has(method) ? [progress, stop.signal] : []))
      .finally(() => running.delete(call));
    work?.then(
      (result) => tell({ result }),
      (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
    );
  });
}

/** Asks for one method of the engine behind a port; in the page. */
export type AskPort = <Result>(
  method: string,
  given: readonly unknown[],
  progress?: (share: number) => void,
  signal?: AbortSignal,
) => Promise<Result>;

export function connectCalls(port: EnginePort): AskPort {
  const waiting = new Map<
    number,
    {
      resolve(result: unknown): void;
      reject(error: Error): void;
      progress?: ((share: number) => void) | undefined;
    }
  >();
  let calls = 0;
  port.addEventListener('message', ({ data }) => {
    const answer = data as Answer;
    const one = waiting.get(answer.call);
    if ('share' in answer) {
      one?.progress?.(answer.share);
      return;
    }
    waiting.delete(answer.call);
    if ('failed' in answer) one?.reject(new Error(answer.failed));
    else one?.resolve(answer.result);
  });
  return <Result>(
    method: string,
    given: readonly unknown[],
    progress?: (share: number) => void,
    signal?: AbortSignal,
  ) =>
    new Promise<Result>((resolve, reject) => {
      const call = ++calls;
      signal?.addEventListener('abort', () =>
        port.postMessage({ call, stop: true } satisfies Call),
      );
      waiting.set(call, { resolve: resolve as (result: unknown) => void, reject, progress });
      port.postMessage({ call, method, given } satisfies Call);
    });
}
