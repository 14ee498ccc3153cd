import { type BuyerAct, isBuyerAct, withoutBursts } from './buyer-acts.js';
import { bareName } from './core/bare-name.js';
import type { Fact } from './domain/fact.js';
import type { JsonObject, SubjectKey } from './domain/value.js';

const DAY = 86_400_000;

export interface TrialQuestion {
  /** Qualified attribute of the account that holds the arm; plays ask for it in their eligibility. */
  readonly arm: string;
  /** Plays that depend on the arm. An account has entered when the first of their cards stood before a rep's eyes. */
  readonly plays: ReadonlySet<string>;
  /** `assigned`: accounts enter when they get their arm, for trials in which one arm shows nothing. */
  readonly entry: 'seen' | 'assigned';
  /** Types of facts, each of which is a success where the buyer did it, verified. */
  readonly success: readonly string[];
  /** Types of facts that must not become more frequent, whoever did them. */
  readonly guardrails: readonly string[];
  /** An account counts once so many days have passed since it entered; what comes later does not count. */
  readonly windowDays: number;
}

/** The buying group that got an arm, as one of its accounts has it. */
export interface TrialAccount {
  readonly account: SubjectKey;
  readonly group: string;
  readonly arm: string;
  readonly stratum: string;
  readonly enteredAt?: number;
  /** Successes and buyer acts of those types in as long a time before it entered. */
  readonly successes: number;
  readonly before: number;
  /** One a guardrail. */
  readonly broke: readonly boolean[];
  /** Cards of the trial's plays: seen, done, said to be helpful. These decide nothing. */
  readonly seen: number;
  readonly done: number;
  readonly helpful: number;
  /** An end was recorded: it is out of the trial since. */
  readonly endedAt?: number;
}

/** The id of the fact that gives an account its arm, and of that which takes it out again. */
export const assignedId = (arm: string, account: SubjectKey): string => `trial/${arm}/${account}`;
const endedId = (arm: string, account: SubjectKey): string => `trial-end/${arm}/${account}`;

export interface Assigned {
  readonly account: SubjectKey;
  readonly group: string;
  readonly arm: string;
  readonly stratum: string;
}

/** The fact by which an account has its arm; its first one stays, since its id is taken. */
export function toAssignedFact(
  arm: string,
  { account, group, arm: value, stratum }: Assigned,
  now: number,
): Fact {
  return toFact(assignedId(arm, account), account, now, {
    values: { [bareName(arm)]: value },
    trial: { group, stratum },
  });
}

/** The fact by which an account is back in the first arm, while the analysis still counts it where it was. */
export function toEndedFact(arm: string, account: SubjectKey, first: string, now: number): Fact {
  return toFact(endedId(arm, account), account, now, { values: { [bareName(arm)]: first } });
}

function toFact(id: string, account: SubjectKey, now: number, data: JsonObject): Fact {
  const times = { occurredAt: now, learnedAt: now };
  const about = [account];
  return { id, type: 'record-changed', subjects: about, about, ...times, grade: 'observed', data };
}

/** Gathers the accounts of a trial; the facts of each come in order, each once. */
export function createTrialBook(question: TrialQuestion): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): { readonly accounts: readonly TrialAccount[]; readonly last: number };
} {
  const accounts: TrialAccount[] = [];
  let last = 0;
  return {
    add(account, facts) {
      last = Math.max(last, facts.at(-1)?.occurredAt ?? 0);
      const found = readAccount(account, facts, question);
      if (found) accounts.push(found);
    },
    finish: () => ({ accounts, last }),
  };
}

function readAccount(
  account: SubjectKey,
  facts: readonly Fact[],
  { arm, plays, entry, success, guardrails, windowDays }: TrialQuestion,
): TrialAccount | undefined {
  const assigned = facts.find(({ id }) => id === assignedId(arm, account));
  if (!assigned) return undefined;
  const { group, stratum } = assigned.data.trial as { group: string; stratum: string };
  const value = (assigned.data.values as JsonObject)[bareName(arm)];
  const endedAt = facts.find(({ id }) => id === endedId(arm, account))?.occurredAt;
  const isOwn = ({ data }: Fact): boolean =>
    plays.has(String(data.play ?? String(data.opening).split('|')[0]));
  const seen = facts.filter(
    (fact) => fact.type === 'seen' && fact.occurredAt >= assigned.occurredAt && isOwn(fact),
  );
  const first = entry === 'assigned' ? assigned.occurredAt : seen[0]?.occurredAt;
  const enteredAt =
    first === undefined || (endedAt !== undefined && first >= endedAt) ? undefined : first;
  const from = enteredAt ?? assigned.occurredAt;
  const until = from + windowDays * DAY;
  const acts: BuyerAct[] = facts
    .filter((fact) => success.includes(fact.type) && isBuyerAct(fact))
    .map(({ type, occurredAt: at }) => ({ at, type }));
  const counted = withoutBursts(acts);
  const answers = facts.filter((fact) => fact.type === 'response' && isOwn(fact));
  const answered = (kind: string): number =>
    answers.filter(({ data }) => (data.response as { kind?: string } | undefined)?.kind === kind)
      .length;
  const happened = (type: string): boolean =>
    facts.some((fact) => fact.type === type && fact.occurredAt >= from && fact.occurredAt < until);
  return {
    account,
    group,
    arm: String(value),
    stratum,
    ...(enteredAt !== undefined && { enteredAt }),
    successes: counted.filter(({ at }) => at >= from && at < until).length,
    before: counted.filter(({ at }) => at >= from - windowDays * DAY && at < from).length,
    broke: guardrails.map(happened),
    seen: new Set(seen.map(({ data }) => data.opening)).size,
    done: answered('done'),
    helpful: answered('helpful'),
    ...(endedAt !== undefined && { endedAt }),
  };
}
