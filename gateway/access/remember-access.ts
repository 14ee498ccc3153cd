import type { Clock, RecordId } from 'opportune';
import { shortHash } from '../short-hash.js';
import { type AccessSource, type Answer, connectionOf } from './access-source.js';

export interface RememberOptions {
  readonly sources: ReadonlyMap<string, AccessSource>;
  readonly clock: Clock;
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

const REFUSED_MS = 60_000;
const MOST_RECORDS = 5_000;

export function rememberAccess(asker: RecordId, options: RememberOptions): RememberedAccess {
  const { sources, clock, cacheMs, staleMs } = options;
  const records = new Map<RecordId, Kept<boolean>>();
  const asked = new Map<RecordId, Promise<boolean>>();
  /** To be asked together, by connection. */
  const waiting = new Map<string, Map<RecordId, (seen: boolean) => void>>();
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

  /** What an answer means; `undefined`: nothing was answered, and what stood before has grown too old. */
  function take<T>(answer: Answer<T>, before: Kept<T> | undefined, none: T): Kept<T> | undefined {
    const at = clock.now();
    if (answer.status === 'known') return { value: answer.value, at, refused: false };
    if (answer.status === 'refused') return { value: none, at, refused: true };
    return before && !before.refused && isFresh(before, staleMs) ? before : undefined;
  }

  function keep(record: RecordId, kept: Kept<boolean> | undefined): boolean {
    const before = records.get(record);
    if (before && before.value !== (kept?.value ?? false)) changes += 1;
    records.delete(record);
    if (kept) records.set(record, kept);
    const [oldest] = records.keys();
    if (records.size > MOST_RECORDS && oldest !== undefined) records.delete(oldest);
    return kept?.value ?? false;
  }

  function maySee(record: RecordId): Promise<boolean> {
    const kept = records.get(record);
    if (kept && counts(kept)) return Promise.resolve(kept.value);
    const pending = asked.get(record);
    if (pending) return pending;
    const answer = new Promise<boolean>((resolve) => enqueue(record, resolve)).finally(() =>
      asked.delete(record),
    );
    asked.set(record, answer);
    return answer;
  }

  function enqueue(record: RecordId, resolve: (seen: boolean) => void): void {
    const connection = connectionOf(record);
    const together = waiting.get(connection);
    if (together) {
      together.set(record, resolve);
      return;
    }
    waiting.set(connection, new Map([[record, resolve]]));
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
      const answer: Answer<ReadonlySet<RecordId>> = source
        ? await source.findVisible(
            asker,
            some.map(([record]) => record),
          )
        : { status: 'known', value: new Set() };
      for (const [record, resolve] of some) {
        const one: Answer<boolean> =
          answer.status === 'known' ? { ...answer, value: answer.value.has(record) } : answer;
        resolve(keep(record, take(one, records.get(record), false)));
      }
    }
  }

  async function askHidden(): Promise<ReadonlySet<string>> {
    const parts = await Promise.all(
      [...sources].map(async ([connection, source]) => {
        const before = hiddenBy.get(connection);
        if (before && counts(before)) return before.value;
        const kept = take(await source.findHidden(asker), before, source.attributes);
        if (kept) hiddenBy.set(connection, kept);
        else hiddenBy.delete(connection);
        return kept?.value ?? source.attributes;
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
