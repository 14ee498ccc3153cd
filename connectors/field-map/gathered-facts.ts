import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { isMoney, type JsonValue, type RecordId } from '../../src/domain/value.js';
import { crmId } from './crm-id.js';
import { type FactRule, gatheredBy, type Source } from './field-map.js';
import {
  type CrmRecord,
  type FactContext,
  holds,
  idOf,
  type Reader,
  readField,
  readSource,
} from './read-record.js';
import { subjectsOf, versionOf } from './record-facts.js';
import type { ResolvedObject } from './resolve-field-map.js';

/** Records that name the same one, all of them, which is not one of theirs. */
export interface Group {
  /** The CRM's own id of what they name. */
  readonly id: string;
  readonly records: readonly CrmRecord[];
  /** When the last of them was changed, or came, or went; epoch milliseconds. */
  readonly changedAt: number;
  /** One that is gone, and says where the named record belongs when no other is left to say it. */
  readonly past?: CrmRecord;
}

/** What a record counts among: the CRM's own id of the record that it names; undefined: it names none. */
export function groupOf(
  record: CrmRecord,
  resolved: ResolvedObject,
  context: FactContext,
): string | undefined {
  const { connection } = context.map;
  return crmId(connection, namedBy({ record, resolved, context, tell: () => undefined }));
}

function namedBy(reader: Reader): RecordId | undefined {
  const { object } = reader.resolved;
  const into = gatheredBy(object);
  const kind = object.facts.find((rule) => rule.into !== undefined)?.record;
  return into === undefined || !kind ? undefined : idOf(reader, { kind, fields: [into] });
}

/** The facts that the rules make of a group, with what could not be read of it. */
export function pullGroup(
  group: Group,
  resolved: ResolvedObject,
  context: FactContext,
): readonly Pulled[] {
  const place = `${resolved.object.name} of ${group.id}`;
  const skipped = new Map<string, Pulled>();
  const readerOf = (record: CrmRecord): Reader => ({
    ...{ record, resolved, context },
    tell: ({ reason, detail }) =>
      skipped.set(reason, {
        type: 'skipped',
        skipped: { place, part: 'value', reason, ...(detail === undefined ? {} : { detail }) },
      }),
  });
  const facts = resolved.object.facts.flatMap((rule): Pulled[] => {
    const fact = rule.into === undefined ? undefined : factOf(group, rule, readerOf);
    return fact ? [{ type: 'fact', fact }] : [];
  });
  return [...facts, ...skipped.values()];
}

function factOf(
  { id, records, changedAt, past }: Group,
  rule: FactRule,
  readerOf: (record: CrmRecord) => Reader,
): Fact | undefined {
  const readers = records.map(readerOf);
  const [any = past && readerOf(past)] = readers;
  const { record: kind, of } = rule;
  if (kind === undefined || any === undefined) return undefined;
  const { context, resolved } = any;
  const account = of && idOf(any, { kind: 'account', fields: of });
  if (of && account === undefined) {
    any.tell({ reason: `it belongs to no account: ${of.join(', ')} is empty` });
    return undefined;
  }
  const counted = readers.filter((reader) => rule.when.every((when) => holds(reader, when)));
  const values: { [name: string]: JsonValue } = {};
  for (const [name, source] of rule.set) {
    const value = together(counted, source);
    if (value !== undefined) values[name] = value;
  }
  const { map } = context;
  const self = `${map.connection}:${kind}:${id}`;
  const slot = `${map.connection}/${resolved.object.name}/${id}/${rule.name}`;
  return {
    id: `${slot}/${versionOf(map, { changedAt }, values)}`,
    type: 'record-changed',
    subjects: subjectsOf(kind, self, account),
    about: [self],
    occurredAt: changedAt,
    learnedAt: changedAt,
    grade: rule.grade ?? map.grade,
    source: { record: self },
    data: { values },
  };
}

/** Undefined leaves a value as it was; null, of no record at all, takes it away. */
function together(readers: readonly Reader[], source: Source): JsonValue | undefined {
  if (!('each' in source)) {
    const latest = readers.toSorted(byChange).at(-1);
    return latest ? readSource(latest, source) : null;
  }
  const { each, field } = source;
  const told = readers.flatMap((reader) => {
    const cell = readField(reader, field);
    return cell.kind === 'value' ? [cell.value] : [];
  });
  if (told.length === 0) return null;
  return each === 'list'
    ? [...new Set(told.flat().map(String))].sort()
    : sumOf(told, readers, field);
}

function byChange({ record: a }: Reader, { record: b }: Reader): number {
  return a.changedAt - b.changedAt || (a.id < b.id ? -1 : 1);
}

function sumOf(
  told: readonly JsonValue[],
  [reader]: readonly Reader[],
  field: string,
): JsonValue | undefined {
  const amounts = told.flatMap((value: unknown) => (isMoney(value) ? [value] : []));
  const [first] = amounts;
  if (!first) {
    const sum = told.reduce<number>((total, value) => total + Number(value), 0);
    return Number(sum.toPrecision(15));
  }
  if (amounts.some(({ currency }) => currency !== first.currency)) {
    reader?.tell({ reason: `"${field}" is in several currencies, and is not added up` });
    return undefined;
  }
  const amountMinor = amounts.reduce((total, money) => total + money.amountMinor, 0);
  return { amountMinor, currency: first.currency };
}
