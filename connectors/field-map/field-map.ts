import type { Grade } from '../../src/domain/fact.js';
import type { RecordKind } from '../../src/domain/value.js';
import type { ColumnType } from '../reading/cell-column.js';

/** How the objects of a CRM become facts. It is written by a person, in YAML, or proposed and then looked through. */
export interface FieldMap {
  /** Where it was written, for messages. */
  readonly file: string;
  /** First part of every id. */
  readonly connection: string;
  /** In which a day begins. */
  readonly zone: string;
  /** ISO 4217, of money in records that name no currency. */
  readonly currency?: string;
  /** Raised when the map says something else of records that did not change, so that what it says now counts. */
  readonly revision: number;
  readonly grade: Grade;
  readonly objects: readonly MappedObject[];
}

export interface MappedObject {
  readonly name: string;
  /** In the mapping file. */
  readonly line: number;
  /** Where it is not there, nothing is read of it; absent: that is an error. */
  readonly optional?: boolean;
  readonly fields: ReadonlyMap<string, MappedField>;
  readonly facts: readonly FactRule[];
}

/** What is known of a field beyond what the CRM says. */
export interface MappedField {
  readonly line: number;
  /** What it was when it was mapped; another type at the CRM is an error. */
  readonly type?: ColumnType;
  /** What is written, and what it means. Everything else stays as it is. */
  readonly values: ReadonlyMap<string, string>;
  /** Used where there is no value. */
  readonly otherwise?: string;
  /** The field that holds the currency of this money; absent: the record's own. */
  readonly currency?: string;
}

export interface FactRule {
  /** Part of the fact's id, unique in the object. */
  readonly name: string;
  readonly line: number;
  readonly record?: RecordKind;
  readonly activity?: string;
  /** The field that names the record where it is not the one that is read: all that name the same one are told as one. */
  readonly into?: string;
  /** The account it belongs to: the first of these fields that has a value. */
  readonly of?: readonly string[];
  readonly when: readonly When[];
  /** When an activity happened. */
  readonly at?: string;
  readonly set: ReadonlyMap<string, Source>;
  readonly about: readonly Reference[];
  readonly by?: Reference;
  readonly grade?: Grade;
}

export interface When {
  readonly field: string;
  readonly in?: readonly string[];
  readonly missing?: boolean;
}

/** A record that a field names; of several fields the first that has a value. */
export interface Reference {
  readonly kind: RecordKind;
  readonly fields: readonly string[];
}

export type Source =
  | { readonly field: string }
  | { readonly value: string | number | boolean }
  /** What several records say together: each value once, or their sum. */
  | { readonly each: 'list' | 'sum'; readonly field: string }
  | Reference;

/** The field that the records of an object are gathered by; undefined: each is told by itself. */
export const gatheredBy = ({ facts }: MappedObject): string | undefined =>
  facts.find(({ into }) => into !== undefined)?.into;

/** Every field that the rules of an object read, once each, currencies included. */
export function fieldsOf({ fields, facts }: MappedObject): readonly string[] {
  const read = new Set<string>();
  for (const { into, of = [], when, at, set, about, by } of facts) {
    if (into !== undefined) read.add(into);
    for (const field of of) read.add(field);
    for (const { field } of when) read.add(field);
    if (at !== undefined) read.add(at);
    for (const source of set.values()) {
      if ('field' in source) read.add(source.field);
      else if ('kind' in source) for (const field of source.fields) read.add(field);
    }
    for (const reference of by ? [...about, by] : about)
      for (const field of reference.fields) read.add(field);
  }
  for (const field of [...read]) {
    const currency = fields.get(field)?.currency;
    if (currency !== undefined) read.add(currency);
  }
  return [...read];
}
