import { judge, toNumber } from '../src/core/condition.js';
import type { MatcherAttribute } from '../src/core/matcher/create-matcher.js';
import type { Entry } from '../src/core/matcher.js';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { AttributeValue } from '../src/domain/value.js';
import { type Expr, makeWorkload, type Workload } from './workload.mjs';

export type Values = { readonly [attribute: string]: AttributeValue | undefined };

export interface Change {
  readonly record: number;
  readonly attribute: string;
  readonly from: AttributeValue | undefined;
  readonly to: AttributeValue | undefined;
}

export interface MatchWorkload {
  readonly entries: readonly Entry[];
  readonly attributes: readonly MatcherAttribute[];
  readonly records: readonly Values[];
  /** In order: the record holds `from` when its turn comes. */
  readonly changes: readonly Change[];
  /** As the generator wrote it, for the engines it is translated for. */
  readonly source: Workload;
}

function toCondition(expr: Expr): Condition {
  switch (expr.op) {
    case 'and':
      return { all: expr.args.map(toCondition) };
    case 'or':
      return { any: expr.args.map(toCondition) };
    case 'not':
      return { not: toCondition(expr.arg) };
    case 'eq':
      return { attribute: expr.attr, in: [expr.value] };
    case 'in':
      return { attribute: expr.attr, in: expr.values };
    case 'gt':
      return { attribute: expr.attr, range: { gt: expr.value } };
    case 'ge':
      return { attribute: expr.attr, range: { gte: expr.value } };
    case 'lt':
      return { attribute: expr.attr, range: { lt: expr.value } };
    case 'le':
      return { attribute: expr.attr, range: { lte: expr.value } };
    case 'between':
      return { attribute: expr.attr, range: { gte: expr.lo, lte: expr.hi } };
  }
}

/** The given workload: complete accounts, conjunctions of 2 to 6 tests. */
export function plainWorkload(size: number, seed = 1): MatchWorkload {
  const source = makeWorkload({ plays: size, accounts: 1000, changes: 4000, seed });
  const records = source.accounts.map((account): Values => ({ ...account }));
  return {
    entries: source.plays.map(({ id, expr }) => ({ id: `play-${id}`, when: toCondition(expr) })),
    attributes: source.schema.map(({ name, kind }) => ({
      id: name,
      type: kind === 'num' ? 'number' : kind === 'bool' ? 'boolean' : 'choice',
    })),
    records,
    changes: inOrder(
      records,
      source.changes.map(({ account, attr, value }) => [account, attr, value]),
    ),
    source,
  };
}

export function inOrder(
  records: readonly Values[],
  moves: readonly (readonly [number, string, AttributeValue | undefined])[],
): Change[] {
  const now = records.map((record) => ({ ...record }));
  return moves.map(([record, attribute, to]) => {
    const values = now[record] as { [attribute: string]: AttributeValue | undefined };
    const from = values[attribute];
    values[attribute] = to;
    return { record, attribute, from, to };
  });
}

/** Days since and until a date, by the attribute that holds the date. */
export const DAYS: {
  readonly [attribute: string]: { readonly source: string; readonly sign: number };
} = {
  daysSinceVisit: { source: 'lastVisit', sign: 1 },
  daysToRenewal: { source: 'renewal', sign: -1 },
};
/** The day that they are counted to. */
export const TODAY = 20_000;

/** What the plain interpreter finds true. */
export function judgeAll(entries: readonly Entry[], values: Values): string[] {
  const get = (attribute: string): AttributeValue | undefined => {
    const days = DAYS[attribute];
    const date = days && values[days.source];
    return date === undefined ? values[attribute] : days && days.sign * (TODAY - toNumber(date));
  };
  const situated: Situated = { get, children: () => [] };
  return entries.filter(({ when }) => judge(when, situated) === true).map(({ id }) => id);
}
