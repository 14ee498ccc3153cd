import type { Pulled } from '../src/domain/connector.js';

/** What an import reads from. */
export interface ImportSource {
  /** As the report calls it. */
  readonly name: string;
  readonly mapFile: string;
  /** What the report counts, one: a file and its rows, or an object and its records. */
  readonly words: { readonly place: 'file' | 'object'; readonly row: 'row' | 'record' };
  /** Only what changed is read, so that nothing new is a good answer. */
  readonly goesOn: boolean;
  pull(signal: AbortSignal): AsyncIterable<Pulled>;
  /** What it remembers goes to the disk before the facts that it was learned from. */
  save(): void;
  /** Those facts are stored: the next run goes on from here. */
  keep(position: string): Promise<void>;
  close(): void;
}
