import { netOf } from './analyze-proof.js';
import { buyingGroups } from './buying-groups.js';
import type { Playbook, StandingArm } from './domain/playbook.js';
import type { ProofAccount, RankedAccount } from './proof-book.js';
import { compareArms, type Estimate } from './prove/compare-arms.js';
import { judgeEstimate, type Verdict } from './prove/verdict.js';

/** What a layer of the ranking adds: the whole product against an arm that goes without it. */
export interface LayerWorth {
  readonly arm: Exclude<StandingArm, 'full'>;
  /** Buying groups of the arm, and of the whole product beside it. */
  readonly groups: number;
  readonly full: number;
  /** What a group with the whole product brings beyond one of the arm, interruptions taken off; absent: too few groups. */
  readonly net?: Estimate;
  readonly verdict: Verdict;
}

const FEWEST = 20;
const ARMS = ['random', 'propensity', 'no-levers'] as const;

/** Each arm that has groups, by assignment; what is held out sees no order, and is no part of it. */
export function compareStandingArms(
  accounts: readonly RankedAccount[],
  playbook: Pick<Playbook, 'goals' | 'costs'>,
  { alpha, matters }: { readonly alpha: number; readonly matters: number },
): readonly LayerWorth[] {
  const guided = accounts.filter(({ arm }) => arm === 'guided');
  const { groups } = buyingGroups(guided, ({ ranked }) => ranked);
  const net = netOf(playbook);
  const sumOf = (own: readonly ProofAccount[], of: (one: ProofAccount) => number): number =>
    own.reduce((sum, one) => sum + of(one), 0);
  const groupsIn = (arm: StandingArm) => groups.filter((group) => group.arm === arm);
  const full = groupsIn('full');
  const drawn = ARMS.filter((arm) => groupsIn(arm).length > 0);
  // Each holds against all looks at all of them.
  const each = alpha / drawn.length;
  return drawn.map((arm): LayerWorth => {
    const own = groupsIn(arm);
    const counts = { arm, groups: own.length, full: full.length };
    const lacking = Math.max(FEWEST - own.length, FEWEST - full.length);
    if (lacking > 0) return { ...counts, verdict: { is: 'not-enough-yet', more: lacking } };
    const units = [...own, ...full];
    const estimate = compareArms(
      units.map((group) => ({
        arm: group.arm === 'full' ? 1 : 0,
        stratum: '',
        outcome: sumOf(group.accounts, net),
        before: sumOf(group.accounts, ({ boughtBeforeMinor }) => boughtBeforeMinor),
      })),
      1,
      { alpha: each, planned: units.length },
    );
    const usual =
      sumOf(
        own.flatMap((group) => group.accounts),
        (one) => one.boughtMinor,
      ) / own.length;
    return {
      ...counts,
      ...(estimate && { net: estimate }),
      verdict: judgeEstimate(estimate, {
        alpha: each,
        planned: units.length,
        matters: matters * usual,
      }),
    };
  });
}
