import type { Access, Clock, RecordId, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { createTurns, withAny } from '../turns.js';
import type { AccessSource } from './access-source.js';
import { guardSource } from './guard-source.js';
import { type RememberedAccess, rememberAccess } from './remember-access.js';

export interface AccessOptions {
  /** By connection, as record ids begin. What is of no source nobody sees. */
  readonly sources: ReadonlyMap<string, AccessSource>;
  readonly clock: Clock;
  /** Milliseconds for which an answer counts; 10 minutes. */
  readonly cacheMs?: number;
  /** Milliseconds after which an answer no longer stands in for a source that does not answer; 1 hour. */
  readonly staleMs?: number;
}

/**
 * Every question rejects with `opportune/access-unavailable` while the asker's own CRM does not answer and what it last
 * said has grown too old: what is made of "not known" would stay, as nothing tells a panel when it is known again.
 */
export interface AgentAccess extends Access {
  /** Which of them this asker may see: as few questions as their sources allow. */
  maySeeAll(asker: RecordId, records: readonly RecordId[]): Promise<ReadonlySet<RecordId>>;
  /**
   * Changes when anything that was answered about this asker's access is answered otherwise. A cached Decision is keyed
   * by it, and looked up only after `maySee` of its record, which asks anew when the time has come.
   */
  versionFor(asker: RecordId): Promise<string>;
  /** These have been committed, and what was made of them is asked anew; without them, any may have been. */
  changed(keys?: readonly SubjectKey[]): void;
  /** Nothing is known of this asker any more: after logout or a new login, or when a permission is known to have changed. */
  forget(asker: RecordId): void;
}

const MINUTE = 60_000;
/** Of more, the one that asked longest ago is asked for anew. */
const MOST_ASKERS = 5_000;

/**
 * Asks the sources and remembers what they say. Whatever is not known to be allowed is not: a record of an unknown
 * connection, a source that refuses. Questions that are alike are asked once at a time.
 */
export function createAccess(options: AccessOptions): AgentAccess {
  const { clock, cacheMs = 10 * MINUTE, staleMs = 60 * MINUTE } = options;
  const sources = new Map(
    [...options.sources].map(([connection, source]) => [connection, guardSource(source, clock)]),
  );
  const startedAt = clock.now();
  const turns = createTurns();
  const byAsker = new Map<
    RecordId,
    { readonly number: number; readonly access: RememberedAccess }
  >();
  let number = 0;

  function of(asker: RecordId): { readonly number: number; readonly access: RememberedAccess } {
    const found = byAsker.get(asker) ?? {
      number: ++number,
      access: rememberAccess(asker, { sources, clock, turns, cacheMs, staleMs }),
    };
    byAsker.delete(asker);
    byAsker.set(asker, found);
    const [oldest] = byAsker.keys();
    if (byAsker.size > MOST_ASKERS && oldest !== undefined) byAsker.delete(oldest);
    return found;
  }

  return {
    maySee: (asker, record) => of(asker).access.maySee(record),
    async maySeeAll(asker, records) {
      const { access } = of(asker);
      const seen = await Promise.all(records.map((record) => access.maySee(record)));
      return new Set(records.filter((_, i) => seen[i]));
    },
    hiddenFrom: (asker) => of(asker).access.hidden(),
    async versionFor(asker) {
      const { access, number } = of(asker);
      await access.hidden();
      return `${startedAt}.${number}.${access.version()}`;
    },
    changed(keys) {
      if (!keys) {
        byAsker.clear();
        return;
      }
      turns.changed(withAny(keys));
      // The teams of a rep decide what this rep may see.
      for (const key of keys) if (kindOf(key) === 'rep') byAsker.delete(key);
    },
    forget: (asker) => void byAsker.delete(asker),
  };
}
