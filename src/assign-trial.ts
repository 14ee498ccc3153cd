import { bareName } from './core/bare-name.js';
import type { Fact } from './domain/fact.js';
import type { JsonObject, SubjectKey } from './domain/value.js';
import { assignArms } from './prove/assign-arms.js';
import { assignedId, toAssignedFact } from './trial-book.js';

/** An account that may be in a trial, with what is recorded of itself, of its arm and of the holdout. */
export interface TrialCandidate {
  readonly account: SubjectKey;
  readonly facts: readonly Fact[];
  readonly stratum: string;
}

export interface TrialAssignment {
  /** Buying groups by arm, those that had one included. */
  readonly arms: readonly { readonly arm: string; readonly groups: number }[];
  /** Accounts that had an arm. */
  readonly held: number;
  /** Accounts of the holdout, which see no guidance and so are in no trial. */
  readonly heldOut: number;
  /** To be recorded. */
  readonly facts: readonly Fact[];
}

/** Deals out the buying groups of these accounts; who has an arm keeps it, and hands it on to new accounts of its group. */
export function assignTrial(
  candidates: readonly TrialCandidate[],
  {
    arm,
    arms,
    now,
  }: { readonly arm: string; readonly arms: readonly string[]; readonly now: number },
): TrialAssignment {
  const guided = candidates.filter(
    ({ facts }) => facts.find(({ type }) => type === 'holdout-assigned')?.data.arm !== 'holdout',
  );
  const attribute = bareName(arm);
  const held = new Map<string, number>();
  const groups = new Map<string, string>();
  const has = new Set<SubjectKey>();
  const groupOf = new Map<SubjectKey, string>();
  for (const { account, facts, stratum } of guided) {
    const assigned = facts.find(({ id }) => id === assignedId(arm, account));
    const group = assigned
      ? (assigned.data.trial as { group: string }).group
      : parentOf(account, facts);
    groupOf.set(account, group);
    // The first account of a group says what the group is like.
    if (!groups.has(group)) groups.set(group, stratum);
    if (!assigned) continue;
    has.add(account);
    const value = (assigned.data.values as JsonObject)[attribute];
    const place = arms.indexOf(String(value));
    if (place >= 0) held.set(group, place);
  }
  const dealt = assignArms(
    Array.from(groups, ([id, stratum]) => ({ id, stratum })),
    { arms: arms.length, salt: arm, held },
  );
  return {
    arms: arms.map((name, place) => ({
      arm: name,
      groups: [...dealt.values()].filter((one) => one === place).length,
    })),
    held: has.size,
    heldOut: candidates.length - guided.length,
    facts: guided
      .filter(({ account }) => !has.has(account))
      .map(({ account }) => {
        const group = groupOf.get(account) ?? account;
        const name = arms[dealt.get(group) ?? 0] as string;
        const stratum = groups.get(group) ?? '';
        return toAssignedFact(arm, { account, group, arm: name, stratum }, now);
      }),
  };
}

/** Its ultimate parent, else the account itself. */
function parentOf(account: SubjectKey, facts: readonly Fact[]): string {
  let parent: unknown;
  for (const { type, about, data } of facts) {
    if (type !== 'record-changed' || about[0] !== account) continue;
    const values = (data.values ?? {}) as JsonObject;
    if (Object.hasOwn(values, 'ultimateParent')) parent = values.ultimateParent;
  }
  return typeof parent === 'string' && parent !== '' ? parent : account;
}
