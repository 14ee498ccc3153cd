import { advance } from './advance.js';
import { explain } from './core/condition.js';
import { defined } from './core/defined.js';
import type { Sliced } from './core/run-sliced.js';
import { createSubject } from './create-subject.js';
import { pickContact, type Situation } from './deliver/situation.js';
import type { Condition, Explanation } from './domain/condition.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Play, Playbook } from './domain/playbook.js';
import type { RecordState, Subject } from './domain/subject.js';
import { COMPANY, isErased, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { groupFacts } from './fact-order.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';
import { ownerIn } from './replay-journey.js';
import { createSituation } from './situation.js';

/** Accounts, reps and the company as they are at a moment: what a play that is being written is tried on. */
export interface Cast {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly accounts: readonly Subject[];
  readonly people: ReadonlyMap<SubjectKey, Subject>;
  /** Playbooks that make the same of the facts have the same. */
  readonly attributesKey: string;
}

/** The attributes of a playbook, and nothing that opens. */
function attributesOf(playbook: Playbook): Playbook {
  return { ...playbook, plays: [], contents: [] };
}

/** What {@link Cast.attributesKey} would be. */
export function attributesKeyOf(playbook: Playbook): string {
  return createModel(attributesOf(playbook)).attributesKey;
}

/** Everybody that these facts, which are in order, are about. A slice is an account. */
export function* gatherCast(facts: readonly Fact[], playbook: Playbook, now: number): Sliced<Cast> {
  const own = createModel(attributesOf(playbook));
  const empty = createModel(EMPTY_PLAYBOOK);
  const model = (version: string): Model => (version === playbook.version ? own : empty);
  const bySubject = groupFacts(
    facts.filter(({ type }) => type !== 'published'),
    now,
  );
  const accounts: Subject[] = [];
  const people = new Map<SubjectKey, Subject>();
  let done = 0;
  for (const [key, some] of bySubject) {
    const { version } = playbook;
    const first = Math.min(0, some[0]?.occurredAt ?? 0);
    const published = noteFact(
      { id: `published/${version}`, type: 'published', subjects: [key], data: { version } },
      first,
    );
    const subject = advance(createSubject(key), { facts: [published, ...some], now, model });
    if (kindOf(key) !== 'account') people.set(key, subject);
    else if (!subject.mergedInto) accounts.push(subject);
    done += 1;
    yield done / bySubject.size;
  }
  return { now, accounts, people, attributesKey: own.attributesKey };
}

/** A condition of a play, and where it stands among the others. */
export interface Asked {
  readonly condition: Condition;
  /** Inside of which of the others it stands, by its number; a play needs only those that stand in none. */
  readonly inside?: number;
}

/** A record on which a play is tried. */
export interface Candidate {
  readonly record: RecordId;
  readonly account: SubjectKey;
  readonly owner?: RecordId;
  readonly name?: string;
  readonly accountName?: string;
}

export interface Preview {
  /** Records of the kind that the play is about. */
  readonly of: number;
  /** For each condition: how many meet it of those that are `from`. Those before it were met by these. */
  readonly counts: readonly { readonly from: number; readonly meet: number }[];
  /** Those that meet all of it. */
  readonly would: readonly Candidate[];
  /** Those that meet all but one, each with what it is. */
  readonly nearly: readonly (Candidate & {
    /** The number of the condition. */
    readonly but: number;
    readonly explanation: Explanation;
  })[];
}

/** What a play asks, tried on every record of its kind; in the end of the order in which it is asked. */
export function previewConditions(
  { accounts, people, now }: Cast,
  playbook: Playbook,
  play: Pick<Play, 'about'> & { readonly contact?: string },
  asked: readonly Asked[],
): Preview {
  const model = createModel(playbook);
  const counts = asked.map(() => ({ from: 0, meet: 0 }));
  const would: Candidate[] = [];
  const nearly: Preview['nearly'][number][] = [];
  let of = 0;
  for (const account of accounts) {
    for (const record of recordsOf(account, play.about)) {
      of += 1;
      const situation = lookAt(model, account, record, people, now);
      const { situated } = situation.look(record, pickContact(account, record, play.contact)?.id);
      const found = asked.map(({ condition }) => explain(condition, situated));
      const missed = note(asked, found, counts);
      const candidate = toCandidate(account, record);
      const [but] = missed;
      if (but === undefined) would.push(candidate);
      else if (missed.length === 1)
        nearly.push({ ...candidate, but, explanation: found[but] as Explanation });
    }
  }
  return { of, counts, would, nearly };
}

/** Counts one record, and returns the conditions that it fails, of those that must hold. */
function note(
  asked: readonly Asked[],
  found: readonly Explanation[],
  counts: readonly { from: number; meet: number }[],
): readonly number[] {
  const missed: number[] = [];
  asked.forEach(({ inside }, i) => {
    const meets = found[i]?.truth === true;
    const outer = inside === undefined ? i : outermost(asked, i);
    // Who fails an earlier one is not counted any more; what stands in a group is asked of all who came to it.
    if (!missed.some((one) => one < outer)) {
      const count = counts[i];
      if (count) {
        count.from += 1;
        if (meets) count.meet += 1;
      }
    }
    if (!meets && inside === undefined) missed.push(i);
  });
  return missed;
}

function outermost(asked: readonly Asked[], i: number): number {
  const { inside } = asked[i] ?? {};
  return inside === undefined ? i : outermost(asked, inside);
}

const recordsOf = ({ records }: Subject, kind: Play['about']): readonly RecordState[] =>
  Object.values(records).filter((one) => one.kind === kind && !one.deleted && !isErased(one.id));

/** Who would look at it is its owner. */
function lookAt(
  model: Model,
  account: Subject,
  record: RecordState,
  people: Cast['people'],
  now: number,
): Situation {
  const asker = ownerIn(account, record.id);
  const others = [people.get(asker ?? ''), people.get(COMPANY)].filter((one) => one !== undefined);
  return createSituation(model, { account, now, others, ...(asker !== undefined && { asker }) });
}

function toCandidate(account: Subject, record: RecordState): Candidate {
  const nameOf = (one: RecordState | undefined): string | undefined => {
    const value = one?.values.name?.value;
    return typeof value === 'string' ? value : undefined;
  };
  return defined({
    record: record.id,
    account: account.key,
    owner: ownerIn(account, record.id),
    name: nameOf(record),
    accountName: nameOf(account.records[account.key]),
  });
}
