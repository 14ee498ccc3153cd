import { createRandom } from '../src/core/random.js';
import type { Fact } from '../src/domain/fact.js';
import type { Try, TryStand } from '../src/domain/try.js';
import type { SubjectKey } from '../src/domain/value.js';
import { assignArms } from '../src/prove/assign-arms.js';
import { standOfTry } from '../src/stand-of-try.js';
import { tell } from './told-deals.js';
import { buyerOf, DAY, REP } from './try-world.js';

const START = Date.parse('2026-01-05T09:00:00Z');
/** A buyer has so long to act. */
const DAYS = 14;

/** How often buyers act in each arm, and how often one complains. */
export interface TryTruth {
  readonly usual: number;
  readonly new: number;
  readonly complains?: { readonly usual: number; readonly new: number };
}

/** A try of so many accounts, of which the rep sees one or more a day, with all that came of it by its end. */
export function runTry(
  seed: string,
  accounts: number,
  truth: TryTruth,
): { readonly own: Try; readonly timelines: ReadonlyMap<SubjectKey, readonly Fact[]> } {
  const random = createRandom(seed);
  const ids = Array.from({ length: accounts }, (_, i) => `t:account:${i}`);
  const dealt = assignArms(
    ids.map((id) => ({ id, stratum: '' })),
    { arms: 2, salt: `try/${seed}` },
  );
  const timelines = new Map<SubjectKey, readonly Fact[]>();
  const entries = ids.map((account) => {
    const arm = dealt.get(account) === 1 ? ('new' as const) : ('usual' as const);
    const seenAt = START + Math.floor(random() * 28) * DAY + 3_600_000;
    const opening = `audit|${account}|opened`;
    const buyer = { by: buyerOf(account), grade: 'buyer-verified' } as const;
    timelines.set(account, [
      tell('seen', account, seenAt, { opening }, [account], { by: REP }),
      ...(random() < truth[arm]
        ? [tell('session-booked', account, seenAt + DAY, {}, [account], buyer)]
        : []),
      ...(random() < (truth.complains?.[arm] ?? 0)
        ? [tell('complaint', account, seenAt + 2 * DAY, {})]
        : []),
    ]);
    return { account, group: account, arm };
  });
  return {
    own: {
      ...{ id: seed, play: 'audit', how: 'open with the audit date', accounts: entries },
      ...{ startedAt: START, until: START + 42 * DAY },
    },
    timelines,
  };
}

/** The first verdict that a rep who looks every day would see, and the day; or why it had to end. */
export function lookDaily({ own, timelines }: ReturnType<typeof runTry>): {
  readonly is: TryStand['verdict']['is'] | 'guardrail' | 'sample-ratio' | 'rep';
  readonly day: number;
} {
  const playbook = {
    learning: { success: ['session-booked'], days: DAYS, halfLife: 180, explore: 0 },
  };
  const last = 42 + DAYS;
  // Before the first account's time is over there is nothing to see.
  for (let day = DAYS; day <= last; day++) {
    const now = START + day * DAY + 7_200_000;
    const { stand, stop } = standOfTry(own, timelines, { rep: REP, playbook, now });
    if (stop) return { is: stop, day };
    if (stand.verdict.is !== 'not-enough-yet') return { is: stand.verdict.is, day };
  }
  return { is: 'not-enough-yet', day: last };
}
