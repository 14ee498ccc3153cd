import { randomUUID } from 'node:crypto';
import type { Clock, RecordId, Store } from 'opportune';

/** What a device has to forget. */
export interface Purge {
  readonly id: string;
  readonly persons: readonly RecordId[];
  /** Epoch milliseconds; from then on no cache of a device is left that could know the person. */
  readonly until: number;
  /** Devices that had not said yet that they have forgotten, when this was read. */
  readonly waitingFor: readonly string[];
}

/**
 * Purges for devices, sent again until each known device has acknowledged or the life of its cache is over. A panel that is told
 * to purge persons drops every cached Decision, view and queued answer that names one of them, on disk too, and only
 * then acknowledges; one that was away asks for what waits before it shows anything cached.
 */
export interface Purges {
  add(persons: readonly RecordId[], devices: readonly string[]): Promise<void>;
  /** What waits, oldest first; for one device what that device has to do. What is over is dropped. */
  waiting(device?: string): Promise<readonly Purge[]>;
  acknowledge(device: string, purge: string): Promise<void>;
}

/** How long a panel keeps what it was told. */
export const CACHE_MS = 86_400_000;

const PREFIX = 'purge/';
const DONE = 'purged/';

export function createPurges(store: Store, clock: Clock): Purges {
  async function read(name: string): Promise<Purge | undefined> {
    const purge = (await store.get(name)) as Purge | undefined;
    if (!purge) return undefined;
    const done = await store.names(`${DONE}${purge.id}/`);
    const acknowledged = new Set(done.map((name) => name.slice(DONE.length + purge.id.length + 1)));
    const waitingFor = purge.waitingFor.filter((device) => !acknowledged.has(device));
    if (waitingFor.length > 0 && purge.until > clock.now()) return { ...purge, waitingFor };
    for (const name of done) await store.drop(name);
    await store.drop(name);
    return undefined;
  }
  return {
    async add(persons, devices) {
      if (devices.length === 0) return;
      const now = clock.now();
      const id = `${String(now).padStart(15, '0')}-${randomUUID()}`;
      const purge: Purge = { id, persons, until: now + CACHE_MS, waitingFor: [...devices] };
      await store.put(PREFIX + id, purge);
    },
    async waiting(device) {
      const purges: Purge[] = [];
      for (const name of await store.names(PREFIX)) {
        const purge = await read(name);
        if (purge && (device === undefined || purge.waitingFor.includes(device)))
          purges.push(purge);
      }
      return purges;
    },
    async acknowledge(device, purge) {
      if (await store.get(PREFIX + purge)) await store.put(`${DONE}${purge}/${device}`, true);
    },
  };
}
