import type { Written } from '../domain/decision.js';
import type { NoticeView, PanelView } from '../domain/view.js';
import { sentence } from './card-view.js';
import { clean, type Words } from './format.js';
import { toNothing } from './lists.js';
import type { Waiting } from './queue.js';
import type { Reading } from './reading.js';
import type { Slot } from './slots.js';

/** Why there is no decision, and since when; epoch milliseconds. */
export interface Problem {
  readonly since: number;
  readonly detail: string;
  readonly retryAt?: number;
}

/** What a panel knows when it draws. */
export interface PanelState {
  readonly words: Words;
  readonly reading: Reading | undefined;
  readonly noPlaybook: boolean;
  readonly slots: readonly Slot[];
  readonly problem: Problem | undefined;
  readonly notices: readonly NoticeView[];
  readonly announcement: PanelView['announcement'];
  readonly waiting: readonly Waiting[];
  readonly offlineSince: number | undefined;
  readonly now: number;
}

export function toPanelView(state: PanelState): PanelView {
  const { words, reading, slots, problem, announcement, waiting, offlineSince } = state;
  const { strings } = words;
  const { nothing, counts = {}, now, oldSince, written = {} } = reading?.decision ?? {};
  const old = oldSince === undefined ? undefined : Date.parse(oldSince);
  const at = now === undefined ? undefined : Date.parse(now);
  const status = problem
    ? 'error'
    : state.noPlaybook || nothing?.because === 'no-plays'
      ? 'no-plays'
      : nothing?.because === 'no-access'
        ? 'no-access'
        : reading
          ? 'ready'
          : 'loading';
  const hidden = status === 'no-plays' || status === 'no-access';
  const shows = slots.some(({ receipt }) => !receipt);
  const others = Object.entries(counts).reduce(
    (sum, [stage, count]) => (stage === 'shown' ? sum : sum + count),
    0,
  );
  const timed = (text: string, moment: number): string => {
    const day = words.dayOf(moment);
    const time = words.time(moment);
    // What was kept may be of yesterday.
    const other = day !== words.dayOf(state.now);
    return words.fill(text, { time: other ? `${words.fullDay(day, true)} ${time}` : time });
  };
  // What is answered waits for the gateway, or in it for the CRM.
  const waits = (title: string, since: number | undefined): NoticeView[] =>
    since === undefined
      ? []
      : [{ kind: 'offline', title: timed(title, since), text: strings.offlineText }];
  return {
    status,
    name: reading?.name ?? '',
    asOf: at === undefined ? '' : timed(strings.asOf, Math.min(offlineSince ?? at, old ?? at, at)),
    notices: [
      ...waits(strings.offlineTitle, offlineSince),
      ...waits(strings.oldTitle, offlineSince === undefined ? old : undefined),
      ...state.notices,
    ],
    cards: hidden
      ? []
      : slots.flatMap(({ view, receipt, helpful, waits }) =>
          waits
            ? []
            : {
                ...(receipt ?? view),
                ...toldOf(written[receipt?.responseId ?? ''], words),
                ...(helpful !== undefined && { helpful }),
              },
        ),
    ...(reading && nothing && !hidden && !shows && { nothing: toNothing(nothing, reading) }),
    ...(others > 0 &&
      !hidden && {
        whyNotLabel: words.count(shows ? strings.whyNotOther : strings.whyNotAll, others),
      }),
    waiting: waiting.map(({ request, text }) => ({
      responseId: request.id,
      text,
      when: words.time(request.occurredAt),
    })),
    ...(waiting.length > 0 && {
      waitingLabel: words.count(strings.waitingLabel, waiting.length),
    }),
    ...(announcement && { announcement }),
    ...(problem && {
      problem: {
        title: timed(strings.errorTitle, problem.since),
        text: problem.retryAt ? timed(strings.errorRetry, problem.retryAt) : strings.errorText,
        detail: problem.detail,
        ...(at !== undefined && slots.length > 0 && { lastSeen: timed(strings.lastSeen, at) }),
      },
    }),
  };
}

function toldOf(
  written: Written | undefined,
  { strings, fill }: Words,
): { readonly written?: string } {
  if (!written) return {};
  const { status, because, crm } = written;
  const what = fill(strings.written[status], { crm });
  return {
    written: sentence(because ? fill(strings.because, { what, text: clean(because) }) : what),
  };
}
