import type { Store } from 'opportune';
import type { Skipped } from '../../src/domain/connector.js';

/** How a connection stands, as it is kept in the store: also other processes, and doctor, read it. */
export interface SyncState {
  /** Everything was brought in once. Until then subjects only remember, and nothing is judged. */
  readonly loaded: boolean;
  /** What was brought in is to be judged yet. */
  readonly unjudged?: true;
  /** Epoch milliseconds: everything that the CRM had then is known. */
  readonly upTo?: number;
  /** Facts that were read since the first load began. */
  readonly facts: number;
  readonly problem?: SyncProblem;
  /** What was read and made no fact, by object and reason; counted since the process started. */
  readonly left: readonly Left[];
}

export interface SyncProblem {
  readonly code: string;
  readonly message: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly tries: number;
}

export interface Left {
  readonly object: string;
  readonly reason: string;
  readonly count: number;
}

const nameOf = (connection: string): string => `crm/${connection}/state`;

export const readSyncState = async (
  store: Pick<Store, 'get'>,
  connection: string,
): Promise<SyncState> =>
  ((await store.get(nameOf(connection))) as SyncState | undefined) ?? {
    loaded: false,
    facts: 0,
    left: [],
  };

export const keepSyncState = (
  store: Pick<Store, 'put'>,
  connection: string,
  state: SyncState,
): Promise<void> => store.put(nameOf(connection), state);

/** Kinds of what was left out that are told apart. */
const MOST_KINDS = 50;

/** Counts what was left out, by object and reason. */
export function createLeft(): { add(skipped: Skipped): void; list(): readonly Left[] } {
  const counted = new Map<string, { object: string; reason: string; count: number }>();
  return {
    add({ place, reason, part }) {
      // It was there before, and what was learned from it stays: nothing is lost.
      if (part === 'gone') return;
      const object = place.split('/')[0] ?? place;
      const key = `${object}\n${reason}`;
      const held = counted.get(key);
      if (held) held.count++;
      else if (counted.size < MOST_KINDS) counted.set(key, { object, reason, count: 1 });
    },
    list: () => [...counted.values()].sort((a, b) => b.count - a.count),
  };
}
