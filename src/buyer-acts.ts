import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import { kindOf } from './domain/value.js';

export interface BuyerAct {
  readonly at: number;
  readonly type: string;
}

/** So many of one kind within so short a time are a machine: a scanner of mail opens all at once. */
const BURST = 3;
const BURST_MS = 60_000;

/** A person of the buyer did it, verified. */
export function isBuyerAct({
  grade,
  by,
}: Pick<Fact, 'grade'> & { by?: string | undefined }): boolean {
  return grade === 'buyer-verified' && by !== undefined && kindOf(by) === 'contact';
}

/** Acts in order of time, less those of machines. */
export function withoutBursts(acts: readonly BuyerAct[]): readonly BuyerAct[] {
  const byType = new Map<string, BuyerAct[]>();
  for (const act of acts) push(byType, act.type, act);
  const machines = new Set<BuyerAct>();
  for (const own of byType.values())
    for (let last = BURST - 1; last < own.length; last++) {
      const burst = own.slice(last - BURST + 1, last + 1);
      if ((own[last] as BuyerAct).at - (burst[0] as BuyerAct).at <= BURST_MS)
        for (const act of burst) machines.add(act);
    }
  return acts.filter((act) => !machines.has(act));
}
