import type { Goal, Playbook } from '../domain/playbook.js';
import type { ContentDraft } from './read-content.js';
import type { MachineDraft } from './read-machines.js';
import type { PlayDraft } from './read-play.js';
import type { Folder } from './source-folder.js';

/** A playbook whose parts are each right, for the findings that need more than one of them. */
export interface Draft {
  readonly folder: Folder;
  readonly machines: readonly MachineDraft[];
  readonly plays: readonly PlayDraft[];
  readonly contents: readonly ContentDraft[];
  readonly goals: readonly Goal[];
  readonly playbook: Omit<Playbook, 'version'>;
}
