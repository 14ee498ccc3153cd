import type { DealTimeline } from './analyze/add-behaviour.js';
import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import {
  type AttributeValue,
  isMoney,
  type JsonObject,
  kindOf,
  type RecordId,
} from './domain/value.js';

export interface Ending {
  readonly began: number;
  /** Since when it has its last value. */
  readonly at: number;
  readonly value: AttributeValue;
}

/** Records of a kind that have the attribute, and since when they have its last value. */
export function findEndings(
  facts: readonly Fact[],
  kind: string,
  bare: string,
): ReadonlyMap<RecordId, Ending> {
  const began = new Map<RecordId, number>();
  const endings = new Map<RecordId, Ending>();
  for (const { type, about, data, occurredAt } of facts) {
    for (const record of about)
      if (kindOf(record) === kind && !began.has(record)) began.set(record, occurredAt);
    const [first] = about;
    if (type !== 'record-changed' || first === undefined || kindOf(first) !== kind) continue;
    const values = (data.values ?? {}) as JsonObject;
    if (!Object.hasOwn(values, bare)) continue;
    const value = values[bare];
    if (value === null || value === undefined || isMoney(value)) {
      endings.delete(first);
      continue;
    }
    if (endings.get(first)?.value === value) continue;
    const start = began.get(first) as number;
    endings.set(first, { began: start, at: occurredAt, value: value as AttributeValue });
  }
  return endings;
}

/** What was done on a deal before it was decided. What names no opportunity is about all that are open. */
export function stepsOf(
  activities: readonly Fact[],
  record: RecordId,
  kind: string,
  { began, at }: Ending,
): DealTimeline['steps'] {
  const byMoment = new Map<number, string[]>();
  for (const { type, about, occurredAt } of activities) {
    if (occurredAt >= at) break;
    if (occurredAt < began) continue;
    const named = about.filter((id) => kindOf(id) === 'opportunity');
    if (kind === 'opportunity' && named.length > 0 && !named.includes(record)) continue;
    push(byMoment, occurredAt, type);
  }
  return Array.from(byMoment, ([moment, kinds]) => ({ at: moment, kinds }));
}
