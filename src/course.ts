import { defined } from './core/defined.js';
import { dayNumber } from './core/zone.js';
import { draftRecords, type Mutable, type RecordsDraft, rewind } from './domain/draft.js';
import type { Fact } from './domain/fact.js';
import type { Subject } from './domain/subject.js';
import type { Model } from './model.js';
import type { AccountView } from './monitor/account-view.js';
import { notePlays } from './monitor/judge-play.js';
import type { Moment } from './monitor/judge-triggers.js';
import type { Outlook } from './monitor/outlook.js';
import { draftTriggers, type TriggersDraft } from './monitor/triggers-draft.js';
import type { AttributePlan } from './record/attribute-plan.js';
import { sceneOf, situate } from './record/situate.js';

/** What was judged of a subject, and for how long it holds: as it would be found by judging all of it anew. */
export interface Watching {
  readonly model: Model;
  readonly plays: Outlook;
  readonly machines: Outlook | undefined;
}

/** What comes to be judged at a moment. */
export interface Judging extends Pick<Moment, 'completed' | 'revoked'> {
  readonly fact?: Fact;
  /** Delays of machines up to and at that moment have run. */
  readonly from: number;
  /** A playbook was published: what is true already opens as such. */
  readonly initially?: true;
  /** The fact was learned too late to open anything. */
  readonly tooLate?: true;
}

type Absent = 'patterns' | 'holdout' | 'arm' | 'parameters' | 'tips' | 'tries' | 'unjudged';
type Drafted = keyof RecordsDraft | keyof TriggersDraft | Absent;

/**
 * A subject on its way through facts and time: changed in place, while what it set out from stays as it was. Where
 * nobody asks how things were before (`forgetful`), less is kept on the way, and openings do not say what changed.
 */
export type Course = Mutable<Omit<Subject, Drafted>> &
  RecordsDraft &
  TriggersDraft &
  Mutable<AccountView> & { [part in Absent]?: Subject[part] | undefined } & {
    /** Of the playbook by which it is looked at. */
    plan?: AttributePlan;
    /** Courses of the same subject under playbooks that make the same of its facts, and open other plays. */
    followers?: readonly Follower[];
    /** Told of each moment as its followers are: when attributes, machines and patterns are what they come to. */
    noteMoment?: ((judging: Judging) => void) | undefined;
    /** It is such a one: attributes, machines and patterns are those of the course that it follows. */
    follows?: true;
    /** Absent: all of it has to be judged anew. */
    watching?: Watching | undefined;
    /** When the next of its patterns is due, for the memory that it was found for. */
    due?: { readonly patterns: Subject['patterns']; readonly at: number } | undefined;
  };

export interface Follower {
  readonly course: Course;
  /** The playbook version that is published for it, when one is for the course that it follows. */
  readonly version: string;
  readonly model: (version: string) => Model;
}

/** What holds for longer than one call, of subjects that may go on, by their records. */
const watchings = new WeakMap<
  Subject['records'],
  { readonly watching: Watching; readonly subject: Pick<Subject, 'standing' | 'judgedAt'> }
>();

export function setOut(subject: Subject, forgetful: boolean): Course {
  const { records, standing, judgedAt } = subject;
  const kept = watchings.get(records);
  // It goes on with this course; should another one set out from the same subject, that one has to look anew.
  watchings.delete(records);
  const isSame = kept?.subject.standing === standing && kept.subject.judgedAt === judgedAt;
  const course: Course = {
    ...subject,
    ...draftRecords(records, forgetful),
    ...draftTriggers(subject, forgetful),
    today: 0,
    situated: (record, event) =>
      situate(sceneOf(course.plan as AttributePlan, course, record, event)),
    watching: isSame ? kept.watching : undefined,
  };
  return course;
}

/** The subject that it has come to. The course is over. */
export function arrive(course: Course): Subject {
  const { own, ownsList, changes, forgetful, running, ownsOpenings, ownsStanding, ...rest } =
    course;
  const {
    watching,
    due,
    noteOpening,
    noteMoment,
    plan,
    today,
    situated,
    followers,
    follows,
    ...subject
  } = rest;
  if (watching) watchings.set(subject.records, { watching, subject });
  return defined(subject);
}

/** What was judged of it; where that is not known, as if all of it had been judged when it came to where it is. */
export function watch(course: Course, model: Model): Watching {
  if (course.watching?.model === model) return course.watching;
  const made = createWatching(course, model);
  look(course, course.clock, model);
  notePlays(made.plays, course.standing, course, model.triggers);
  if (made.machines) model.machines?.note(made.machines, course, course.clock);
  course.watching = made;
  return made;
}

/** Nothing has been judged yet. */
export function createWatching({ records, follows }: Course, model: Model): Watching {
  return {
    model,
    plays: model.triggers.watch(records),
    machines: follows ? undefined : model.machines?.watch(records),
  };
}

/** From here on it is looked at as it is on the day of that moment, by that playbook. */
export function look(course: Course, at: number, { attributes }: Model): void {
  course.today = dayNumber(at, attributes.zone);
  course.plan = attributes;
}

/** The records as they were when the moment began, as of the day of a moment. */
export function lookBack(course: Course, at: number, { attributes }: Model): AccountView {
  const past = { key: course.key, records: rewind(course), today: dayNumber(at, attributes.zone) };
  return {
    ...past,
    situated: (record, event) => situate(sceneOf(attributes, past, record, event)),
  };
}
