import { isOpportuneError, OpportuneError } from '../core/errors.js';
import type { OpenedInsights } from './engine.js';
import type { Answered } from './ground.js';
import type { InsightsSource } from './insights-source.js';
import type { Level, Look } from './looks.js';
import { askRemoteActions, openRemoteActions } from './remote-actions.js';

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

/**
 * Questions to a gateway. What was looked at is counted there, for all who ask. A rep who may ask nothing else sees what the
 * own actions achieve.
 */
export function askGateway(
  options: RemoteInsightsOptions,
): Pick<InsightsSource, 'open' | 'ask' | 'share'> {
  async function send<Result>(method: string, path: string, body?: object): Promise<Result> {
    const answer = await options.fetch(options.url + path, {
      method,
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
  const call = <Result>(path: string, body?: object): Promise<Result> =>
    send(body ? 'POST' : 'GET', `/v1/analyses${path}`, body);
  const actions = <Result>(path: string): Promise<Result> => send('GET', path);
  let looks: readonly Look[] = [];

  return {
    async open() {
      const [asked, own] = await Promise.all([
        unlessForbidden(call<OpenedInsights>('')),
        unlessForbidden(openRemoteActions(actions)),
      ]);
      if (!asked && !own) throw nothingForYou();
      const { presets = [], ...menu } = asked ?? NO_MENU;
      looks = menu.looks;
      return {
        ...menu,
        presets: [...presets, ...(own?.presets ?? [])],
        ...(own?.sharing && { sharing: own.sharing }),
      };
    },
    async share(critic) {
      await send('PUT', '/v1/actions/critic', { critic: critic ?? null });
    },
    async ask(question, progress, signal) {
      signal.throwIfAborted();
      if (question.topic === 'actions')
        return { ...(await askRemoteActions(question, actions)), looks };
      const { id } = await call<{ readonly id: string }>('', question);
      for (;;) {
        if (signal.aborted) {
          await call(`/${id}/stop`, {});
          throw signal.reason;
        }
        const { state, share, answer, problem } = await call<Job>(`/${id}`);
        if (state === 'done' && answer) {
          looks = (await call<OpenedInsights>('')).looks;
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

const NO_MENU: OpenedInsights = { presets: [], filters: [], quarters: [], family: '', looks: [] };

async function unlessForbidden<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isOpportuneError(error) && error.code === 'opportune/forbidden') return undefined;
    throw error;
  }
}

const nothingForYou = (): OpportuneError =>
  new OpportuneError('opportune/forbidden', 'these findings are not for your role', {
    remedy: 'Ask with a token of a rep, manager or marketer',
  });

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
