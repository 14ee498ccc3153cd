import type { StudioEngine } from './engine.js';

/** A worker as its page sees it, or the page as its worker does. */
export interface EnginePort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

type Call =
  | {
      readonly call: number;
      readonly method: keyof StudioEngine;
      readonly given: readonly unknown[];
    }
  | { readonly call: number; readonly stop: true };

type Answer =
  | { readonly call: number; readonly share: number }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failed: string };

/** Methods that tell their progress. */
const LONG: ReadonlySet<keyof StudioEngine> = new Set(['preview', 'foresee']);

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** Answers for an engine; in the worker. */
export function serveEngine(engine: StudioEngine, port: EnginePort): void {
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
    const work = (engine[method] as unknown as Method)(
      ...given,
      ...(LONG.has(method) ? [progress, stop.signal] : []),
    ).finally(() => running.delete(call));
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
    signal?: AbortSignal,
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      const call = ++calls;
      signal?.addEventListener('abort', () =>
        port.postMessage({ call, stop: true } satisfies Call),
      );
      waiting.set(call, { resolve: resolve as (result: unknown) => void, reject, progress });
      port.postMessage({ call, method, given } satisfies Call);
    });
  return {
    check: (files) => ask('check', [files]),
    preview: (files, play, progress) => ask('preview', [files, play], progress),
    foresee: (before, after, progress, signal) => ask('foresee', [before, after], progress, signal),
    learnTags: (...given) => ask('learnTags', given),
    proposeTags: (...given) => ask('proposeTags', given),
    factsOf: (account) => ask('factsOf', [account]),
  };
}
