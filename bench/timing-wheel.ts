/**
 * A hashed timing wheel, to compare an index with: a ring of slots a minute wide; a timer lies in the slot of its
 * minute, however many turns away. Setting one costs the same with any number of them; what is due is sorted slot by slot.
 */
export interface TimingWheel {
  set(key: string, wakeAt: number | undefined): void;
  /** Takes out what is due, in order of time and key; goes on from where it was left. */
  advance(now: number): readonly { readonly key: string; readonly wakeAt: number }[];
}

const WIDTH_MS = 60_000;

export function createTimingWheel(slots: number, start: number): TimingWheel {
  const ring: Map<string, number>[] = Array.from({ length: slots }, () => new Map());
  const wakes = new Map<string, number>();
  const slotOf = (at: number): Map<string, number> =>
    ring[Math.floor(at / WIDTH_MS) % slots] as Map<string, number>;
  let reached = start;
  return {
    set(key, wakeAt) {
      const before = wakes.get(key);
      if (before !== undefined) slotOf(before).delete(key);
      if (wakeAt === undefined) wakes.delete(key);
      else {
        wakes.set(key, wakeAt);
        slotOf(wakeAt).set(key, wakeAt);
      }
    },
    advance(now) {
      const due: { key: string; wakeAt: number }[] = [];
      const first = Math.floor(reached / WIDTH_MS);
      const last = Math.min(Math.floor(now / WIDTH_MS), first + slots - 1);
      for (let minute = first; minute <= last; minute++) {
        const slot = slotOf(minute * WIDTH_MS);
        const here: { key: string; wakeAt: number }[] = [];
        for (const [key, wakeAt] of slot) if (wakeAt <= now) here.push({ key, wakeAt });
        here.sort((a, b) => a.wakeAt - b.wakeAt || (a.key < b.key ? -1 : 1));
        for (const { key } of here) {
          slot.delete(key);
          wakes.delete(key);
        }
        due.push(...here);
      }
      reached = now;
      return due;
    },
  };
}
