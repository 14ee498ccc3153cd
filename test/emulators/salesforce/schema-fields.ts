/** A field as Salesforce describes it, as far as the emulator acts on it. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly type: FieldKind;
  readonly length?: number;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly calculated?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly refersTo?: readonly string[];
  /** What refers so is deleted with what it refers to. */
  readonly cascades?: boolean;
  readonly relationship?: string;
  readonly values?: readonly string[];
  /** Values that are no longer offered, and that old records may hold. */
  readonly inactive?: readonly string[];
}

export type FieldKind =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'percent'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'address';

export interface ObjectSpec {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  /** For so long a deleted one can still be asked for; absent: while it is in the recycle bin. */
  readonly keptMs?: number;
  readonly fields: readonly FieldSpec[];
}

export const field = (
  name: string,
  label: string,
  type: FieldKind,
  more: Partial<FieldSpec> = {},
): FieldSpec => ({ name, label, type, ...more });
export const lookup = (
  name: string,
  label: string,
  refersTo: readonly string[],
  more = {},
): FieldSpec =>
  field(name, label, 'reference', { refersTo, relationship: name.replace(/Id$/, ''), ...more });

export const readOnly: Partial<FieldSpec> = { readOnly: true };

/** Fields that every object has. */
export const own = (label: string): readonly FieldSpec[] => [
  field('Id', `${label} ID`, 'id', readOnly),
  field('CreatedDate', 'Created Date', 'datetime', readOnly),
  lookup('CreatedById', 'Created By ID', ['User'], readOnly),
  field('LastModifiedDate', 'Last Modified Date', 'datetime', readOnly),
  field('SystemModstamp', 'System Modstamp', 'datetime', readOnly),
];
/** Users and currencies are never deleted. */
export const deletable = (label: string): readonly FieldSpec[] => [
  ...own(label),
  field('IsDeleted', 'Deleted', 'boolean', readOnly),
];
export const owner: FieldSpec = lookup('OwnerId', 'Owner ID', ['User']);
export const currencyCode: FieldSpec = field('CurrencyIsoCode', 'Currency', 'picklist', {
  values: ['EUR', 'USD', 'JPY'],
});
