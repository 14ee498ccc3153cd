import { isMissing } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Situated } from '../domain/condition.js';
import type { FilledPhrase, ShownValue } from '../domain/decision.js';
import type { Attribute, Phrase } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';

export type Attributes = ReadonlyMap<string, Attribute>;

/** A value with what a renderer needs to print it. */
export function showValue(attribute: Attribute | undefined, value: AttributeValue): ShownValue {
  const labels = (Array.isArray(value) ? value : [value]).map(
    (one) => attribute?.values?.find(({ id }) => id === one)?.label ?? String(one),
  );
  const type = attribute?.type ?? (typeof value === 'number' ? 'number' : 'text');
  return defined({
    value,
    type,
    unit: attribute?.unit,
    labels: type === 'choice' || type === 'multi' ? labels : undefined,
  });
}

/** Text with the values of a situation in its holes. A missing value gives its `otherwise`, or the attribute's label. */
export function fillPhrase(
  phrase: Phrase,
  situated: Situated,
  attributes: Attributes,
): FilledPhrase {
  return phrase.map((part) => {
    if (typeof part === 'string') return part;
    const value = situated.get(part.attribute);
    const attribute = attributes.get(part.attribute);
    if (isMissing(value)) return part.otherwise ?? attribute?.label.toLowerCase() ?? '';
    return showValue(attribute, value);
  });
}

/** What an attribute says of a value: its sentence, or `Label: value`. */
export function sayValue(
  attributes: Attributes,
  id: string,
  value: AttributeValue | undefined,
): FilledPhrase {
  const attribute = attributes.get(id);
  const label = attribute?.label ?? id;
  if (value === undefined) return [label];
  const shown = showValue(attribute, value);
  if (attribute?.says === undefined) return [`${label}: `, shown];
  const [before = '', after = ''] = attribute.says.split('{value}');
  return attribute.says.includes('{value}') ? [before, shown, after] : [attribute.says];
}

/** A type of fact, for a renderer to put into words. */
export function sayEvent(type: string): FilledPhrase {
  return [{ value: type, type: 'text', unit: 'fact-type' }];
}
