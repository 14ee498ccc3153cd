import { comparePositions, type Fact } from '../../src/domain/fact.js';
import type { Store } from '../../src/domain/store.js';

/** What visitors did in this browser, in all its tabs. */
export interface Visit {
  /** Epoch milliseconds of the simulated clock. */
  readonly now: number;
  /** In order of time. */
  readonly facts: readonly Fact[];
}

/** A visit, kept over a reload and for the other tabs: every fact on its own, so that no tab overwrites what another kept. */
export interface Visits {
  /** What happens offline is held back from the other tabs until {@link Visits.release}. */
  keep(visit: Visit, offline: boolean): Promise<void>;
  /** Gives what was held back, as learned now; from here on every tab knows it. */
  release(): Promise<readonly Fact[]>;
  /** Undefined before anything was done. */
  read(): Promise<Visit | undefined>;
}

const DID = 'demo/did/';
const HELD = 'demo/held/';
const NOW = 'demo/now';

export function createVisits(store: Store): Visits {
  const known = new Map<string, Fact>();
  const readNow = async (): Promise<number> => ((await store.get(NOW)) as number | undefined) ?? 0;
  return {
    async keep({ now, facts }, offline) {
      for (const fact of facts) await store.put(`${offline ? HELD : DID}${fact.id}`, fact);
      if (now > (await readNow())) await store.put(NOW, now);
    },
    async release() {
      const learnedAt = await readNow();
      const released: Fact[] = [];
      for (const name of await store.names(HELD)) {
        const fact = { ...((await store.get(name)) as Fact), learnedAt };
        await store.put(`${DID}${fact.id}`, fact);
        await store.drop(name);
        released.push(fact);
      }
      return released.sort(comparePositions);
    },
    async read() {
      for (const name of await store.names(DID))
        if (!known.has(name)) known.set(name, (await store.get(name)) as Fact);
      const now = await readNow();
      return now === 0 ? undefined : { now, facts: [...known.values()].sort(comparePositions) };
    },
  };
}
