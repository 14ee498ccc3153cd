import type { Mutable } from '../domain/draft.js';
import type { Fact } from '../domain/fact.js';
import type { Evidence } from '../domain/subject.js';

const MOST_TEXT = 400;

/** A fact as a card may show it. */
export function toEvidence({ id, type, occurredAt, grade, by, source, data }: Fact): Evidence {
  const evidence: Mutable<Evidence> = { fact: id, type, occurredAt, grade };
  if (by !== undefined) evidence.by = by;
  if (source !== undefined) evidence.source = source;
  if (typeof data.text === 'string') evidence.text = data.text.slice(0, MOST_TEXT);
  return evidence;
}
