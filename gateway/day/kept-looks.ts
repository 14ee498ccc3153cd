import type { RecordId, SubjectKey } from 'opportune';
import { type DayLook, lookOver } from '../../src/day/book-of-looks.js';
import type { Runtime } from '../../src/runtime.js';
import { createTurns } from '../turns.js';

/** What reps could work on, account by account, for as long as it holds. */
export interface KeptLooks {
  /** These have been committed; without them, any may have been. */
  changed(keys?: readonly SubjectKey[]): void;
  /** What is known for one rep; whoever has it keeps it, however many others look meanwhile. */
  of(rep: RecordId): KeptLooksOfRep;
}

export interface KeptLooksOfRep {
  /** Whether what is known of it still does. `access` is the version of what the rep may see. */
  holds(account: SubjectKey, access: string): boolean;
  /** As it was looked at last. */
  find(account: SubjectKey): DayLook | undefined;
  look(account: SubjectKey, access: string): Promise<void>;
}

interface Kept extends DayLook {
  readonly access: string;
  /** Of the subjects that were read. */
  readonly keys: readonly SubjectKey[];
  readonly turn: number;
  readonly at: number;
}

/** What time alone changes within a day shows so late at most, and so does a right to see somebody that was taken. */
const AGE_MS = 600_000;
/** Of more, what is known of the one who asked longest ago is forgotten. */
const MOST_REPS = 100;

export function createKeptLooks({
  look,
  clock,
}: Pick<Runtime, 'look'> & { readonly clock: { now(): number } }): KeptLooks {
  const byRep = new Map<RecordId, Map<SubjectKey, Kept>>();
  const turns = createTurns();

  function keptOf(rep: RecordId): Map<SubjectKey, Kept> {
    const own = byRep.get(rep) ?? new Map<SubjectKey, Kept>();
    byRep.delete(rep);
    byRep.set(rep, own);
    const [oldest] = byRep.keys();
    if (byRep.size > MOST_REPS && oldest !== undefined) byRep.delete(oldest);
    return own;
  }

  function isSame(kept: Kept, access: string): boolean {
    const age = clock.now() - kept.at;
    return kept.access === access && age >= 0 && age < AGE_MS && turns.hold(kept.keys, kept.turn);
  }

  return {
    changed: turns.changed,
    of(rep) {
      const own = keptOf(rep);
      return {
        holds(account, access) {
          const kept = own.get(account);
          return kept !== undefined && isSame(kept, access);
        },
        find: (account) => own.get(account),
        async look(account, access) {
          const begun = { turn: turns.now(), at: clock.now(), access };
          const situation = await look(account, rep);
          const seen = situation ? lookOver(situation) : { cards: [], touches: new Map() };
          const keys = [account, ...Object.keys(situation?.versions ?? {})];
          own.set(account, { ...begun, ...seen, keys });
        },
      };
    },
  };
}
