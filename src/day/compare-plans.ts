import type { DayPlan } from './day-plan.js';

/** What became of a plan: candidates by id. */
export interface PlanChange {
  /** They were planned and are no longer open. */
  readonly gone: readonly string[];
  /** They gave way. */
  readonly dropped: readonly string[];
  readonly added: readonly string[];
  /** At another time than before. */
  readonly moved: readonly string[];
}

export function comparePlans(
  before: Pick<DayPlan, 'items'>,
  after: Pick<DayPlan, 'items'>,
  isOpen: (candidate: string) => boolean,
): PlanChange {
  const now = new Map(after.items.map((item) => [item.candidate, item]));
  const then = new Map(before.items.map((item) => [item.candidate, item]));
  const left = before.items.flatMap(({ candidate }) => (now.has(candidate) ? [] : [candidate]));
  return {
    gone: left.filter((one) => !isOpen(one)),
    dropped: left.filter(isOpen),
    added: after.items.flatMap(({ candidate }) => (then.has(candidate) ? [] : [candidate])),
    moved: after.items.flatMap(({ candidate, from }) => {
      const was = then.get(candidate);
      return was && was.from !== from ? [candidate] : [];
    }),
  };
}
