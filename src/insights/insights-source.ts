import type { RecordId } from '../domain/value.js';
import type { Insight, OpenedInsights } from './engine.js';
import type { Question } from './question.js';
import type { DraftBlock, NamedRecord } from './report.js';

/** Where a page of findings gets them, and where it leads. What was looked at is kept by the source, over a reload. */
export interface InsightsSource {
  open(): Promise<OpenedInsights>;
  ask(question: Question, progress: (share: number) => void, signal: AbortSignal): Promise<Insight>;
  /** Lets one colleague see the reader's own figures, or nobody any more; absent: they cannot be shared here. */
  share?(critic: RecordId | undefined): Promise<void>;
  /** Opens an example; absent: its name is told. */
  openRecord?(record: NamedRecord): void;
  /** Opens a draft where plays are written; absent: its text is told. */
  openDraft?(draft: DraftBlock): void;
}
