import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { TipRequest, TipStatus } from '../domain/tip.js';
import { COMPANY } from '../domain/value.js';

/**
 * The facts of a tip: one for its author, one for the company's queue. The queue learns the author only of a signed
 * tip, and the account's situation but not its name.
 */
export function toTipFacts(tip: TipRequest, now: number): readonly Fact[] {
  const fact = (subject: string, signed: boolean): Fact => {
    const { id, text, attributes, play } = tip;
    return defined({
      id: `tip/${id}/${subject === COMPANY ? 'queue' : 'author'}`,
      type: 'tip',
      subjects: [subject],
      about: [],
      occurredAt: Math.min(tip.occurredAt, now),
      learnedAt: now,
      grade: 'claimed',
      by: signed ? tip.asker : undefined,
      data: defined({ id, text, attributes: { ...attributes }, signed: tip.signed, play }),
    });
  };
  return [fact(tip.asker, true), fact(COMPANY, tip.signed)];
}

export interface TipChange {
  readonly by: string;
  readonly status: TipStatus;
  readonly text?: string;
  readonly because?: string;
}

/** What a marketer did with a tip, for the queue and, where one is known by the queue or given, for its author. */
export function toSettledFact(
  id: string,
  change: TipChange,
  subjects: readonly string[],
  { step, now }: { readonly step: number; readonly now: number },
): Fact {
  const { by, status, text, because } = change;
  return {
    // Behind the tip and what was done before, also within one millisecond.
    id: `tip/${id}/settled/${String(step).padStart(4, '0')}/${status}/${now}`,
    type: 'tip-settled',
    subjects,
    about: [],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    by,
    data: defined({ id, status, text, because }),
  };
}
