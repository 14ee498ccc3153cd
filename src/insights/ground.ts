import { type RunSlicedOptions, runSliced, type Sliced } from '../core/run-sliced.js';
import type { LinearSolver } from '../day/linear-program.js';
import type { Fact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { RecordId, SubjectKey } from '../domain/value.js';
import type { SourceFile } from '../plan/problem.js';
import type { Level } from './looks.js';
import type { Cut } from './question.js';
import type { Report } from './report.js';

/** What a question is answered from. */
export interface Ground extends RunSlicedOptions {
  readonly playbook: Playbook;
  /** Its folder: a draft play is compiled among them. */
  readonly files: readonly SourceFile[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Absent: nothing is asked that takes one. */
  readonly solver?: () => Promise<LinearSolver>;
  /** What is recorded of a rep, in order; absent: here nothing is told that is a rep's own. */
  readonly ofRep?: (rep: RecordId) => Promise<readonly Fact[]>;
  /** Hands on each account with what it has lived through, in order, and what currencies were worth. */
  eachAccount(take: (account: SubjectKey, facts: readonly Fact[]) => void): Promise<void>;
}

export interface Answered {
  /** One JSON document, for programs. */
  readonly result: object;
  readonly report: Report;
  readonly found: boolean;
}

/** What somebody has looked at before. */
export interface LookOptions {
  /** Absent: it is the only question that is asked of the data. */
  readonly level?: Level;
  /** Parts of the data that were shown. */
  readonly shown?: readonly Cut[];
}

/** Reading the accounts is the first part of the work. */
const READ = 0.4;

export function work<Result>(sliced: Sliced<Result>, ground: Ground): Promise<Result> {
  const { pause, signal, progress } = ground;
  return runSliced(sliced, {
    pause,
    ...(signal && { signal }),
    ...(progress && { progress: (share) => progress(READ + (1 - READ) * share) }),
  });
}
