import type { AttributeValue } from '../domain/value.js';

/** One attribute of all rows. */
export interface Column {
  /** Qualified: `account.segment`. */
  readonly id: string;
  readonly type: 'choice' | 'multi' | 'number' | 'boolean';
  /** One a row; `undefined` where nothing is known. */
  readonly values: ArrayLike<AttributeValue | undefined>;
  /** When the value that stands there came to be known, in epoch milliseconds. Absent: not told. */
  readonly knownAt?: ArrayLike<number>;
}

/** What ended, one row each (a closed opportunity), by what was known before it was decided. */
export interface Table {
  readonly columns: readonly Column[];
  /** 1 and 0 for won and lost, or an amount: days of the cycle, discount in percent. */
  readonly outcome: ArrayLike<number>;
  /** Who sold it: rows of one seller are not independent. Absent: not told, and each row stands for itself. */
  readonly sellers?: ArrayLike<string>;
  /** When it was decided, in epoch milliseconds: what is known later does not count. */
  readonly decidedAt?: ArrayLike<number>;
}
