export const COLUMN_TYPES = ['text', 'list', 'number', 'boolean', 'date', 'time', 'money'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** How the text of a cell is to be read. */
export interface CellColumn {
  readonly name: string;
  readonly line: number;
  readonly type: ColumnType;
  /** Repairs: what is written, and what it means. Everything else stays as it is. */
  readonly values: ReadonlyMap<string, string>;
  /** Any other value is reported and left out. */
  readonly choices?: readonly string[];
  /** Used for a cell without a value. */
  readonly otherwise?: string;
  readonly empty?: readonly string[];
  /** Of a date or time, in YYYY MM DD hh mm ss; absent: ISO 8601. */
  readonly format?: string;
  readonly decimal: '.' | ',';
  /** What one stands for: 1000000 for a column in millions. */
  readonly scale: number;
  readonly currency?: string;
  /** The column that holds the currency. */
  readonly currencyColumn?: string;
  /** Between the values of a list. */
  readonly separator: string;
}
