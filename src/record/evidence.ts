import type { Mutable } from '../domain/draft.js';
import type { Fact } from '../domain/fact.js';
import { type Evidence, insideOf } from '../domain/subject.js';
import type { AttributeValue } from '../domain/value.js';

const MOST_TEXT = 400;

/** A fact as a card may show it, with the value of the field that is asked for. */
export function toEvidence(
  { id, type, occurredAt, grade, by, source, about, data }: Fact,
  value?: AttributeValue,
): Evidence {
  const evidence: Mutable<Evidence> = { fact: id, type, occurredAt, grade };
  if (by !== undefined) evidence.by = by;
  if (source !== undefined) evidence.source = source;
  if (typeof data.text === 'string') evidence.text = data.text.slice(0, MOST_TEXT);
  const inside = insideOf(about);
  if (inside) evidence.about = inside;
  if (value !== undefined) evidence.value = value;
  return evidence;
}
