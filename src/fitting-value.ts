import type { Attribute } from './domain/playbook.js';
import type { AttributeValue } from './domain/value.js';

/** The value where it is of the declared type: what a CRM has in its place is as good as not known. */
export function fittingValue(
  value: AttributeValue | undefined,
  type: Attribute['type'],
): AttributeValue | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'multi':
      return typeof value === 'object' ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}
