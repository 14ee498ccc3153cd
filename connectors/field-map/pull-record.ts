import type { Pulled } from '../../src/domain/connector.js';
import { gatheredBy } from './field-map.js';
import { groupOf } from './gathered-facts.js';
import type { CrmRecord, FactContext } from './read-record.js';
import { makeFacts } from './record-facts.js';
import type { ResolvedObject } from './resolve-field-map.js';

/** What is told of one record, and whether it counts as used. With a `key` it is one that we wrote. */
export function pullRecord(
  record: CrmRecord,
  resolved: ResolvedObject,
  context: FactContext,
  key: string | undefined,
): { readonly used: boolean; readonly pulled: readonly Pulled[] } {
  const place = `${resolved.object.name}/${record.id}`;
  const skip = (part: 'row' | 'value' | 'gone', reason: string, detail?: string): Pulled => ({
    type: 'skipped',
    skipped: { place, part, reason, ...(detail === undefined ? {} : { detail }) },
  });
  if (record.id === '' || Number.isNaN(record.changedAt))
    return { used: false, pulled: [skip('row', 'it has no id or no stamp')] };
  if (key !== undefined)
    return { used: true, pulled: [{ type: 'returned', key, record: record.id }] };
  const { facts, reasons } = makeFacts(record, resolved, context);
  const into = gatheredBy(resolved.object);
  const values = reasons.map(({ reason, detail }) => skip('value', reason, detail));
  if (facts.length === 0 && into !== undefined) {
    if (record.gone || groupOf(record, resolved, context) !== undefined)
      return { used: true, pulled: values };
    return { used: false, pulled: [skip('row', `it names no record under "${into}"`)] };
  }
  if (facts.length === 0 && record.gone)
    return { used: true, pulled: [skip('gone', 'it was deleted; what was learned from it stays')] };
  const [first] = reasons;
  if (facts.length === 0) {
    const reason = first?.reason ?? 'no fact of the map applies to it';
    return { used: false, pulled: [skip('row', reason, first?.detail)] };
  }
  const told = facts.map((fact): Pulled => ({ type: 'fact', fact }));
  return { used: true, pulled: [...told, ...values] };
}
