import type { PanelAgent } from '../domain/agent.js';
import type { Queue } from './queue.js';
import type { Strings } from './strings.js';

/** What every session of a source works with. */
export interface Desk {
  readonly agent: PanelAgent;
  readonly clock: { now(): number; every?(ms: number, run: () => void): () => void };
  readonly queue: Queue;
  readonly strings: Strings;
  newId(): string;
}
