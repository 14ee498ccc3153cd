import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { Subject } from '../domain/subject.js';
import type { Tip, TipRequest } from '../domain/tip.js';
import type { TipChange } from './tip-facts.js';

/** A tip, or what became of one, into the tips of a rep or of the company. */
export function foldTips(tips: Subject['tips'], fact: Fact): Subject['tips'] {
  if (fact.type !== 'tip' && fact.type !== 'tip-settled') return tips;
  const id = String(fact.data.id);
  if (fact.type === 'tip') {
    const { text, attributes, signed, play } = fact.data as unknown as TipRequest;
    const tip: Tip = defined({
      id,
      asker: fact.by ?? '',
      text,
      attributes,
      signed,
      play,
      occurredAt: fact.occurredAt,
      status: 'sent',
      steps: [{ status: 'sent', at: fact.occurredAt }],
    });
    return { ...tips, [id]: tip };
  }
  const tip = tips && Object.hasOwn(tips, id) && tips[id];
  if (!tip) return tips;
  const { status, text, because } = fact.data as unknown as TipChange;
  const step = defined({ status, at: fact.occurredAt, by: fact.by, because, text });
  return {
    ...tips,
    [id]: { ...tip, status, text: text ?? tip.text, steps: [...tip.steps, step] },
  };
}
