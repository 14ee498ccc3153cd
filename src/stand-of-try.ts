import { analyzeTrial, type TrialOptions } from './analyze-trial.js';
import { isBuyerAct } from './buyer-acts.js';
import { toIso } from './core/zone.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { USUAL_TRIAL } from './domain/trial.js';
import {
  isRunning,
  TRY_ARMS,
  type Try,
  type TryCount,
  type TryEnd,
  type TryStand,
} from './domain/try.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { createTrialBook, toAssignedFact, toEndedFact } from './trial-book.js';

/** What must not become more frequent in any try, beside what the playbook's trials guard. */
const GUARDRAILS: readonly string[] = ['complaint'];

/** By the same measure as the playbook's trials, and by what its learning takes for a success. */
function measureOf({ learning, trials = [] }: Pick<Playbook, 'learning' | 'trials'>): Omit<
  TrialOptions,
  'now'
> & {
  readonly success?: readonly string[];
} {
  const { days, matters, alpha } = USUAL_TRIAL;
  return {
    arms: TRY_ARMS,
    alpha,
    matters,
    windowDays: learning?.days ?? days,
    guardrails: [...new Set([...GUARDRAILS, ...trials.flatMap((one) => one.guardrails)])],
    ...(learning && { success: learning.success }),
  };
}

/**
 * How a try stands, and why it has to end where it has to. `timelines` are of its accounts, each in order. What counts is what
 * buyers verifiably did, of any kind where the playbook's `learning` names none; an account enters when its rep saw a card.
 */
export function standOfTry(
  own: Try,
  timelines: ReadonlyMap<SubjectKey, readonly Fact[]>,
  {
    rep,
    playbook,
    now,
  }: {
    readonly rep: RecordId;
    readonly playbook: Pick<Playbook, 'learning' | 'trials'>;
    readonly now: number;
  },
): { readonly stand: TryStand; readonly stop?: TryEnd } {
  const { success = actsIn(timelines), ...measure } = measureOf(playbook);
  const arm = `try/${own.id}`;
  const book = createTrialBook({
    arm,
    plays: new Set([own.play]),
    entry: 'seen',
    success,
    guardrails: measure.guardrails,
    windowDays: measure.windowDays,
  });
  const end = own.endedAt ?? own.until;
  for (const one of own.accounts) {
    const { account } = one;
    const told = (timelines.get(account) ?? []).filter(
      ({ type, by, occurredAt }) =>
        occurredAt <= now && ((type !== 'seen' && type !== 'response') || by === rep),
    );
    const assigned = toAssignedFact(arm, { ...one, stratum: '' }, own.startedAt);
    const ended = end <= now ? [toEndedFact(arm, account, TRY_ARMS[0], end)] : [];
    book.add(account, [assigned, ...told, ...ended]);
  }
  const { accounts } = book.finish();
  const { arms, comparisons, waiting, stop } = analyzeTrial(accounts, { ...measure, now });
  const [compared] = comparisons;
  const [usual, tried] = arms.map(
    ({ assigned, entered, known, succeeded }): TryCount => ({
      assigned,
      entered,
      known,
      succeeded,
    }),
  ) as [TryCount, TryCount];
  const { estimate, verdict } = compared ?? {};
  const { id, play, how, role, because } = own;
  return {
    stand: {
      id,
      play,
      how,
      ...(role !== undefined && { role }),
      ...(because !== undefined && { because }),
      startedAt: toIso(own.startedAt),
      until: toIso(end),
      isRunning: isRunning(own, now),
      usual,
      new: tried,
      waiting,
      days: measure.windowDays,
      ...(estimate && {
        difference: { value: estimate.difference, interval: estimate.interval },
      }),
      verdict: verdict ?? { is: 'not-enough-yet' },
    },
    ...(stop[0] && { stop: stop[0].because }),
  };
}

function actsIn(timelines: ReadonlyMap<SubjectKey, readonly Fact[]>): readonly string[] {
  const types = new Set<string>();
  for (const facts of timelines.values())
    for (const fact of facts) if (isBuyerAct(fact)) types.add(fact.type);
  return [...types];
}
