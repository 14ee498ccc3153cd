import type { Fact } from '../../src/domain/fact.js';
import {
  isMoney,
  type JsonObject,
  type JsonValue,
  kindOf,
  type RecordId,
  type RecordKind,
} from '../../src/domain/value.js';

export interface CrmRecord {
  readonly id: RecordId;
  readonly kind: RecordKind;
  /** The account it belongs to, for contacts and opportunities. */
  readonly account?: RecordId;
  readonly values: JsonObject;
}

export interface CrmCase {
  readonly number: string;
  readonly subject: string;
  readonly openedAt: number;
  readonly closedAt?: number;
}

/** The CRM's own memory, made from the same facts that the agent takes in. */
export interface Crm {
  /** In any order; a fact that is known already changes nothing. */
  add(facts: readonly Fact[]): void;
  record(id: RecordId | undefined): CrmRecord | undefined;
  accounts(): readonly CrmRecord[];
  reps(): readonly CrmRecord[];
  products(): readonly CrmRecord[];
  contactsOf(account: RecordId): readonly CrmRecord[];
  dealsOf(account: RecordId): readonly CrmRecord[];
  casesOf(account: RecordId): readonly CrmCase[];
  /** What happened there, the newest first; changes of a record only where they move a deal. */
  activitiesOf(account: RecordId): readonly Fact[];
  purchasesOf(account: RecordId): readonly Fact[];
}

interface AccountFolder {
  readonly contacts: Set<RecordId>;
  readonly deals: Set<RecordId>;
  readonly activities: Fact[];
  readonly purchases: Fact[];
  sorted: boolean;
}

export function createCrm(): Crm {
  const records = new Map<RecordId, CrmRecord>();
  const folders = new Map<RecordId, AccountFolder>();
  const known = new Set<string>();

  const folderOf = (account: RecordId): AccountFolder => {
    let folder = folders.get(account);
    if (!folder) {
      folder = {
        contacts: new Set(),
        deals: new Set(),
        activities: [],
        purchases: [],
        sorted: true,
      };
      folders.set(account, folder);
    }
    return folder;
  };
  const change = (fact: Fact): void => {
    const id = fact.about[0];
    if (id === undefined) return;
    const account = fact.subjects.find((subject) => kindOf(subject) === 'account');
    const before = records.get(id);
    records.set(id, {
      id,
      kind: kindOf(id),
      ...(account !== undefined && { account: before?.account ?? account }),
      values: { ...before?.values, ...(fact.data.values as JsonObject) },
    });
    for (const subject of fact.subjects) {
      if (kindOf(subject) !== 'account') continue;
      const folder = folderOf(subject);
      if (kindOf(id) === 'contact') folder.contacts.add(id);
      if (kindOf(id) === 'opportunity') folder.deals.add(id);
    }
  };
  const isActivity = (fact: Fact): boolean => {
    if (fact.type === 'record-changed')
      return (
        kindOf(fact.about[0] ?? '') === 'opportunity' && 'stage' in (fact.data.values as JsonObject)
      );
    return fact.type !== 'holdout-assigned';
  };

  return {
    add: (facts) => {
      for (const fact of facts) {
        if (known.has(fact.id)) continue;
        known.add(fact.id);
        if (fact.type === 'record-changed') change(fact);
        if (!isActivity(fact)) continue;
        for (const subject of fact.subjects) {
          if (kindOf(subject) !== 'account') continue;
          const folder = folderOf(subject);
          const last = folder.activities.at(-1);
          if (last && last.occurredAt > fact.occurredAt) folder.sorted = false;
          folder.activities.push(fact);
          if (fact.type === 'purchase') folder.purchases.push(fact);
        }
      }
    },
    record: (id) => (id === undefined ? undefined : records.get(id)),
    accounts: () => ofKind(records, 'account'),
    reps: () => ofKind(records, 'rep'),
    products: () => ofKind(records, 'product'),
    contactsOf: (account) => members(records, folderOf(account).contacts),
    dealsOf: (account) => members(records, folderOf(account).deals),
    casesOf: (account) => foldCases(folderOf(account).activities),
    activitiesOf: (account) => {
      const folder = folderOf(account);
      if (!folder.sorted) folder.activities.sort((a, b) => a.occurredAt - b.occurredAt);
      folder.sorted = true;
      return folder.activities.toReversed();
    },
    purchasesOf: (account) => folderOf(account).purchases,
  };
}

const ofKind = (records: ReadonlyMap<RecordId, CrmRecord>, kind: RecordKind): CrmRecord[] =>
  [...records.values()].filter((record) => record.kind === kind);

const members = (
  records: ReadonlyMap<RecordId, CrmRecord>,
  ids: ReadonlySet<RecordId>,
): CrmRecord[] => [...ids].flatMap((id) => records.get(id) ?? []);

function foldCases(activities: readonly Fact[]): CrmCase[] {
  const cases = new Map<string, CrmCase>();
  for (const { type, data, occurredAt } of activities) {
    const number = text(data.case);
    if (type === 'case-opened')
      cases.set(number, { number, subject: text(data.subject), openedAt: occurredAt });
    const opened = cases.get(number);
    if (type === 'case-closed' && opened) cases.set(number, { ...opened, closedAt: occurredAt });
  }
  return [...cases.values()];
}

/** Text of a value, empty when there is none. */
export function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Minor units of a money value, 0 when there is none. */
export function minor(value: JsonValue | undefined): number {
  return isMoney(value) ? value.amountMinor : 0;
}

export function nameOf(crm: Crm, id: RecordId | undefined): string {
  return text(crm.record(id)?.values.name) || 'Somebody';
}
