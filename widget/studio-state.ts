import type { JsonObject } from '../src/domain/value.js';
import type { PanelSource } from '../src/domain/view.js';
import type { Dropped } from '../src/studio/choose.js';
import type { Tag } from '../src/studio/content-tags.js';
import type { Checked, NamedForesight, PlayPreview } from '../src/studio/engine.js';
import type { Conflict } from '../src/studio/merge-playbooks.js';
import type { Item, Items } from '../src/studio/playbook-folder.js';
import type { KeptOnly, StudioSource } from '../src/studio/studio-source.js';
import type { TagProposal, TagQuality } from '../src/studio/tag-model.js';
import type { ToldLog } from '../src/studio/versions.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import type { Changes, Workbench } from '../src/studio/workbench.js';
import type { ContentTrial } from './studio-content-trial.js';
import type { Effects, EffectsDesk } from './studio-effects-desk.js';
import type { OpenedFolder } from './studio-folder.js';
import type { VersionsDesk } from './studio-versions-desk.js';
import type { Work, Works } from './studio-work.js';

/** A file that was dropped, pasted or chosen, and what became of it. */
export type Arrival = { readonly name: string } & (
  | { readonly is: 'waits' }
  | { readonly is: 'stopped' }
  | { readonly is: 'reading'; readonly share?: number }
  | { readonly is: 'made'; readonly id: string; readonly notes: readonly string[] }
  | { readonly is: 'refused'; readonly because: string }
);

/** What is in view. Lists begin from what `studio-nav.ts` says. */
export type Place =
  | { readonly kind: 'plays'; readonly filter: string; readonly shown: number }
  | { readonly kind: 'play'; readonly id: string; readonly form: 'sentence' | 'text' }
  | ContentsPlace
  | {
      readonly kind: 'content';
      readonly id: string;
      /** The list as it was left. */
      readonly from?: ContentsPlace | undefined;
    }
  | { readonly kind: 'vocabulary'; readonly filter: string }
  /** One attribute, by its qualified id. */
  | { readonly kind: 'word'; readonly word: string }
  | CoveragePlace
  | { readonly kind: 'settings' }
  | { readonly kind: 'tips' }
  | { readonly kind: 'versions'; readonly number?: number }
  | { readonly kind: 'review' };

/** The map by two attributes, and the cell of it that is looked into. */
export interface CoveragePlace {
  readonly kind: 'coverage';
  readonly row?: string;
  readonly column?: string;
  readonly cell?: { readonly row: number; readonly column: number };
}

/** The list of content: what is looked for, in which order, and what is selected. */
export interface ContentsPlace {
  readonly kind: 'contents';
  readonly filter: string;
  readonly shown: number;
  /** Content is tagged with all of these. */
  readonly tags: readonly Tag[];
  readonly only: 'all' | 'expired' | 'soon';
  readonly order: 'title' | 'use' | 'expiry';
  /** Ids of items. */
  readonly selected: ReadonlySet<string>;
  /** Where a selection begins that Shift carries on. */
  readonly anchor?: string;
}

/** What two people changed was brought together, and they changed some of the same words. */
export interface BroughtTogether {
  readonly by: string;
  /** As it was for both, mine, and theirs. */
  readonly base: Items;
  readonly mine: Items;
  readonly theirs: Items;
  readonly conflicts: readonly Conflict[];
  /** Whose words stand, by the number of the conflict. */
  readonly chosen: ReadonlyMap<number, 'mine' | 'theirs'>;
}

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
  /** A play that waits for something to happen has no card before. */
  readonly isShown: boolean;
  /** Where it would stand among the cards of the record, in words. */
  readonly place: string;
  /** What it brings, the best match first. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
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
  /** The content in view as cards would bring it. */
  readonly trial?: ContentTrial;
  /** How right proposals of tags are, once that was learned. */
  readonly tagQuality?: TagQuality;
  /** Tags that the content in view may want. */
  readonly proposals?: { readonly id: string; readonly list: readonly TagProposal[] };
  /** Files that were made content of late, in the order in which they came. */
  readonly arrivals?: readonly Arrival[];
  /** The share of accounts that is counted, while they are. */
  readonly counting?: number;
  readonly tab: 'would' | 'nearly';
  /** The record whose card is shown. */
  readonly record?: string;
  readonly card?: CardPreview;
  readonly kept:
    | { readonly is: 'kept'; readonly at?: number; readonly only?: KeptOnly }
    | { readonly is: 'keeping' }
    | { readonly is: 'not-kept'; readonly because: string };
  readonly replay?:
    | { readonly is: 'running'; readonly share: number }
    | { readonly is: 'found'; readonly found: NamedForesight };
  readonly works?: Works;
  readonly effects?: Effects;
  /** What was ever in force, where the source keeps it. */
  readonly log?: ToldLog;
  /** The number of the version that is changed here. */
  readonly base?: number;
  readonly together?: BroughtTogether;
  /** The folder on disk that is worked on, in place of the source's playbook. */
  readonly folder?: OpenedFolder;
  /** Told politely to screen readers and shown for a while. */
  readonly said: string;
}

/** Where the focus goes on after a change: to the next open choice, to the first one, or nowhere else. */
export type FocusTo = 'next' | 'open' | 'stay';

export interface StudioDesk extends EffectsDesk {
  readonly state: StudioState;
  readonly source: StudioSource;
  /** Epoch milliseconds. */
  readonly now: number;
  go(place: Place): void;
  open(choice: OpenChoice | undefined): void;
  /** The play in view changed. What a choice took away is told. */
  change(
    play: JsonObject,
    label: string,
    options: { readonly to: FocusTo; readonly dropped?: readonly Dropped[] },
  ): void;
  /** Does it, or says why it cannot be done. */
  attempt(act: () => void): void;
  /** Changes in a row that are joined are one step back. */
  put(id: string, item: Item | undefined, label: string, joins?: string): void;
  /** Many at once, in one step back. */
  putAll(changes: Changes, label: string): void;
  undo(): void;
  redo(): void;
  /** Absent where the source keeps no versions. */
  readonly versions?: VersionsDesk;
  /** Puts what is there in force. */
  publish(): Promise<void>;
  /** Works on a folder from now on; what is not saved in the one before stays where it was kept. */
  openFolder(open: () => Promise<OpenedFolder | undefined>): Promise<void>;
  saveFolder(): Promise<void>;
  /** Back to the source's playbook and its draft. */
  closeFolder(): Promise<void>;
  /** The last 90 days under what is written, beside what was opened. */
  replay(): Promise<void>;
  /** Work that takes long, unless it was done for the same already. The latest counts. */
  work: Work;
  /** Does what failed once more, when it is looked at. */
  again(name: keyof Works): void;
  stopReplay(): void;
  show(tab: StudioState['tab']): void;
  look(record: string): void;
  say(text: string): void;
  /** What came to be known beside what somebody does. */
  tell(known: Pick<StudioState, 'tagQuality' | 'proposals' | 'arrivals'>): void;
  close(): void;
}
