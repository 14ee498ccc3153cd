import type { PanelSource } from '../src/domain/view.js';
import type { Checked, PlayPreview } from '../src/studio/engine.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import type { Workbench } from '../src/studio/workbench.js';
import type { OpenedFolder } from './studio-folder.js';

export type Place =
  | { readonly kind: 'plays'; readonly filter: string; readonly shown: number }
  | { readonly kind: 'play'; readonly id: string; readonly form: 'sentence' | 'text' };

/** A list that stands open under a choice, or under a button that adds something. */
export interface OpenChoice {
  /** Which one: the number of the slot in its sentence, or the name of a button. */
  readonly at: number | string;
  readonly typed: string;
  /** The option that Enter takes. */
  readonly active: number;
  /** What is chosen goes beside what stands there. */
  readonly adds?: boolean;
}

/** One record's card under the playbook as it is being written. */
export interface CardPreview {
  readonly record: string;
  readonly source: PanelSource;
  readonly asker: string;
  /** Where it would stand among the cards of the record, in words. */
  readonly place: string;
}

/** Everything that the studio draws. */
export interface StudioState {
  readonly bench: Workbench;
  readonly vocabulary: Vocabulary;
  readonly author: string;
  readonly place: Place;
  readonly open?: OpenChoice;
  /** Of the files as they are now, once they were compiled. */
  readonly checked?: Checked;
  readonly preview?: PlayPreview;
  /** The share of accounts that is counted, while they are. */
  readonly counting?: number;
  readonly tab: 'would' | 'nearly';
  /** The record whose card is shown. */
  readonly record?: string;
  readonly card?: CardPreview;
  readonly kept:
    | { readonly is: 'kept'; readonly at?: number }
    | { readonly is: 'keeping' }
    | { readonly is: 'not-kept'; readonly because: string };
  /** The folder on disk that is worked on, in place of the source's playbook. */
  readonly folder?: OpenedFolder;
  /** Told politely to screen readers and shown for a while. */
  readonly said: string;
}
