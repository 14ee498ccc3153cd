import type { Grade } from '../../src/domain/fact.js';
import type { RecordKind } from '../../src/domain/value.js';
import type { CellColumn } from '../reading/cell-column.js';
import type { Encoding } from './decode-text.js';

/** How the files of one source folder become facts. It is written by a person, in YAML; see {@link parseCsvMap}. */
export interface CsvMap {
  /** Where it was written, for messages. */
  readonly file: string;
  /** First part of every id. */
  readonly connection: string;
  /** Of days and times that name no zone. */
  readonly zone: string;
  /** ISO 4217, of money that names no currency. */
  readonly currency?: string;
  /** `YYYY-MM-DD` or ISO 8601: when the export was taken. */
  readonly asOf?: string;
  /** Texts that mean "no value", beside the empty one. */
  readonly empty: readonly string[];
  readonly grade: Grade;
  readonly files: readonly MappedFile[];
}

export interface MappedFile {
  readonly name: string;
  /** In the mapping file. */
  readonly line: number;
  readonly optional: boolean;
  readonly encoding?: Encoding;
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Columns that together name a row. */
  readonly key: readonly string[];
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns without which a row is skipped. */
  readonly needs: readonly string[];
  readonly facts: readonly FactRule[];
}

export interface Column extends CellColumn {
  readonly find?: Find;
}

/** The row of another file, or of this one, that the cell names. */
export interface Find {
  readonly file: string;
  /** Its column that holds the name; absent: its key. */
  readonly by?: string;
  /** `exact`: to the letter. `name`: as a person would take it. `domain`: of an email or web address. See match-names.ts. */
  readonly match: 'exact' | 'name' | 'domain';
  /** From the row found, on over this column of it to the topmost: the ultimate parent. */
  readonly climb?: string;
}

/** One fact for each row to which it applies. */
export interface FactRule {
  /** Part of the fact's id, unique in the file. */
  readonly name: string;
  readonly line: number;
  /** A `record-changed` fact of such a record. */
  readonly record?: RecordKind;
  /** Else the type of an activity. */
  readonly activity?: string;
  /** Columns of the record's id where it is not the row's key. */
  readonly key?: readonly string[];
  /** The column that names the account it belongs to. */
  readonly of?: string;
  readonly when: readonly When[];
  /** A column, or a `YYYY-MM-DD`; absent: when the export was taken. */
  readonly at?: string;
  /** A time that must not come later than `at`: a deal is not won before it was begun. */
  readonly after?: Source;
  readonly set: ReadonlyMap<string, Source>;
  /** Further records it concerns. */
  readonly about: readonly Reference[];
  readonly by?: Reference;
  readonly grade?: Grade;
}

export interface When {
  readonly column: string;
  readonly in?: readonly string[];
  readonly missing?: boolean;
}

/** A record named by a column: its kind, and the column. */
export interface Reference {
  readonly kind: RecordKind;
  readonly column: string;
}

/** Where a value comes from. */
export type Source =
  | { readonly column: string }
  /** A column of the row that `through` has found. */
  | { readonly through: string; readonly column: string }
  | { readonly value: string | number | boolean }
  /** Pieces of text and columns in turn. */
  | { readonly text: readonly (string | { readonly column: string })[] }
  | Reference;
