import type { Condition, Truth } from './condition.js';
import type { RecordState, Subject } from './subject.js';

/** How a condition comes out on one day, and for how long. */
export interface Lasting {
  readonly truth: Truth;
  /** The day number, after that day, from which on it may come out otherwise by time alone; infinity where it never will. */
  readonly until: number;
}

/** A subject on one day. */
export interface SubjectOnDay extends Pick<Subject, 'key' | 'records'> {
  /** The day number, in the company's zone. */
  readonly today: number;
}

/** A condition made ready to be judged of many records. */
export type JudgeLasting = (record: RecordState, on: SubjectOnDay) => Lasting;

/** Makes a condition ready. */
export type CompileLasting = (condition: Condition) => JudgeLasting;
