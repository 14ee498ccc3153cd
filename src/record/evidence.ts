import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { Evidence } from '../domain/subject.js';
import type { AttributeValue } from '../domain/value.js';

const MOST_TEXT = 400;

/** One fact is evidence for several attributes, and one object for all that need no value of it. */
const made = new WeakMap<Fact, Evidence>();

/** A fact as a card may show it. */
export function toEvidence(fact: Fact, value?: AttributeValue): Evidence {
  let evidence = made.get(fact);
  if (!evidence) {
    const { id, type, occurredAt, grade, by, source } = fact;
    const text =
      typeof fact.data.text === 'string' ? fact.data.text.slice(0, MOST_TEXT) : undefined;
    evidence = defined({ fact: id, type, occurredAt, grade, by, source, text });
    made.set(fact, evidence);
  }
  return value === undefined ? evidence : { ...evidence, value };
}
