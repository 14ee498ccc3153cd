import { type BuyerAct, isBuyerAct, withoutBursts } from './buyer-acts.js';
import { bareName } from './core/bare-name.js';
import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import {
  type AttributeValue,
  isMoney,
  type JsonObject,
  kindOf,
  type RecordId,
  type SubjectKey,
} from './domain/value.js';
import { dayOfText } from './record/fold.js';

export interface ForecastQuestion {
  /** Qualified attribute of the opportunity that tells how it ended, and its values. */
  readonly outcome: string;
  readonly won: readonly AttributeValue[];
  readonly lost: readonly AttributeValue[];
  /** Qualified attribute of the opportunity by which it is forecast: its stage, a category. */
  readonly said: string;
  /** Qualified attribute of the account or the opportunity by which deals are put together; absent: all are one group. */
  readonly by?: string;
  /** Qualified attributes that are kept of each deal as they stand in the end. */
  readonly keep?: readonly string[];
}

/** An opportunity, and what was said of it when. Facts are never edited, so this is what was said then. */
export interface ForecastDeal {
  readonly account: SubjectKey;
  readonly record: RecordId;
  readonly name?: string;
  readonly owner?: string;
  readonly group?: string;
  /** By attribute, what was asked to be kept. */
  readonly kept?: ReadonlyMap<string, unknown>;
  readonly began: number;
  /** Since when it has been decided, and whether it was won; absent: it is open, which is not lost. */
  readonly end?: { readonly at: number; readonly isWon: boolean };
  /** In order of time; each holds from then on. */
  readonly states: readonly DealState[];
  /** What the buyer did about it, in order of time: verified, and by a person. */
  readonly acts: readonly BuyerAct[];
}

export interface DealState {
  readonly at: number;
  readonly said?: string;
  readonly amountMinor?: number;
  /** Days since 1970-01-01. */
  readonly closeDay?: number;
}

/** Gathers opportunities; the facts of each account come in order, each once. */
export function createForecastBook(
  { zone, currency }: Playbook,
  { outcome, won, lost, said, by, keep }: ForecastQuestion,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): { readonly deals: readonly ForecastDeal[]; readonly last: number };
} {
  const deals: ForecastDeal[] = [];
  let last = 0;

  function add(account: SubjectKey, facts: readonly Fact[]): void {
    const own = facts.filter(({ subjects }) => subjects.includes(account));
    last = Math.max(last, own.at(-1)?.occurredAt ?? 0);
    const told = new Map<RecordId, Fact[]>();
    const ofAccount: Fact[] = [];
    const gone = new Set<RecordId>();
    for (const fact of own) {
      const [first] = fact.about;
      if (fact.type === 'record-deleted' && first !== undefined) gone.add(first);
      if (fact.type !== 'record-changed' || first === undefined) continue;
      if (kindOf(first) === 'opportunity') {
        push(told, first, fact);
        gone.delete(first);
      } else if (first === account) ofAccount.push(fact);
    }
    const acts = findActs(own);
    for (const [record, changes] of told)
      if (!gone.has(record))
        deals.push(toDeal(account, record, changes, { acts: acts.get(record) ?? [], ofAccount }));
  }

  function toDeal(
    account: SubjectKey,
    record: RecordId,
    changes: readonly Fact[],
    {
      acts,
      ofAccount,
    }: { readonly acts: readonly BuyerAct[]; readonly ofAccount: readonly Fact[] },
  ): ForecastDeal {
    let state: DealState = { at: 0 };
    let end: ForecastDeal['end'];
    const states: DealState[] = [];
    const values: { [bare: string]: unknown } = {};
    for (const { data, occurredAt: at } of changes) {
      const changed = (data.values ?? {}) as JsonObject;
      Object.assign(values, changed);
      const now = values[bareName(outcome)] as AttributeValue;
      const isWon = won.includes(now);
      if (!isWon && !lost.includes(now)) end = undefined;
      else if (end?.isWon !== isWon) end = { at, isWon };
      const { amount, closeDate } = values;
      const says = values[bareName(said)];
      const closeDay = typeof closeDate === 'string' ? dayOfText(closeDate, zone) : Number.NaN;
      state = {
        at,
        ...(typeof says === 'string' && { said: says }),
        ...(isMoney(amount) && amount.currency === currency && { amountMinor: amount.amountMinor }),
        ...(!Number.isNaN(closeDay) && { closeDay }),
      };
      states.push(state);
    }
    const text = (value: unknown): string | undefined =>
      typeof value === 'string' ? value : undefined;
    const accountValues = Object.assign({}, ...ofAccount.map(({ data }) => data.values ?? {}));
    const read = (attribute: string): unknown =>
      (attribute.startsWith('account.') ? accountValues : values)[bareName(attribute)];
    const name = text(values.name);
    const owner = text(values.owner) ?? text(accountValues.owner);
    const group = by && text(read(by));
    return {
      account,
      record,
      ...(name !== undefined && { name }),
      ...(owner !== undefined && { owner }),
      ...(group !== undefined && { group }),
      ...(keep && { kept: new Map(keep.map((attribute) => [attribute, read(attribute)])) }),
      began: changes[0]?.occurredAt ?? 0,
      ...(end && { end }),
      states,
      acts,
    };
  }

  return { add, finish: () => ({ deals, last }) };
}

/** By opportunity. What names no opportunity is about none: it may be about another. */
function findActs(facts: readonly Fact[]): ReadonlyMap<RecordId, readonly BuyerAct[]> {
  const byDeal = new Map<RecordId, BuyerAct[]>();
  for (const { type, about, by, grade, occurredAt: at } of facts)
    if (isBuyerAct({ grade, by }))
      for (const record of new Set(about))
        if (kindOf(record) === 'opportunity') push(byDeal, record, { at, type });
  return new Map(Array.from(byDeal, ([record, acts]) => [record, withoutBursts(acts)]));
}

/** How a deal stood; undefined before it began. */
export function stateAt({ states }: ForecastDeal, at: number): DealState | undefined {
  return states.findLast((state) => state.at <= at);
}
