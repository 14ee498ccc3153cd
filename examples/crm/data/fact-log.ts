import type { Fact, Grade } from '../../../src/domain/fact.js';
import { COMPANY, type JsonObject, kindOf, type RecordId } from '../../../src/domain/value.js';

/** What happened at one account, in the order in which it is told. */
export interface FactLog {
  readonly account: RecordId;
  readonly facts: Fact[];
  /** `time` is epoch milliseconds; `record` defaults to the account. */
  changed(time: number, values: JsonObject, record?: RecordId, by?: RecordId): void;
  happened(time: number, type: string, what?: Happening): void;
}

export interface Happening {
  /** A contact (the buyer acted) or a rep. */
  readonly by?: RecordId | undefined;
  /** The people it concerns; one who acted is added by itself. */
  readonly contacts?: readonly RecordId[];
  readonly deal?: RecordId | undefined;
  readonly data?: JsonObject;
}

/** What a buyer cannot do by politeness alone. */
const VERIFIED: ReadonlySet<string> = new Set([
  'email-received',
  'call-received',
  'callback-requested',
  'meeting-booked',
  'meeting-held',
  'document-opened',
  'contract-signed',
  'purchase',
  'contact-joined',
  'survey-answered',
  'order-returned',
]);

export function gradeOf(type: string, by: RecordId | undefined): Grade {
  if (by === undefined) return 'observed';
  if (kindOf(by) === 'contact') return VERIFIED.has(type) ? 'buyer-verified' : 'observed';
  return type === 'note-added' ? 'claimed' : 'observed';
}

/**
 * `shared`: for a contact of two accounts, the other one. Nothing later than `until` is kept: it has not happened.
 * `series`: sets the ids apart from those of another log of the account.
 */
export function createFactLog(
  account: RecordId,
  until: number,
  shared?: { readonly [contact: RecordId]: RecordId },
  series = '',
): FactLog {
  const facts: Fact[] = [];
  const name = account.slice(account.lastIndexOf(':') + 1);
  const nextId = (): string =>
    `demo:fact:${name}-${series}${String(facts.length).padStart(4, '0')}`;
  const subjectsOf = (contacts: readonly RecordId[]): RecordId[] => {
    const subjects = [account, ...contacts];
    for (const contact of contacts) {
      const other = shared?.[contact];
      if (other && !subjects.includes(other)) subjects.push(other);
    }
    return subjects;
  };
  return {
    account,
    facts,
    changed: (occurredAt, values, record = account, by) => {
      if (occurredAt > until) return;
      facts.push({
        id: nextId(),
        type: 'record-changed',
        subjects: kindOf(record) === 'contact' ? subjectsOf([record]) : [account],
        about: [record],
        occurredAt,
        learnedAt: occurredAt,
        // What a rep says about an account is a claim; moving a deal is seen in the CRM.
        grade: by && record === account ? 'claimed' : 'observed',
        ...(by && { by }),
        source: { record },
        data: { values },
      });
    },
    happened: (occurredAt, type, { by, contacts = [], deal, data = {} } = {}) => {
      if (occurredAt > until) return;
      const byBuyer = by !== undefined && kindOf(by) === 'contact';
      const people = byBuyer && !contacts.includes(by) ? [by, ...contacts] : contacts;
      const subjects = subjectsOf(people);
      const about = deal ? [account, ...people, deal] : [account, ...people];
      const id = nextId();
      const grade = gradeOf(type, by);
      const learnedAt = occurredAt;
      facts.push(
        by === undefined
          ? { id, type, subjects, about, occurredAt, learnedAt, grade, data }
          : { id, type, subjects, about, occurredAt, learnedAt, grade, by, data },
      );
    },
  };
}

/** A record fact of the company's own timeline: a rep (who has one as well) or a product. */
export function companyFact(time: number, record: RecordId, values: JsonObject): Fact {
  return {
    id: `demo:fact:${record.slice(5)}-${time}`,
    type: 'record-changed',
    subjects: kindOf(record) === 'rep' ? [record, COMPANY] : [COMPANY],
    about: [record],
    occurredAt: time,
    learnedAt: time,
    grade: 'observed',
    source: { record },
    data: { values },
  };
}
