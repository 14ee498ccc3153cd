import type { Decision } from '../domain/decision.js';
import type { Playbook } from '../domain/playbook.js';
import type { Store } from '../domain/store.js';
import type { RecordId } from '../domain/value.js';

/** Where a panel keeps something on the device: four methods of a {@link Store}. */
export type DeviceStore = Pick<Store, 'get' | 'put' | 'names' | 'drop'>;

/** What one rep last saw, for when the gateway cannot be asked. Kept for a day; it never fails, it only forgets. */
export interface DecisionCache {
  /** A decision that was asked for before `wipe` is not kept after it: take the number first, and give it back. */
  readonly epoch: number;
  keep(name: string, value: Decision | Playbook, epoch: number): Promise<void>;
  read(name: string): Promise<unknown>;
  drop(name: string): Promise<void>;
  wipe(): Promise<void>;
}

const PREFIX = 'seen-last/';
const LIFETIME_MS = 86_400_000;

interface Kept {
  readonly at: number;
  readonly value: unknown;
}

export function createDecisionCache(
  store: DeviceStore | undefined,
  asker: RecordId,
  now: () => number,
): DecisionCache {
  const own = `${PREFIX}${encodeURIComponent(asker)}/`;
  let epoch = 0;
  let last: Promise<unknown> = sweep();

  /** One after the other, so that nothing kept slips past a wipe. */
  function next<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    const result = last.then(work).catch(() => undefined);
    last = result;
    return result;
  }

  const isFresh = ({ at }: Kept): boolean => Math.abs(now() - at) < LIFETIME_MS;

  /** Forgets what is old, and what another rep saw. */
  async function sweep(): Promise<void> {
    if (!store) return;
    try {
      for (const name of await store.names(PREFIX)) {
        const mine = name.startsWith(own) && ((await store.get(name)) as Kept | undefined);
        if (!mine || !isFresh(mine)) await store.drop(name);
      }
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  return {
    get epoch() {
      return epoch;
    },
    async keep(name, value, since) {
      await next(async () => {
        if (since === epoch) await store?.put(own + name, { at: now(), value } satisfies Kept);
      });
    },
    read: (name) =>
      next(async () => {
        const kept = (await store?.get(own + name)) as Kept | undefined;
        if (!kept || isFresh(kept)) return kept?.value;
        await store?.drop(own + name);
        return undefined;
      }),
    async drop(name) {
      await next(async () => store?.drop(own + name));
    },
    async wipe() {
      epoch++;
      await next(async () => {
        for (const name of (await store?.names(PREFIX)) ?? []) await store?.drop(name);
      });
    },
  };
}
