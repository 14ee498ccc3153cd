import { judge } from './core/condition.js';
import type { Situation } from './deliver/situation.js';
import {
  type Accumulator,
  type Evidence,
  insideOf,
  type Known,
  type Opening,
  type RecordState,
  type Subject,
} from './domain/subject.js';
import { isErased, type RecordId } from './domain/value.js';
import type { Model } from './model.js';
import { createSituation } from './situation.js';

type IsSeen = (record: RecordId) => boolean;

/**
 * A situation as it is told to somebody who may not see all contacts and opportunities in it: without these, without what
 * was open or answered on them, what is known from something that happened on them, and the cards whose trigger holds by
 * them alone. Counts and sums over what happened stay as they are: they name nothing. All are asked about at once, so that
 * whoever answers is asked as few questions as may be. Nothing that is made of what is told may be written back.
 */
export async function hideRecords(
  whole: Situation,
  model: Model,
  maySee: (record: RecordId) => Promise<boolean>,
): Promise<Situation> {
  const { asker, now, playbook, hidden: attributes, versions } = whole;
  const subjects = [...whole.subjects.values()];
  // Who is erased has no name any more, and no CRM knows the id.
  const ids = [...new Set(insideOf(subjects.flatMap(knownBy)))].filter((id) => !isErased(id));
  const answers = await Promise.all(ids.map(maySee));
  const hidden = new Set(ids.filter((_, i) => !answers[i]));
  if (hidden.size === 0) return whole;
  const isSeen = (id: RecordId): boolean => !hidden.has(id);
  const told = subjects.filter(({ key }) => isSeen(key)).map((one) => tellSubject(one, isSeen));
  const account = told.find(({ key }) => key === whole.account.key) ?? whole.account;
  return withoutUnfounded(
    createSituation(model, {
      account,
      others: told.filter((one) => one !== account),
      asker,
      now,
      playbook,
      hidden: attributes,
      versions: pick(versions, (version, key) => (isSeen(key) ? version : undefined)),
    }),
    whole,
  );
}

/** Every record that a subject names. */
const knownBy = ({ records, openings }: Subject): readonly RecordId[] => [
  ...Object.keys(records),
  ...[
    ...Object.values(records).flatMap(heldBy),
    ...Object.values(openings).flatMap(toldBy),
  ].flatMap(({ about = [] }) => about),
];

const heldBy = ({ derived }: RecordState): readonly Evidence[] =>
  Object.values(derived).flatMap(({ first, last, ahead = [] }) =>
    [first, last, ...ahead].filter((one) => one !== undefined),
  );

const toldBy = ({ event, matched = [], endedBy }: Opening): readonly Evidence[] =>
  [event, ...matched, endedBy?.fact].filter((one) => one !== undefined);

/** What is told without the cards whose trigger holds only by what is not told: their reason would be untrue, or tell it. */
function withoutUnfounded(told: Situation, whole: Situation): Situation {
  const { account, playbook } = told;
  const plays = new Map(playbook.plays.map((play) => [play.id, play]));
  const holdsIn = (situation: Situation, { play, record }: Opening): boolean => {
    const trigger = plays.get(play)?.trigger;
    const held = situation.account.records[record];
    return (
      held !== undefined &&
      trigger !== undefined &&
      (!('becomes' in trigger) || judge(trigger.becomes, situation.look(held).situated) === true)
    );
  };
  const openings = pick(account.openings, (opening) =>
    opening.end !== undefined || holdsIn(told, opening) || !holdsIn(whole, opening)
      ? opening
      : undefined,
  );
  return { ...told, account: { ...account, openings } };
}

function tellSubject(subject: Subject, isSeen: IsSeen): Subject {
  const { records, openings, answers } = subject;
  return {
    ...subject,
    records: pick(records, (record, id) => (isSeen(id) ? tellRecord(record, isSeen) : undefined)),
    openings: pick(openings, (opening) => tellOpening(opening, isSeen)),
    answers: pick(answers, (given, key) =>
      isSeen(key.slice(key.indexOf('|') + 1)) ? given : undefined,
    ),
  };
}

function pick<T>(
  all: { readonly [key: string]: T },
  tell: (one: T, key: string) => T | undefined,
): { readonly [key: string]: T } {
  const told: { [key: string]: T } = {};
  for (const [key, one] of Object.entries(all)) {
    const kept = tell(one, key);
    if (kept !== undefined) told[key] = kept;
  }
  return told;
}

const isToldTo =
  (isSeen: IsSeen) =>
  ({ about = [] }: Evidence): boolean =>
    about.every(isSeen);

function tellRecord(record: RecordState, isSeen: IsSeen): RecordState {
  const isTold = isToldTo(isSeen);
  const derived = pick(
    record.derived,
    ({ first, last, ahead, ...rest }): Accumulator => ({
      ...rest,
      ...(first && isTold(first) && { first }),
      ...(last && isTold(last) && { last }),
      ...(ahead && { ahead: ahead.filter(isTold) }),
    }),
  );
  const values = pick(record.values, (known): Known | undefined => {
    const { value } = known;
    if (typeof value === 'string') return isSeen(value) ? known : undefined;
    return Array.isArray(value) && !value.every(isSeen)
      ? { ...known, value: value.filter(isSeen) }
      : known;
  });
  return { ...record, values, derived };
}

function tellOpening(opening: Opening, isSeen: IsSeen): Opening | undefined {
  const { contact, endedBy, ...rest } = opening;
  const { record, event, matched = [] } = rest;
  const isTold = isToldTo(isSeen);
  if (!isSeen(record) || !(event ? [event, ...matched] : matched).every(isTold)) return undefined;
  return {
    ...rest,
    ...(contact !== undefined && isSeen(contact) && { contact }),
    ...(endedBy && (!endedBy.fact || isTold(endedBy.fact)) && { endedBy }),
  };
}
