import type { Change, Condition, Situated } from '../domain/condition.js';
import type { Parameters } from '../domain/parameters.js';
import type { Attribute, Playbook } from '../domain/playbook.js';
import type { Evidence, Known, Opening, RecordState, Subject } from '../domain/subject.js';
import { isErased, kindOf, type RecordId, type SubjectKey } from '../domain/value.js';
import type { Attributes } from './phrase.js';

/** What the runtime reads for one look, and nothing else is read. */
export interface Situation {
  /** As the asker may know it, with its attributes. */
  readonly playbook: Playbook;
  readonly attributes: Attributes;
  readonly parameters: Parameters;
  readonly account: Subject;
  readonly asker: RecordId;
  /** The account, its contacts, the asker and the company, as far as they are there. */
  readonly subjects: ReadonlyMap<SubjectKey, Subject>;
  /** Versions of the subjects that were read. */
  readonly versions: { readonly [key: string]: number };
  /** Attributes that the asker may not see. What is made of one, or reads one, is not in the playbook. */
  readonly hidden: ReadonlySet<string>;
  /** Finds the smallest change that would make a condition true; absent where nobody asks. */
  readonly findChange?: (
    condition: Condition,
    situated: Situated,
    domains: (attribute: string) => Attribute | undefined,
  ) => readonly Change[] | 'several' | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  look(record: RecordState, contact?: RecordId, event?: Opening['event']): Look;
}

/** One record with its surroundings: the account, the contact that an action picks, the asker, the company. */
export interface Look {
  readonly situated: Situated;
  evidence(attribute: string): Evidence | Known | undefined;
}

/** The contact that an action picks: one who has not left and is not erased, linked to the opportunity first, then by id. */
export function pickContact(
  account: Pick<Subject, 'records'>,
  record: RecordState,
  role: string | undefined,
  opening?: Opening,
): RecordState | undefined {
  if (role === undefined) return undefined;
  if (role === 'self') return record.kind === 'contact' ? record : undefined;
  if (role === 'event') {
    const id = opening?.contact;
    return id === undefined || isErased(id) ? undefined : account.records[id];
  }
  if (record.kind === 'contact' && hasRole(record, role)) return record;
  const linked = record.values.contacts?.value;
  const isLinked = (contact: RecordState): boolean =>
    Array.isArray(linked) && linked.includes(contact.id);
  const found = Object.values(account.records).filter(
    (one) =>
      one.kind === 'contact' &&
      !one.deleted &&
      !isErased(one.id) &&
      one.values.left?.value !== true &&
      hasRole(one, role),
  );
  found.sort((a, b) => Number(isLinked(b)) - Number(isLinked(a)) || (a.id < b.id ? -1 : 1));
  return found[0];
}

/** Whether a contact or a rep has a role, perhaps among others. */
export function hasRole(person: RecordState, role: string): boolean {
  const held = person.values.role?.value;
  return Array.isArray(held) ? held.includes(role) : held === role;
}

/** Those that a rep is in, one or several. */
export function teamsOf(rep: RecordState | undefined): readonly string[] {
  return [rep?.values.team?.value ?? []].flat().map(String);
}

/** Records of the account that a look at one of its records concerns; nothing is to be done about who is erased. */
export function recordsInScope(account: Subject, record: RecordId): readonly RecordState[] {
  const all = Object.values(account.records).filter(({ id, deleted }) => !deleted && !isErased(id));
  const kind = kindOf(record);
  if (kind === 'account') return all;
  const own = account.records[record];
  const linked = own?.values.contacts?.value;
  return all.filter(
    (one) =>
      one.kind === 'account' ||
      one.id === record ||
      (kind === 'opportunity' && Array.isArray(linked) && linked.includes(one.id)),
  );
}
