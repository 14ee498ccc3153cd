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
  /** One for each seat; empty where nothing travels. */
  readonly arrivals: readonly Arrival[];
}

export interface Travels {
  /** The newest first. */
  readonly list: readonly Travel[];
  begin(what: string, at: number, offline: readonly boolean[]): void;
  /** Stands in the list, and goes nowhere. */
  note(what: string, at: number): void;
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
  const arrive = (seat: number, add: (arrival: Arrival, ms: number) => Arrival): void => {
    const newest = list.find(({ arrivals }) => arrivals.length > 0);
    const arrival = newest?.arrivals[seat];
    const ms = now() - began;
    if (!newest || !arrival || ms > LONGEST_MS) return;
    const after = add(arrival, ms);
    if (after === arrival) return;
    const next = { ...newest, arrivals: newest.arrivals.with(seat, after) };
    list = list.map((one) => (one === newest ? next : one));
    changed();
  };
  const put = (travel: Omit<Travel, 'id'>): void => {
    list = [{ id: ++count, ...travel }, ...list].slice(0, KEPT);
    changed();
  };
  return {
    get list() {
      return list;
    },
    begin(what, at, offline) {
      began = now();
      put({ what, at, arrivals: offline.map((missed) => ({ missed })) });
    },
    note: (what, at) => put({ what, at, arrivals: [] }),
    event: (seat) =>
      arrive(seat, (arrival, ms) =>
        arrival.event === undefined && !arrival.missed ? { ...arrival, event: ms } : arrival,
      ),
    view: (seat) =>
      arrive(seat, (arrival, ms) =>
        arrival.event !== undefined && arrival.view === undefined
          ? { ...arrival, view: ms }
          : arrival,
      ),
  };
}
