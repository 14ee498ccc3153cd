import { push } from './core/push.js';
import { compareArms, type Estimate, type Measured } from './prove/compare-arms.js';
import { checkSampleRatio, RATIO_ALARM } from './prove/sample-ratio.js';
import { judgeEstimate, type Verdict } from './prove/verdict.js';
import type { TrialAccount, TrialQuestion } from './trial-book.js';

const DAY = 86_400_000;

export interface TrialOptions extends Pick<TrialQuestion, 'guardrails' | 'windowDays'> {
  /** Values of the arm; the first is what the others are compared with. */
  readonly arms: readonly string[];
  readonly now: number;
  /** How often any winner may be false, over all looks and arms together. */
  readonly alpha: number;
  /** Differences of the rate below it change nothing that one would do. */
  readonly matters: number;
}

export interface Trial {
  readonly arms: readonly TrialArm[];
  /** Each later arm against the first. */
  readonly comparisons: readonly TrialComparison[];
  /** How often chance alone deals out so unevenly, and lets so unevenly enter. */
  readonly ratio: { readonly assigned: number; readonly entered: number };
  /** Entered, and their time is not over yet. */
  readonly waiting: number;
  /** Why it must end now; empty: it goes on. */
  readonly stop: readonly TrialStop[];
  readonly ended: boolean;
}

export type TrialStop =
  | { readonly because: 'sample-ratio' }
  | { readonly because: 'guardrail'; readonly type: string; readonly arm: string };

/** Counts of buying groups. */
export interface TrialArm {
  readonly arm: string;
  readonly assigned: number;
  readonly entered: number;
  /** Entered, and their time is over: these decide. */
  readonly known: number;
  readonly succeeded: number;
  /** One a guardrail. */
  readonly broke: readonly number[];
  readonly seen: number;
  readonly done: number;
  readonly helpful: number;
}

export interface TrialComparison {
  readonly arm: string;
  readonly estimate?: Estimate;
  readonly verdict: Verdict;
  readonly guardrails: readonly {
    readonly type: string;
    readonly estimate?: Estimate;
    /** It has become more frequent than in the first arm, and not by chance. */
    readonly broken: boolean;
  }[];
}

interface Group {
  readonly arm: number;
  readonly stratum: string;
  readonly accounts: readonly TrialAccount[];
  readonly enteredAt?: number;
}

/** A trial as it stands now; it may be looked at whenever one likes. */
export function analyzeTrial(accounts: readonly TrialAccount[], options: TrialOptions): Trial {
  const { arms, now, windowDays, guardrails, matters } = options;
  const groups = groupsOf(accounts, arms);
  const entered = groups.filter(({ enteredAt }) => enteredAt !== undefined);
  const known = entered.filter(({ enteredAt = now }) => enteredAt + windowDays * DAY <= now);
  const alpha = options.alpha / Math.max(1, arms.length - 1);
  const planned = Math.max(1, groups.length);
  const compare = (arm: number, outcome: (group: Group) => number, isMain: boolean) =>
    compareArms(
      known.map(
        (group): Measured => ({
          arm: group.arm,
          stratum: group.stratum,
          outcome: outcome(group),
          ...(isMain && { before: sumOf(group, ({ before }) => before) }),
        }),
      ),
      arm,
      { alpha, planned },
    );
  const comparisons = arms.slice(1).map((arm, i): TrialComparison => {
    const estimate = compare(i + 1, hasSucceeded, true);
    return {
      arm,
      ...(estimate && { estimate }),
      verdict: judgeEstimate(estimate, { alpha, planned, matters }),
      guardrails: guardrails.map((type, guard) => {
        const found = compare(i + 1, (group) => hasBroken(group, guard), false);
        const broken = found !== undefined && found.interval[0] > 0;
        return { type, ...(found && { estimate: found }), broken };
      }),
    };
  });
  const countOf = (list: readonly Group[]): readonly number[] =>
    arms.map((_, arm) => list.filter((group) => group.arm === arm).length);
  const even = arms.map(() => 1);
  const ratio = {
    assigned: checkSampleRatio(countOf(groups), even).p,
    entered: checkSampleRatio(countOf(entered), even).p,
  };
  return {
    arms: arms.map((arm, place) => {
      const [own, ownKnown] = [groups, known].map((list) =>
        list.filter((group) => group.arm === place),
      ) as [Group[], Group[]];
      const total = (of: (account: TrialAccount) => number): number =>
        own.reduce((sum, group) => sum + sumOf(group, of), 0);
      return {
        arm,
        assigned: own.length,
        entered: own.filter(({ enteredAt }) => enteredAt !== undefined).length,
        known: ownKnown.length,
        succeeded: ownKnown.filter(hasSucceeded).length,
        broke: guardrails.map((_, guard) => ownKnown.filter((one) => hasBroken(one, guard)).length),
        seen: total(({ seen }) => seen),
        done: total(({ done }) => done),
        helpful: total(({ helpful }) => helpful),
      };
    }),
    comparisons,
    ratio,
    waiting: entered.length - known.length,
    stop: [
      ...(Math.min(ratio.assigned, ratio.entered) < RATIO_ALARM
        ? [{ because: 'sample-ratio' } as const]
        : []),
      ...comparisons.flatMap(({ arm, guardrails: found }) =>
        found
          .filter(({ broken }) => broken)
          .map(({ type }) => ({ because: 'guardrail', type, arm }) as const),
      ),
    ],
    ended: accounts.some(({ endedAt }) => endedAt !== undefined),
  };
}

function groupsOf(accounts: readonly TrialAccount[], arms: readonly string[]): readonly Group[] {
  const byGroup = new Map<string, TrialAccount[]>();
  for (const account of accounts) push(byGroup, account.group, account);
  return Array.from(byGroup.values(), (own): Group => {
    const entries = own.flatMap(({ enteredAt }) => enteredAt ?? []);
    const { arm, stratum } = own[0] as TrialAccount;
    return {
      arm: arms.indexOf(arm),
      stratum,
      accounts: own,
      ...(entries.length > 0 && { enteredAt: Math.min(...entries) }),
    };
  }).filter(({ arm }) => arm >= 0);
}

const hasSucceeded = ({ accounts }: Group): 0 | 1 =>
  accounts.some(({ successes }) => successes > 0) ? 1 : 0;
const hasBroken = ({ accounts }: Group, guard: number): 0 | 1 =>
  accounts.some(({ broke }) => broke[guard] === true) ? 1 : 0;
const sumOf = ({ accounts }: Group, of: (account: TrialAccount) => number): number =>
  accounts.reduce((sum, account) => sum + of(account), 0);
