import type { AttributeValue, RecordKind } from './value.js';

/**
 * A compiled condition. Attribute names are qualified (`opportunity.stage`, `event.brand`, `rep.region`).
 *
 * Truth has three values: a comparison with a missing value is unknown, `not` unknown is unknown,
 * and only true opens or passes. `missing` is never unknown.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** One child of that kind meets all of it. Bare children's names are qualified by the kind. */
  | { readonly has: RecordKind; readonly where: Condition }
  | { readonly hasNo: RecordKind; readonly where: Condition }
  | Test;

/** One comparison. Exactly one operator is set. */
export type Test =
  /** Equal to, or for multi attributes containing, any of these. */
  | { readonly attribute: string; readonly in: readonly (string | number | boolean)[] }
  /** Bounds of a number or date (dates as day numbers since 1970-01-01); an absent bound is open. */
  | { readonly attribute: string; readonly range: Range }
  | { readonly attribute: string; readonly hasAll: readonly string[] }
  | { readonly attribute: string; readonly hasNone: readonly string[] }
  /** Equal to, or for multi attributes sharing a value with, another attribute. */
  | { readonly attribute: string; readonly inAttribute: string }
  /** Text equal to any of these, which are already case-folded and in NFC. */
  | { readonly attribute: string; readonly textIn: readonly string[] }
  /** Text begins with this, which is already case-folded and in NFC. */
  | { readonly attribute: string; readonly startsWith: string }
  | { readonly attribute: string; readonly missing: boolean };

export interface Range {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

export type Truth = true | false | undefined;

/** What a condition is judged against. Missing values are `undefined`. */
export interface Situated {
  get(attribute: string): AttributeValue | undefined;
  /** The children of the record in view, each able to answer for itself and its parents. */
  children(kind: RecordKind): readonly Situated[];
}

/** A condition with how it came out, for "why" and "why not". */
export interface Explanation {
  readonly truth: Truth;
  readonly condition: Condition;
  /** For a test: what the attribute holds now; absent when missing. */
  readonly actual?: AttributeValue;
  readonly parts?: readonly Explanation[];
}

/** One attribute altered so that a condition becomes true. */
export interface Change {
  readonly attribute: string;
  readonly from?: AttributeValue;
  /** A value that would do; absent: the attribute would have to be missing. */
  readonly to?: AttributeValue;
  /** The bound crossed, when the new value is only an example of a range. */
  readonly range?: Range;
}

export const ALWAYS: Condition = { all: [] };
