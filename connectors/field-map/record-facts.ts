import { fingerprint } from '../../src/core/hash.js';
import type { Fact } from '../../src/domain/fact.js';
import {
  COMPANY,
  type JsonValue,
  kindOf,
  type RecordId,
  type RecordKind,
} from '../../src/domain/value.js';
import type { FactRule, FieldMap } from './field-map.js';
import {
  type CrmRecord,
  type FactContext,
  holds,
  idOf,
  momentOf,
  type Reader,
  type Reason,
  readSource,
} from './read-record.js';
import type { ResolvedObject } from './resolve-field-map.js';

/** The facts that the rules make of one record, and why others were not made. */
export function makeFacts(
  record: CrmRecord,
  resolved: ResolvedObject,
  context: FactContext,
): { readonly facts: readonly Fact[]; readonly reasons: readonly Reason[] } {
  const reasons = new Map<string, Reason>();
  const tell = (reason: Reason): void => {
    reasons.set(reason.reason, reason);
  };
  const reader: Reader = { record, resolved, context, tell };
  const facts = resolved.object.facts.flatMap((rule) =>
    // What several records say together is told when all of them were read.
    rule.into !== undefined
      ? []
      : record.gone
        ? endFacts(reader, rule)
        : rule.when.every((when) => holds(reader, when))
          ? (factOf(reader, rule) ?? [])
          : [],
  );
  return { facts, reasons: [...reasons.values()] };
}

function factOf(reader: Reader, rule: FactRule): Fact | undefined {
  const { record, context, resolved, tell } = reader;
  const { map, now } = context;
  const account = rule.of && idOf(reader, { kind: 'account', fields: rule.of });
  if (rule.of && account === undefined) {
    tell({ reason: `it belongs to no account: ${rule.of.join(', ')} is empty` });
    return undefined;
  }
  const at = rule.at === undefined ? record.changedAt : momentOf(reader, rule.at);
  if (at === undefined) return undefined;
  if (at > now) {
    tell({ reason: `"${rule.at}" lies in the future; it is told when its time has come` });
    return undefined;
  }
  const values: { [name: string]: JsonValue } = {};
  for (const [name, source] of rule.set) {
    const value = readSource(reader, source);
    // No value takes one away from a record; of an activity it says nothing.
    if (value !== undefined && !(value === null && rule.activity !== undefined))
      values[name] = value;
  }
  const slot = `${map.connection}/${resolved.object.name}/${record.id}/${rule.name}`;
  const learnedAt = Math.max(at, record.changedAt);
  const grade = rule.grade ?? map.grade;
  if (rule.record !== undefined) {
    const self = `${map.connection}:${rule.record}:${record.id}`;
    return {
      id: `${slot}/${versionOf(map, record, values)}`,
      type: 'record-changed',
      subjects: subjectsOf(rule.record, self, account),
      about: [self],
      occurredAt: at,
      learnedAt,
      grade,
      source: { record: self },
      data: { values },
    };
  }
  const about = rule.about
    .map((reference) => idOf(reader, reference))
    .filter((id) => id !== undefined);
  const by = rule.by && idOf(reader, rule.by);
  const others = by === undefined ? about : [...about, by];
  const subjects = [account, ...others.filter((id) => kindOf(id) === 'contact')];
  return {
    id: slot,
    type: rule.activity ?? '',
    subjects: [...new Set(subjects.filter((id) => id !== undefined))],
    about: [...new Set([account, ...about].filter((id) => id !== undefined))],
    occurredAt: at,
    learnedAt,
    grade,
    ...(by === undefined ? {} : { by }),
    source: { record: account ?? COMPANY },
    data: values,
  };
}

/** Later changes sort behind earlier ones, and what a later revision of the map says behind what an earlier one said. */
export function versionOf(
  { revision }: FieldMap,
  { changedAt }: Pick<CrmRecord, 'changedAt'>,
  values: JsonValue,
): string {
  const at = new Date(changedAt).toISOString().replaceAll(/[-:.]/g, '');
  return `${at}-${String(revision).padStart(4, '0')}-${fingerprint(values).slice(0, 8)}`;
}

function endFacts(reader: Reader, rule: FactRule): readonly Fact[] {
  const { record, context, resolved } = reader;
  const { connection, grade } = context.map;
  if (rule.record === undefined) return [];
  const self = `${connection}:${rule.record}:${record.id}`;
  const account = rule.of && idOf(reader, { kind: 'account', fields: rule.of });
  const slot = `${connection}/${resolved.object.name}/${record.id}/${rule.name}`;
  const base = {
    about: [self],
    occurredAt: record.changedAt,
    learnedAt: record.changedAt,
    grade,
    source: { record: self },
  };
  const gone: Fact = {
    ...base,
    id: `${slot}/gone-${record.changedAt}`,
    type: 'record-deleted',
    subjects: subjectsOf(rule.record, self, account),
    data: {},
  };
  const merges = rule.record === 'account' || rule.record === 'contact';
  // Where no timeline knew it, there is nothing to tell.
  if (record.mergedInto === undefined || !merges) return gone.subjects.length > 0 ? [gone] : [];
  const into = `${connection}:${rule.record}:${record.mergedInto}`;
  const merged: Fact = {
    ...base,
    id: `${slot}/merged`,
    type: 'merged',
    subjects: [self],
    data: { into },
  };
  // The account that a merged contact was in learns that the contact is gone; the contact itself lives on in another.
  return account === undefined ? [merged] : [merged, { ...gone, subjects: [account] }];
}

export function subjectsOf(
  kind: RecordKind,
  self: RecordId,
  account: RecordId | undefined,
): readonly RecordId[] {
  if (kind === 'product') return [COMPANY];
  const own = kind === 'opportunity' ? [] : [self];
  const above = account !== undefined ? [account] : kind === 'rep' ? [COMPANY] : [];
  return [...above, ...own];
}
