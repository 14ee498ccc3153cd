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
  /** Successes since its group entered, and buyer acts of those types in as long a time before. */
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

interface Gathered extends Omit<TrialAccount, 'before' | 'broke' | 'successes'> {
  readonly assignedAt: number;
  readonly acts: readonly number[];
  /** When it happened, one list a guardrail. */
  readonly guarded: readonly (readonly number[])[];
}

/** Gathers the accounts of a trial; the facts of each come in order, each once. */
export function createTrialBook(question: TrialQuestion): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): { readonly accounts: readonly TrialAccount[]; readonly last: number };
} {
  const gathered: Gathered[] = [];
  let last = 0;
  return {
    add(account, facts) {
      last = Math.max(last, facts.at(-1)?.occurredAt ?? 0);
      const found = readAccount(account, facts, question);
      if (found) gathered.push(found);
    },
    finish() {
      const entries = new Map<string, number>();
      for (const { group, enteredAt = Number.POSITIVE_INFINITY } of gathered)
        entries.set(group, Math.min(entries.get(group) ?? Number.POSITIVE_INFINITY, enteredAt));
      const accounts = gathered.map((one) => {
        const entered = entries.get(one.group) ?? Number.POSITIVE_INFINITY;
        return close(one, entered < Number.POSITIVE_INFINITY ? entered : one.assignedAt, question);
      });
      return { accounts, last };
    },
  };
}

/** The time of a group is one: what an account of it does counts from when the first of them entered. */
function close(
  { assignedAt: _, acts, guarded, ...account }: Gathered,
  from: number,
  { windowDays }: TrialQuestion,
): TrialAccount {
  const window = windowDays * DAY;
  const isWithin = (at: number): boolean => at >= from && at < from + window;
  return {
    ...account,
    successes: acts.filter(isWithin).length,
    before: acts.filter((at) => at >= from - window && at < from).length,
    broke: guarded.map((times) => times.some(isWithin)),
  };
}

function readAccount(
  account: SubjectKey,
  facts: readonly Fact[],
  { arm, plays, entry, success, guardrails }: TrialQuestion,
): Gathered | undefined {
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
  const acts: BuyerAct[] = facts
    .filter((fact) => success.includes(fact.type) && isBuyerAct(fact))
    .map(({ type, occurredAt: at }) => ({ at, type }));
  const answers = facts.filter((fact) => fact.type === 'response' && isOwn(fact));
  const answered = (kind: string): number =>
    answers.filter(({ data }) => (data.response as { kind?: string } | undefined)?.kind === kind)
      .length;
  return {
    account,
    group,
    arm: String(value),
    stratum,
    ...(enteredAt !== undefined && { enteredAt }),
    assignedAt: assigned.occurredAt,
    acts: withoutBursts(acts).map(({ at }) => at),
    guarded: guardrails.map((type) =>
      facts.filter((fact) => fact.type === type).map(({ occurredAt }) => occurredAt),
    ),
    seen: new Set(seen.map(({ data }) => data.opening)).size,
    done: answered('done'),
    helpful: answered('helpful'),
    ...(endedAt !== undefined && { endedAt }),
  };
}
