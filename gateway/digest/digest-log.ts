import type { RecordId } from 'opportune';

/** What became of the mail of one rep and day. */
export type DigestOutcome =
  | { readonly state: 'sent' | 'nothing' | 'spent' }
  /** Tried again from `until` on; epoch milliseconds. */
  | { readonly state: 'waiting'; readonly until: number; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

export type DigestEntry = {
  readonly rep: RecordId;
  /** `YYYY-MM-DD` where the rep is. */
  readonly date: string;
  /** Counts claims, from 1. */
  readonly attempt: number;
} & (DigestOutcome | { readonly state: 'claimed'; readonly until: number });

/**
 * Who got which morning's mail, and who wants none. Each call is one transaction; of two processes that claim the same
 * rep and day, one gets it. One log per tenant.
 */
export interface DigestLog {
  /**
   * The number of this attempt, or undefined while another one may still run, before it is time to try again, and when
   * the day is settled or the rep has stopped the mail. A claim that nobody settled by `until` is free again.
   */
  claim(rep: RecordId, date: string, now: number, until: number): Promise<number | undefined>;
  /** False when another attempt has taken over since, or the rep was forgotten; nothing was written then. */
  settle(rep: RecordId, date: string, attempt: number, outcome: DigestOutcome): Promise<boolean>;
  /** The days from this one on on which a mail was sent. */
  sent(rep: RecordId, from: string): Promise<readonly string[]>;
  /** Everything of one day, for the admin. */
  entries(date: string): Promise<readonly DigestEntry[]>;
  stop(rep: RecordId): Promise<void>;
  resume(rep: RecordId): Promise<void>;
  hasStopped(rep: RecordId): Promise<boolean>;
  /** Everything about this rep, who was erased. */
  forget(rep: RecordId): Promise<void>;
}

export function createMemoryDigestLog(): DigestLog {
  const entries = new Map<string, DigestEntry>();
  const stopped = new Set<RecordId>();
  const keyOf = (rep: RecordId, date: string): string => `${date} ${rep}`;
  return {
    async claim(rep, date, now, until) {
      const key = keyOf(rep, date);
      const entry = entries.get(key);
      if (stopped.has(rep) || (entry && (!('until' in entry) || entry.until > now)))
        return undefined;
      const attempt = (entry?.attempt ?? 0) + 1;
      entries.set(key, { rep, date, attempt, state: 'claimed', until });
      return attempt;
    },
    async settle(rep, date, attempt, outcome) {
      const entry = entries.get(keyOf(rep, date));
      if (entry?.attempt !== attempt || entry.state !== 'claimed') return false;
      entries.set(keyOf(rep, date), { rep, date, attempt, ...outcome });
      return true;
    },
    sent: async (rep, from) =>
      [...entries.values()]
        .filter((entry) => entry.rep === rep && entry.state === 'sent' && entry.date >= from)
        .map(({ date }) => date),
    entries: async (date) => [...entries.values()].filter((entry) => entry.date === date),
    async stop(rep) {
      stopped.add(rep);
    },
    async resume(rep) {
      stopped.delete(rep);
    },
    hasStopped: async (rep) => stopped.has(rep),
    async forget(rep) {
      stopped.delete(rep);
      for (const [key, entry] of entries) if (entry.rep === rep) entries.delete(key);
    },
  };
}
