import type { Fact } from './domain/fact.js';
import type { Playbook, StandingArm } from './domain/playbook.js';
import {
  isMoney,
  type JsonObject,
  kindOf,
  type RecordId,
  type SubjectKey,
} from './domain/value.js';

export interface ProofQuestion {
  /** Facts that are purchases, and their field with what was paid. */
  readonly purchase: string;
  readonly amount: string;
  /** Epoch milliseconds. Absent: since the first account was assigned. */
  readonly since?: number;
  readonly until?: number;
}

/** What one account bought and what guiding it cost, since it was assigned and as long before. */
export interface ProofAccount {
  readonly account: SubjectKey;
  /** Its ultimate parent, else itself. */
  readonly group: string;
  readonly arm: 'guided' | 'holdout';
  readonly contacts: readonly RecordId[];
  readonly boughtMinor: number;
  readonly boughtBeforeMinor: number;
  /** Contacts of the seller with the buyer, of any channel that the contact policy counts. */
  readonly touches: number;
  /** Different cards that stood before a rep's eyes. */
  readonly seen: number;
  /** Ranked without a part of the product, to measure what it adds. */
  readonly isApart?: true;
  /** Planned minutes of what was done. */
  readonly minutes: number;
}

/** The same since arms of the ranking were drawn. */
export interface RankedAccount extends ProofAccount {
  readonly ranked: StandingArm;
}

export interface ProofBook {
  readonly accounts: readonly ProofAccount[];
  /** Those with an arm of the ranking, since the first of these was drawn. */
  readonly ranked: readonly RankedAccount[];
  readonly since: number;
  readonly until: number;
  /** Amounts in other currencies, which are not counted. */
  readonly otherCurrency: number;
}

interface Gathered extends Pick<ProofAccount, 'account' | 'group' | 'arm' | 'contacts'> {
  readonly assignedAt: number;
  /** There is a holdout for it. */
  readonly isDrawn: boolean;
  readonly ranked?: { readonly arm: StandingArm; readonly at: number };
  readonly purchases: readonly { readonly at: number; readonly minor: number }[];
  readonly touches: readonly number[];
  readonly seen: readonly { readonly at: number; readonly opening: string }[];
  readonly done: readonly { readonly at: number; readonly minutes: number }[];
}

/** Gathers accounts that have an arm of the holdout; the facts of each come in order, each once. */
export function createProofBook(
  { currency, contactPolicy, plays }: Playbook,
  { purchase, amount, since, until }: ProofQuestion,
): { add(account: SubjectKey, facts: readonly Fact[]): void; finish(): ProofBook } {
  const gathered: Gathered[] = [];
  const minutesOf = new Map(plays.map(({ id, action }) => [id, action.minutes]));
  let last = 0;
  let otherCurrency = 0;

  function paid({ data }: Fact): readonly number[] {
    const told = data[amount];
    if (!isMoney(told)) return [];
    if (told.currency === currency) return [told.amountMinor];
    otherCurrency++;
    return [];
  }

  return {
    add(account, facts) {
      const known = until === undefined ? facts : facts.filter((one) => one.occurredAt <= until);
      last = Math.max(last, known.at(-1)?.occurredAt ?? 0);
      const assigned = known.find(({ type }) => type === 'holdout-assigned');
      const ranked = known.find(({ type }) => type === 'arm-assigned');
      if (!assigned && !ranked) return;
      const ofType = (type: string): readonly Fact[] => known.filter((one) => one.type === type);
      const own = ofType('record-changed').filter(({ about }) => about[0] === account);
      const parent = Object.assign({}, ...own.map(({ data }) => data.values ?? {})).ultimateParent;
      const contacts = new Set(
        known.flatMap(({ about }) => about).filter((id) => kindOf(id) === 'contact'),
      );
      const undone = new Set(
        ofType('response').map(({ data }) => `response/${(data.response as JsonObject).of}`),
      );
      gathered.push({
        account,
        group: typeof parent === 'string' && parent !== '' ? parent : account,
        arm: assigned?.data.arm === 'holdout' ? 'holdout' : 'guided',
        isDrawn: assigned !== undefined,
        ...(ranked && { ranked: { arm: ranked.data.arm as StandingArm, at: ranked.learnedAt } }),
        // Assigned before all else, so that no fact of the day is late: it was learned when it was made.
        assignedAt: (assigned ?? ranked)?.learnedAt ?? 0,
        contacts: [...contacts],
        purchases: ofType(purchase).flatMap((fact) =>
          paid(fact).map((minor) => ({ at: fact.occurredAt, minor })),
        ),
        touches: known
          .filter(({ type }) => Object.hasOwn(contactPolicy.touches, type))
          .map(({ occurredAt }) => occurredAt),
        seen: ofType('seen').map(({ occurredAt: at, data }) => ({
          at,
          opening: String(data.opening),
        })),
        done: ofType('response')
          .filter(
            ({ id, data }) => (data.response as JsonObject).kind === 'done' && !undone.has(id),
          )
          .map(({ occurredAt: at, data }) => ({
            at,
            minutes: minutesOf.get(String(data.play)) ?? 0,
          })),
      });
    },
    finish() {
      const drawn = gathered.filter(({ isDrawn }) => isDrawn);
      const from = since ?? drawn.reduce((first, one) => Math.min(first, one.assignedAt), last);
      const to = until ?? last;
      const begun = gathered.reduce(
        (first, { ranked }) => Math.min(first, ranked?.at ?? last),
        last,
      );
      return {
        accounts: drawn.map((one) => close(one, from, to)),
        ranked: gathered.flatMap((one) =>
          one.ranked
            ? [{ ...close(one, Math.max(since ?? 0, begun), to), ranked: one.ranked.arm }]
            : [],
        ),
        since: from,
        until: to,
        otherCurrency,
      };
    },
  };
}

function close(one: Gathered, since: number, until: number): ProofAccount {
  const { account, group, arm, contacts } = one;
  const before = since - (until - since);
  const bought = (from: number, to: number): number =>
    one.purchases
      .filter(({ at }) => at >= from && at < to)
      .reduce((sum, { minor }) => sum + minor, 0);
  return {
    account,
    group,
    arm,
    contacts,
    ...(one.ranked && one.ranked.arm !== 'full' && { isApart: true as const }),
    boughtMinor: bought(since, until + 1),
    boughtBeforeMinor: bought(before, since),
    touches: one.touches.filter((at) => at >= since).length,
    seen: new Set(one.seen.filter(({ at }) => at >= since).map(({ opening }) => opening)).size,
    minutes: one.done
      .filter(({ at }) => at >= since)
      .reduce((sum, { minutes }) => sum + minutes, 0),
  };
}
