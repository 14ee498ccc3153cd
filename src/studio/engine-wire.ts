import type { StudioEngine } from './engine.js';

/** A worker as its page sees it, or the page as its worker does. */
export interface EnginePort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

interface Call {
  readonly call: number;
  readonly method: keyof StudioEngine;
  readonly given: readonly unknown[];
}

type Answer =
  | { readonly call: number; readonly share: number }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failed: string };

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** Answers for an engine; in the worker. */
export function serveEngine(engine: StudioEngine, port: EnginePort): void {
  port.addEventListener('message', ({ data }) => {
    const { call, method, given } = data as Call;
    const tell = (answer: object): void => port.postMessage({ call, ...answer });
    const progress = (share: number): void => tell({ share });
    const work = (engine[method] as unknown as Method)(
      ...given,
      ...(method === 'preview' ? [progress] : []),
    );
    work.then(
      (result) => tell({ result }),
      (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
    );
  });
}

/** The engine behind a port; in the page. */
export function connectEngine(port: EnginePort): StudioEngine {
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
  const ask = <Result>(
    method: keyof StudioEngine,
    given: readonly unknown[],
    progress?: (share: number) => void,
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      const call = ++calls;
      waiting.set(call, { resolve: resolve as (result: unknown) => void, reject, progress });
      port.postMessage({ call, method, given } satisfies Call);
    });
  return {
    check: (files) => ask('check', [files]),
    preview: (files, play, progress) => ask('preview', [files, play], progress),
    factsOf: (account) => ask('factsOf', [account]),
  };
}
