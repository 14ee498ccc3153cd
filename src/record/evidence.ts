import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { Evidence } from '../domain/subject.js';
import type { AttributeValue } from '../domain/value.js';

const MOST_TEXT = 400;

/** A fact as a card may show it. */
export function toEvidence(fact: Fact, value: AttributeValue | undefined): Evidence {
  const text = fact.data.text;
  return defined({
    fact: fact.id,
    type: fact.type,
    occurredAt: fact.occurredAt,
    grade: fact.grade,
    value,
    by: fact.by,
    source: fact.source,
    text: typeof text === 'string' ? text.slice(0, MOST_TEXT) : undefined,
  });
}
