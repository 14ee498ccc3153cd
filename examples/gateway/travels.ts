/** How an act of one reaches the panel of the other, in milliseconds after it was done. */
export interface Arrival {
  /** The gateway's event. */
  readonly event?: number;
  /** The panel's new view, after the event. */
  readonly view?: number;
  /** It happened while this side was offline. */
  readonly missed: boolean;
}

export interface Travel {
  readonly id: number;
  /** Epoch milliseconds on the gateway's clock. */
  readonly at: number;
  readonly what: string;
  /** One for each seat. */
  readonly arrivals: readonly Arrival[];
}

export interface Travels {
  /** The newest first. */
  readonly list: readonly Travel[];
  begin(what: string, at: number, offline: readonly boolean[]): void;
  /** The gateway told a seat that something changed. */
  event(seat: number): void;
  /** A panel shows something else than before. */
  view(seat: number): void;
}

const KEPT = 20;
/** What comes later comes of something else. */
const LONGEST_MS = 5000;

export function createTravels(now: () => number, changed: () => void): Travels {
  let list: readonly Travel[] = [];
  let began = 0;
  let count = 0;
  /** Of the newest act alone: an event does not say what it comes of. */
  const note = (seat: number, add: (arrival: Arrival, ms: number) => Arrival): void => {
    const [newest, ...older] = list;
    const arrival = newest?.arrivals[seat];
    const ms = now() - began;
    if (!newest || !arrival || ms > LONGEST_MS) return;
    const after = add(arrival, ms);
    if (after === arrival) return;
    list = [{ ...newest, arrivals: newest.arrivals.with(seat, after) }, ...older];
    changed();
  };
  return {
    get list() {
      return list;
    },
    begin(what, at, offline) {
      began = now();
      const arrivals = offline.map((missed) => ({ missed }));
      list = [{ id: ++count, at, what, arrivals }, ...list].slice(0, KEPT);
      changed();
    },
    event: (seat) =>
      note(seat, (arrival, ms) =>
        arrival.event === undefined && !arrival.missed ? { ...arrival, event: ms } : arrival,
      ),
    view: (seat) =>
      note(seat, (arrival, ms) =>
        arrival.event !== undefined && arrival.view === undefined
          ? { ...arrival, view: ms }
          : arrival,
      ),
  };
}
