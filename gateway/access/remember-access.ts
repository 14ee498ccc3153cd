import { type Clock, OpportuneError, type RecordId, type SubjectKey } from 'opportune';
import { shortHash } from '../short-hash.js';
import type { Turns } from '../turns.js';
import { type AccessSource, type Answer, connectionOf, type MadeOf } from './access-source.js';

export interface RememberOptions {
  readonly sources: ReadonlyMap<string, AccessSource>;
  readonly clock: Clock;
  readonly turns: Pick<Turns, 'now' | 'hold'>;
  readonly cacheMs: number;
  readonly staleMs: number;
}

/** What is known of one asker's access. */
export interface RememberedAccess {
  maySee(record: RecordId): Promise<boolean>;
  hidden(): Promise<ReadonlySet<string>>;
  /** Changes with what was answered; what is asked for the first time changes nothing. */
  version(): string;
}

/** An answer with its moment. A refusal is asked about again sooner: the rep may have signed in anew. */
interface Kept<T> {
  readonly value: T;
  readonly at: number;
  readonly refused: boolean;
}

interface KeptOfRecord extends Kept<boolean> {
  /** The turn in which it was asked about, and what the answer was made of. */
  readonly turn: number;
  readonly madeOf: readonly SubjectKey[];
}

interface Waiting {
  resolve(seen: boolean): void;
  reject(error: unknown): void;
}

const REFUSED_MS = 60_000;
const MOST_RECORDS = 5_000;

export function rememberAccess(asker: RecordId, options: RememberOptions): RememberedAccess {
  const { sources, clock, turns, cacheMs, staleMs } = options;
  const records = new Map<RecordId, KeptOfRecord>();
  const asked = new Map<RecordId, { readonly turn: number; readonly answer: Promise<boolean> }>();
  /** To be asked together, by connection. */
  const waiting = new Map<string, Map<RecordId, Waiting>>();
  const hiddenBy = new Map<string, Kept<ReadonlySet<string>>>();
  let askedHidden: Promise<ReadonlySet<string>> | undefined;
  let hiddenNow: ReadonlySet<string> = new Set();
  let changes = 0;

  function isFresh(kept: Kept<unknown> | undefined, span: number): boolean {
    const age = kept ? clock.now() - kept.at : Infinity;
    // From before the clock was set back: nobody knows how old it is.
    return age >= 0 && age < span;
  }
  const counts = (kept: Kept<unknown> | undefined): boolean =>
    isFresh(kept, kept?.refused ? Math.min(REFUSED_MS, cacheMs) : cacheMs);

  /** What an answer means, of this connection; what stood before stands in, if it is not too old. */
  function take<T>(
    connection: string,
    answer: Answer<T>,
    before: Kept<T> | undefined,
    none: T,
  ): Kept<T> {
    const at = clock.now();
    if (answer.status === 'known') return { value: answer.value, at, refused: false };
    if (answer.status === 'unavailable') {
      if (before && !before.refused && isFresh(before, staleMs)) return before;
      // A CRM does not know who is not its own, whether it answers or not.
      if (connection === connectionOf(asker)) throw notKnown(connection);
    }
    return { value: none, at, refused: true };
  }

  function keep(record: RecordId, kept: KeptOfRecord): boolean {
    const before = records.get(record);
    if (before && before.value !== kept.value) changes += 1;
    records.delete(record);
    records.set(record, kept);
    const [oldest] = records.keys();
    if (records.size > MOST_RECORDS && oldest !== undefined) records.delete(oldest);
    return kept.value;
  }

  function maySee(record: RecordId): Promise<boolean> {
    const kept = records.get(record);
    if (kept && counts(kept) && turns.hold(kept.madeOf, kept.turn))
      return Promise.resolve(kept.value);
    const pending = asked.get(record);
    // What was read before a change answers nobody who asks after it.
    const isUnread = waiting.get(connectionOf(record))?.has(record);
    if (pending && (isUnread || pending.turn === turns.now())) return pending.answer;
    const answer = new Promise<boolean>((resolve, reject) =>
      enqueue(record, { resolve, reject }),
    ).finally(() => {
      if (asked.get(record)?.answer === answer) asked.delete(record);
    });
    asked.set(record, { turn: turns.now(), answer });
    return answer;
  }

  function enqueue(record: RecordId, one: Waiting): void {
    const connection = connectionOf(record);
    const together = waiting.get(connection);
    if (together) {
      together.set(record, one);
      return;
    }
    waiting.set(connection, new Map([[record, one]]));
    // After whoever asks in this turn has asked.
    queueMicrotask(() => void flush(connection));
  }

  async function flush(connection: string): Promise<void> {
    const source = sources.get(connection);
    const all = [...(waiting.get(connection) ?? [])];
    waiting.delete(connection);
    const most = source?.most ?? all.length;
    for (let from = 0; from < all.length; from += most) {
      const some = all.slice(from, from + most);
      const ids = some.map(([record]) => record);
      const turn = turns.now();
      const answer = await (source?.findVisible(asker, ids) ?? NONE).catch(failed);
      for (const [record, { resolve, reject }] of some)
        try {
          if (answer.status === 'failed') throw answer.error;
          const one: Answer<boolean> =
            answer.status === 'known' ? { ...answer, value: answer.value.has(record) } : answer;
          const kept = take(connection, one, records.get(record), false);
          resolve(keep(record, { ...kept, turn, madeOf: answer.madeOf?.get(record) ?? [] }));
        } catch (error) {
          reject(error);
        }
    }
  }

  async function askHidden(): Promise<ReadonlySet<string>> {
    const parts = await Promise.all(
      [...sources].map(async ([connection, source]) => {
        const before = hiddenBy.get(connection);
        if (before && counts(before)) return before.value;
        const answer = await source.findHidden(asker);
        const kept = take(connection, answer, before, source.attributes);
        hiddenBy.set(connection, kept);
        return kept.value;
      }),
    );
    hiddenNow = new Set(parts.flatMap((part) => [...part]));
    return hiddenNow;
  }

  return {
    maySee,
    hidden() {
      askedHidden ??= askHidden().finally(() => {
        askedHidden = undefined;
      });
      return askedHidden;
    },
    version: () => `${changes}.${shortHash(JSON.stringify([...hiddenNow].sort()))}`,
  };
}

const NONE: Promise<Answer<ReadonlySet<RecordId>> & MadeOf> = Promise.resolve({
  status: 'known',
  value: new Set(),
});

const failed = (error: unknown) => ({ status: 'failed', error }) as const;

const notKnown = (connection: string): OpportuneError =>
  new OpportuneError(
    'opportune/access-unavailable',
    `${connection} does not say at the moment what you may see`,
    { remedy: 'Try again later' },
  );
