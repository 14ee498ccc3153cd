import type { Fact } from '../domain/fact.js';
import type { Subject } from '../domain/subject.js';
import type { Tip, TipRequest, TipStatus } from '../domain/tip.js';
import { COMPANY } from '../domain/value.js';

/**
 * The facts of a tip: one for its author, one for the company's queue. The queue learns the author only of a signed
 * tip, and the account's situation but not its name.
 */
export function toTipFacts(tip: TipRequest, now: number): readonly Fact[] {
  const fact = (subject: string, signed: boolean): Fact => {
    const { id, text, attributes, play } = tip;
    return {
      id: `tip/${id}/${subject === COMPANY ? 'queue' : 'author'}`,
      type: 'tip',
      subjects: [subject],
      about: [],
      occurredAt: Math.min(tip.occurredAt, now),
      learnedAt: now,
      grade: 'claimed',
      ...(signed && { by: tip.asker }),
      data: {
        id,
        text,
        attributes: { ...attributes },
        signed: tip.signed,
        ...(play !== undefined && { play }),
      },
    };
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
  now: number,
): Fact {
  const { by, status, text, because } = change;
  return {
    id: `tip-settled/${id}/${status}/${now}`,
    type: 'tip-settled',
    subjects,
    about: [],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    by,
    data: {
      id,
      status,
      ...(text !== undefined && { text }),
      ...(because !== undefined && { because }),
    },
  };
}

/** A tip, or what became of one, into the tips of a rep or of the company. */
export function foldTips(tips: Subject['tips'], fact: Fact): Subject['tips'] {
  const id = String(fact.data.id);
  if (fact.type === 'tip') {
    const { text, attributes, signed, play } = fact.data as unknown as TipRequest;
    const tip: Tip = {
      id,
      asker: fact.by ?? '',
      text,
      attributes,
      signed,
      ...(play !== undefined && { play }),
      occurredAt: fact.occurredAt,
      status: 'sent',
      steps: [{ status: 'sent', at: fact.occurredAt }],
    };
    return { ...tips, [id]: tip };
  }
  const tip = tips?.[id];
  if (fact.type !== 'tip-settled' || !tip) return tips;
  const { status, text, because } = fact.data as unknown as TipChange;
  const step = {
    status,
    at: fact.occurredAt,
    ...(fact.by !== undefined && { by: fact.by }),
    ...(because !== undefined && { because }),
    ...(text !== undefined && { text }),
  };
  return {
    ...tips,
    [id]: { ...tip, status, ...(text !== undefined && { text }), steps: [...tip.steps, step] },
  };
}
