import type { Tip, TipStatus } from '../domain/tip.js';
import type { SourceFile } from '../plan/problem.js';
import type { Dismissal } from './dismissals.js';
import type { StudioEngine } from './engine.js';
import type { FileTextOptions } from './file-text.js';
import type { StudioVersions } from './versions.js';
import type { Changes } from './workbench.js';

export type PlaybookFiles = readonly SourceFile[];

/** Where a studio's playbook comes from and goes to, and what it is tried on. */
export interface StudioSource {
  open(): Promise<OpenedPlaybook>;
  /**
   * Keeps what is not published yet, over a reload and a crash; `base` is the number of the version that it changes. Rejects
   * when it cannot.
   */
  keep(changes: Changes, base?: number): Promise<void>;
  /** Where drafts lie at two places: tells whether the last one lies at one of them alone. */
  watchKept?(told: (only: KeptOnly | undefined) => void): void;
  /** The accounts that plays are tried on, where they are not all. */
  sample?(): Promise<StudioSample>;
  readonly engine: StudioEngine;
  /** Puts the files in force; absent where only the folder is written. */
  publish?(files: PlaybookFiles): Promise<void>;
  /** What reads PDF files beside the page, and what is drawn in pictures; each is loaded with the first such file. */
  readonly readers?: Pick<FileTextOptions, 'startPdfWorker' | 'pictures'>;
  /** What reps told from their panels; absent where the studio is not connected to them. */
  readonly tips?: TipQueue;
  /** In place of `publish`: what was ever in force, reviews, and the way back. What is opened is the live one. */
  readonly versions?: StudioVersions;
}

/** In this browser alone: there is no connection, or another tab or device wrote meanwhile. */
export type KeptOnly = 'offline' | 'parted';

export interface StudioSample {
  readonly accounts: number;
  /** Those that the author may not see, and those beyond what a browser tries. */
  readonly leftOut: number;
}

/** Tips that wait for an answer. Of one that was sent without a name nobody is told whose it is. */
export interface TipQueue {
  waiting(): Promise<readonly Tip[]>;
  /** Why cards were not relevant to reps, of late. */
  dismissals?(): Promise<readonly Dismissal[]>;
  /** What became of a tip, or of why a card was not relevant, which is a tip from then on. Its author is told. */
  settle(
    id: string,
    change: { readonly status: TipStatus; readonly text?: string; readonly because?: string },
  ): Promise<void>;
}

export interface OpenedPlaybook {
  readonly files: PlaybookFiles;
  /** What was changed and not published when it was last open. */
  readonly kept?: Changes;
  /** The play to begin with: `plays/silent-buyer.yaml`. Absent, or not there: the list. */
  readonly at?: string;
  /** The number of the version that it changes, where there are versions. */
  readonly keptFrom?: number;
  /** Who writes: the owner of what is new. */
  readonly author: string;
  /** Epoch milliseconds: what previews call now. */
  readonly now: number;
}
