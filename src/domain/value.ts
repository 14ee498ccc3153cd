/** `connection:type:id`, for example `demo:account:17`; the type is a {@link RecordKind}. */
export type RecordId = string;

/** The id of a record that has a timeline of its own: an account, a contact, a rep, or {@link COMPANY}. */
export type SubjectKey = RecordId;

export type RecordKind = 'account' | 'contact' | 'opportunity' | 'rep' | 'product' | 'company';

/** The company itself: its catalogue, playbook, parameters and calendar. */
export const COMPANY: SubjectKey = 'opportune:company:self';

/** What an attribute can hold. Money is in minor units of the playbook's currency; a date is `YYYY-MM-DD`. */
export type AttributeValue = string | number | boolean | readonly string[];

/** Money as it arrives in a fact. It becomes a number in the playbook's currency when it is folded. */
export interface Money {
  readonly amountMinor: number;
  /** ISO 4217, three capital letters. */
  readonly currency: string;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/** The kind of record an id names. Ids may hold further colons after the second. */
export function kindOf(id: RecordId): RecordKind {
  const start = id.indexOf(':') + 1;
  return id.slice(start, id.indexOf(':', start)) as RecordKind;
}

/** The connection of ids that stand for persons who were erased. */
export const ERASED = 'erased';

/** Such a contact is counted as before; nobody is to be reached by it. */
export const isErased = (id: RecordId): boolean => id.startsWith(`${ERASED}:contact:`);

export function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' && value !== null && 'amountMinor' in value && 'currency' in value
  );
}
