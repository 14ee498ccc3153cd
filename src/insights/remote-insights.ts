import { OpportuneError } from '../core/errors.js';
import type { OpenedInsights } from './engine.js';
import type { Answered } from './ground.js';
import type { InsightsSource } from './insights-source.js';
import type { Level } from './looks.js';

export interface RemoteInsightsOptions {
  /** Of the gateway. */
  readonly url: string;
  /** What stands in `authorization`: `Bearer …`. */
  authorization(): Promise<string>;
  /** The browser's. */
  fetch(
    url: string,
    request: {
      readonly method: string;
      readonly headers: { readonly [name: string]: string };
      readonly body?: string;
    },
  ): Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;
  /** Settles after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

interface Job {
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly share: number;
  readonly answer?: Answered & { readonly level?: Level };
  readonly problem?: string;
}

/** How often it is asked how far an answer is. */
const POLL_MS = 700;

/** Questions to a gateway. What was looked at is counted there, for all who ask. */
export function askGateway(options: RemoteInsightsOptions): Pick<InsightsSource, 'open' | 'ask'> {
  async function call<Result>(path: string, body?: object): Promise<Result> {
    const answer = await options.fetch(`${options.url}/v1/analyses${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: await options.authorization(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as Result;
    throw toError(answer.status, text);
  }
  return {
    open: () => call<OpenedInsights>(''),
    async ask(question, progress, signal) {
      signal.throwIfAborted();
      const { id } = await call<{ readonly id: string }>('', question);
      for (;;) {
        if (signal.aborted) {
          await call(`/${id}/stop`, {});
          throw signal.reason;
        }
        const { state, share, answer, problem } = await call<Job>(`/${id}`);
        if (state === 'done' && answer) {
          const { looks } = await call<OpenedInsights>('');
          return { ...answer, looks };
        }
        if (state !== 'waiting' && state !== 'running')
          throw new OpportuneError('opportune/analysis-failed', problem ?? 'it was stopped', {
            remedy: 'Ask again',
          });
        progress(share);
        await options.wait(POLL_MS);
      }
    },
  };
}

function toError(status: number, text: string): OpportuneError {
  try {
    const { code, title, remedy } = JSON.parse(text) as {
      readonly code: `opportune/${string}`;
      readonly title: string;
      readonly remedy?: string;
    };
    if (code.startsWith('opportune/'))
      return new OpportuneError(code, title, remedy === undefined ? {} : { remedy });
  } catch {
    // No problem of the gateway's: a proxy in between.
  }
  return new OpportuneError('opportune/unexpected-answer', `the gateway answered ${status}`, {
    remedy: 'Ask again, and see whether the address is that of the gateway',
  });
}
