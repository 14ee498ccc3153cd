import { type Inputs, takeFact, wakeUp } from './advance.js';
import { defined } from './core/defined.js';
import { type Course, setOut } from './course.js';
import { createSubject } from './create-subject.js';
import { pickContact } from './deliver/situation.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Channel, Playbook } from './domain/playbook.js';
import type { EndReason, Opening, Subject } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { isInert } from './fact-order.js';
import { findWake } from './judge-moment.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';

export interface ReplayOptions {
  /** Judged from here on, epoch milliseconds; facts before it are history. Default: from the first fact. */
  readonly from?: number;
  /** Time goes on until here. Default: the last fact. */
  readonly until?: number;
}

/** One life of a play, as it would have been. */
export interface Replayed {
  readonly play: string;
  readonly account: SubjectKey;
  readonly record: RecordId;
  /** Who would have seen it: the owner of the record, else of the account, at the end. */
  readonly owner?: RecordId;
  readonly begin: number;
  readonly end?: number;
  readonly ended?: EndReason;
  readonly trueSinceBefore?: boolean;
  /** How it touches the buyer; absent: it does not. */
  readonly touch?: Channel;
  /** Whom it touches, as picked when it opened; absent: nobody of the account in particular. */
  readonly contact?: RecordId;
}

/** A playbook made ready to replay many accounts. */
export interface Rehearsal {
  readonly playbook: Playbook;
  readonly model: (version: string) => Model;
}

export function prepareReplay(playbook: Playbook): Rehearsal {
  const [own, empty] = [createModel(playbook), createModel(EMPTY_PLAYBOOK)];
  return { playbook, model: (version) => (version === playbook.version ? own : empty) };
}

/** The owner of a record, else of its account, as the account knows it. */
export function ownerIn(
  { key, records }: Pick<Subject, 'key' | 'records'>,
  record: RecordId,
): RecordId | undefined {
  const owner = records[record]?.values.owner?.value ?? records[key]?.values.owner?.value;
  return typeof owner === 'string' ? owner : undefined;
}

/** What opens on an account under a playbook. */
export interface Openings {
  readonly rehearsal: Rehearsal;
  readonly course: Course;
  /** Everything that has opened, by key, as it is now. */
  readonly found: Map<string, Opening>;
  /** What has opened; who wants to know empties it. */
  readonly opened: Opening[];
  /** Whom each card that touches the buyer would touch, as picked when it opened. */
  readonly touched: Map<string, RecordId | undefined>;
}

/** An account on its way through its facts. */
export interface Journey extends Openings {
  readonly inputs: Inputs;
  readonly until: number;
  /** Under another playbook, which makes the same of the facts. */
  readonly follower?: Openings & { wakeAt: number };
  /** The number of the fact that comes next, and the moment at which time alone changes something. */
  next: number;
  wakeAt: number;
}

/** The account at the first moment that is judged; `prepare` has its course before anything happened. */
export function setOutOn(
  account: SubjectKey,
  facts: readonly Fact[],
  rehearsal: Rehearsal,
  options: ReplayOptions,
  other?: Rehearsal,
  prepare?: (course: Course) => void,
): Journey {
  const { playbook, model } = rehearsal;
  const own = facts.filter(
    (fact) => fact.type !== 'published' && !isInert(fact) && fact.subjects.includes(account),
  );
  const from = options.from ?? own[0]?.occurredAt ?? 0;
  const until = options.until ?? own.at(-1)?.occurredAt ?? from;
  const { version } = playbook;
  const published = noteFact(
    { id: `published/${version}`, type: 'published', subjects: [account], data: { version } },
    from,
  );
  const history = own.findIndex(({ occurredAt }) => occurredAt >= from);
  own.splice(history < 0 ? own.length : history, 0, published);
  const openings = beginOpenings(account, rehearsal);
  prepare?.(openings.course);
  const follower = other && { ...beginOpenings(account, other), wakeAt: Number.POSITIVE_INFINITY };
  if (follower) {
    const { course } = follower;
    course.follows = true;
    openings.course.followers = [{ course, version: other.playbook.version, model: other.model }];
  }
  const journey: Journey = {
    ...openings,
    ...(follower && { follower }),
    inputs: { facts: own, now: until, model },
    until,
    next: 0,
    wakeAt: Number.POSITIVE_INFINITY,
  };
  // Nothing wakes an account for which no playbook is published.
  while (nextMoment(journey) < from) goTo(journey, nextMoment(journey));
  goTo(journey, from);
  return journey;
}

export function beginOpenings(account: SubjectKey, rehearsal: Rehearsal): Openings {
  const { playbook, model } = rehearsal;
  const { triggers } = model(playbook.version);
  const course = setOut(createSubject(account), true);
  const openings: Openings = {
    rehearsal,
    course,
    found: new Map(),
    opened: [],
    touched: new Map(),
  };
  course.noteOpening = (opening) => {
    openings.found.set(opening.key, opening);
    if (opening.end !== undefined) return;
    openings.opened.push(opening);
    const { action } = triggers.byId.get(opening.play) ?? {};
    const record = course.records[opening.record];
    if (action?.touch && record)
      openings.touched.set(opening.key, pickContact(course, record, action.contact, opening)?.id);
  };
  return openings;
}

/** When something happens next. */
export function nextMoment({ inputs, next, wakeAt, follower }: Journey): number {
  const fact = inputs.facts[next]?.occurredAt ?? Number.POSITIVE_INFINITY;
  return Math.min(fact, wakeAt, follower?.wakeAt ?? wakeAt);
}

/** Time goes on to a moment by when nothing happens earlier, and what happens then. */
export function goTo(journey: Journey, moment: number): void {
  const { course, inputs, follower, wakeAt } = journey;
  if (Math.min(wakeAt, follower?.wakeAt ?? wakeAt) <= moment)
    wakeUp(course, moment, inputs.model(course.playbook));
  course.clock = moment;
  for (;;) {
    const fact = inputs.facts[journey.next];
    if (!fact || fact.occurredAt > moment) break;
    takeFact(course, fact, inputs, journey.next++);
  }
  journey.wakeAt = findWake(course, inputs.model(course.playbook));
  if (!follower) return;
  follower.course.clock = moment;
  follower.wakeAt = findWake(follower.course, follower.rehearsal.model(follower.course.playbook));
}

/** The account as it is, which nobody keeps: it goes on. */
export function subjectOn({ course }: Openings): Subject {
  const openings = Object.fromEntries(course.running.map(({ opening }) => [opening.key, opening]));
  return { ...course, openings } as unknown as Subject;
}

/** Everything that has opened. */
export function replayedOn({ course, rehearsal, touched, found }: Openings): readonly Replayed[] {
  const { byId } = rehearsal.model(rehearsal.playbook.version).triggers;
  return [...found.values()].map(({ key, play, record, begin, end, ended, trueSinceBefore }) =>
    defined({
      play,
      account: course.key,
      record,
      begin,
      end,
      ended,
      trueSinceBefore,
      owner: ownerIn(course, record),
      touch: byId.get(play)?.action.touch,
      contact: touched.get(key),
    }),
  );
}
