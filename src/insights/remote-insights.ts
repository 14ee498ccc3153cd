import { isOpportuneError, OpportuneError } from '../core/errors.js';
import { createGatewayCall, type GatewayCallOptions } from '../remote/gateway-call.js';
import type { OpenedInsights } from './engine.js';
import type { Answered } from './ground.js';
import type { InsightsSource } from './insights-source.js';
import type { Level, Look } from './looks.js';
import { askRemoteActions, openRemoteActions } from './remote-actions.js';

export interface RemoteInsightsOptions extends GatewayCallOptions {
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
  const send = createGatewayCall(options);
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
