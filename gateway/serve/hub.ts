import type { RecordId, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { ANY, withAny } from '../turns.js';

/** A place in the change feed; opaque, and not to be compared. */
export type FeedPosition = string;

/** The change feed: which subjects were committed, in an order in which none is missed. */
export interface ChangeFeed {
  /** The place of this moment. */
  head(): Promise<FeedPosition>;
  /** Undefined when the place is not known any more: too old, or from before a restore. */
  read(after: FeedPosition): Promise<FeedPage | undefined>;
}

export interface FeedPage {
  readonly keys: readonly SubjectKey[];
  /** Where to go on. */
  readonly position: FeedPosition;
  /** There is more already. */
  readonly more: boolean;
}

export interface PanelEvent {
  readonly event: 'changed' | 'reset' | 'purge';
  readonly data: { readonly record?: RecordId; readonly person?: RecordId };
}

/** One panel that listens. What it has not taken yet is kept once a record. */
export interface Listening {
  /** What is to be told now; it is taken. */
  take(): readonly PanelEvent[];
  /** Everything up to this place has been taken; what waits is after it. */
  at(): FeedPosition;
  /** Called whenever there is something to take. */
  onMore(listener: () => void): void;
  close(): void;
}

export interface Hub {
  open(wanted: {
    readonly records: readonly RecordId[];
    readonly rep: RecordId;
    /** Where the panel left off; absent: it begins now. */
    readonly after?: FeedPosition;
  }): Promise<Listening>;
  /** Reads on in the feed and tells the panels concerned. Calls while one is under way are one more after it. */
  wake(): Promise<void>;
  readonly panels: number;
}

export interface HubOptions {
  readonly feed: ChangeFeed;
  /**
   * The subjects that what a record shows depends on, its account first; empty for one that this rep may not see or that is
   * not there. Asked again when the account changes, or, where none is known, when any does.
   */
  keysOf(record: RecordId, rep: RecordId): Promise<readonly SubjectKey[]>;
  /** Told of what was committed before any panel is; without keys, any may have been. */
  changed?(keys?: readonly SubjectKey[]): void;
  /** Told of a failure to find out what a record depends on; it is tried again until it is known. */
  failed?(error: unknown): void;
}

/**
 * Of a change that concerns more panels than these (a publish, news of the company) so many are told at once, and so many
 * more each time: they all ask for decisions then.
 */
const AT_ONCE = 200;
const SPREAD_MS = 100;
/** What follows on what a panel was told so soon is told together: an answer changes its account, its buyer and what waits for both. */
const TOGETHER_MS = 100;

const FOLLOW_AGAIN_MS = 1_000;

/** Keys that begin so are no subjects: everybody is to forget the person that follows. */
export const PURGE = 'purge/';

interface Panel {
  readonly rep: RecordId;
  readonly keys: Map<RecordId, readonly SubjectKey[]>;
  /** Records that are not there, or not for this rep: nothing is told of them until they are. */
  readonly unseen: Set<RecordId>;
  readonly waiting: Map<string, PanelEvent>;
  /** It was told everything up to here. */
  at: FeedPosition;
  /** It has taken everything up to here. */
  taken: FeedPosition;
  more: () => void;
  /** When it was told something last, by the machine's steady clock. */
  toldAt: number;
  later?: NodeJS.Timeout;
}

export function createHub({ feed, keysOf, changed, failed }: HubOptions): Hub {
  const watching = new Map<SubjectKey, Map<Panel, Set<RecordId>>>();
  const panels = new Set<Panel>();
  let at: FeedPosition | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  /** To be told when it is their turn. */
  const turns = new Set<Panel>();
  let nextTurn: NodeJS.Timeout | undefined;
  let unfollowed = new Map<Panel, Set<RecordId>>();
  let following: Promise<void> | undefined;

  function watch(panel: Panel, record: RecordId, keys: readonly SubjectKey[]): void {
    for (const key of panel.keys.get(record) ?? []) {
      const those = watching.get(key);
      const records = those?.get(panel);
      records?.delete(record);
      if (records?.size === 0) those?.delete(panel);
      if (those?.size === 0) watching.delete(key);
    }
    panel.keys.set(record, keys);
    for (const key of keys) {
      const those = watching.get(key) ?? new Map<Panel, Set<RecordId>>();
      watching.set(key, those.set(panel, (those.get(panel) ?? new Set()).add(record)));
    }
  }

  /** Resolves with those that depend on more than before. */
  async function follow(panel: Panel, records: Iterable<RecordId>): Promise<readonly RecordId[]> {
    const found = await Promise.all(
      [...records].map(async (record) => [record, await keysOf(record, panel.rep)] as const),
    );
    if (!panels.has(panel)) return [];
    return found.flatMap(([record, keys]) => {
      const before = panel.unseen.delete(record) ? [] : (panel.keys.get(record) ?? []);
      if (keys.length === 0) panel.unseen.add(record);
      const awaited = kindOf(record) === 'account' ? record : ANY;
      watch(panel, record, keys.length > 0 ? keys : [awaited]);
      return keys.some((key) => !before.includes(key)) ? [record] : [];
    });
  }

  /**
   * What a record depends on may be more after a change: a new contact, a right given or taken. Nobody waits for this, and
   * what changed meanwhile of what is new is told by telling the record once more.
   */
  async function followOn(): Promise<void> {
    while (unfollowed.size > 0) {
      const batch = unfollowed;
      unfollowed = new Map();
      await Promise.all(
        [...batch].map(async ([panel, records]) => {
          try {
            const grown = await follow(panel, records);
            for (const record of grown) tell(panel, { event: 'changed', data: { record } });
            if (grown.length > 0) queue(panel);
          } catch (error) {
            failed?.(error);
            // Until this is known, changes of what it now depends on are not told.
            setTimeout(() => {
              toFollow(panel, records);
              startFollowing();
            }, FOLLOW_AGAIN_MS).unref();
          }
        }),
      );
      takeTurns();
    }
  }

  function toFollow(panel: Panel, records: Iterable<RecordId>): void {
    const those = unfollowed.get(panel) ?? new Set();
    for (const record of records) those.add(record);
    unfollowed.set(panel, those);
  }

  function startFollowing(): void {
    following ??= followOn().finally(() => {
      following = undefined;
      if (unfollowed.size > 0) startFollowing();
    });
  }

  function takeTurns(): void {
    if (nextTurn) return;
    let room = AT_ONCE;
    for (const panel of turns) {
      if (room-- === 0) break;
      turns.delete(panel);
      if (panel.waiting.size === 0) continue;
      panel.toldAt = performance.now();
      panel.more();
    }
    if (turns.size === 0) return;
    nextTurn = setTimeout(() => {
      nextTurn = undefined;
      takeTurns();
    }, SPREAD_MS);
  }

  /** It is told as soon as it is its turn, and a while after what it was told last. */
  function queue(panel: Panel): void {
    const rest = panel.toldAt + TOGETHER_MS - performance.now();
    if (rest <= 0) turns.add(panel);
    else
      panel.later ??= setTimeout(() => {
        delete panel.later;
        turns.add(panel);
        takeTurns();
      }, rest);
  }

  const tell = (panel: Panel, one: PanelEvent): void => {
    panel.waiting.set(`${one.event} ${one.data.record ?? one.data.person ?? ''}`, one);
  };
  const tellPurge = (panel: Panel, key: SubjectKey): void =>
    tell(panel, { event: 'purge', data: { person: key.slice(PURGE.length) } });

  function tellAll(keys: readonly SubjectKey[]): void {
    for (const key of new Set(withAny(keys))) {
      if (key.startsWith(PURGE)) for (const panel of panels) tellPurge(panel, key);
      for (const [panel, records] of watching.get(key) ?? [])
        for (const record of records) {
          if (!panel.unseen.has(record)) tell(panel, { event: 'changed', data: { record } });
          // What others change (a buyer's ledger, the company) does not change what a record depends on.
          if (key !== panel.rep && panel.keys.get(record)?.[0] !== key) continue;
          toFollow(panel, [record]);
        }
    }
  }

  async function begin(): Promise<FeedPosition> {
    const head = at ?? (await feed.head());
    if (at !== undefined) return at;
    at = head;
    // What happened before is told of no more.
    changed?.();
    return head;
  }

  async function readOn(): Promise<void> {
    at = await begin();
    for (let more = true; more; ) {
      const page = await feed.read(at);
      const position = page?.position ?? (await feed.head());
      changed?.(page?.keys);
      if (!page) for (const panel of panels) tell(panel, { event: 'reset', data: {} });
      tellAll(page?.keys ?? []);
      at = position;
      more = page?.more === true;
      for (const panel of panels) {
        panel.at = at;
        if (panel.waiting.size > 0) queue(panel);
      }
      takeTurns();
      startFollowing();
    }
  }

  async function wake(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await readOn();
      } while (again);
    })().finally(() => {
      running = undefined;
    });
    await running;
    await following;
  }

  /** What a panel missed since it left; what comes meanwhile is told to it as well, once. */
  async function catchUp(panel: Panel, after: FeedPosition): Promise<void> {
    for (let more = true; more; ) {
      const page = await feed.read(after);
      if (!page) return tell(panel, { event: 'reset', data: {} });
      const changed = new Set(page.keys);
      for (const key of changed) if (key.startsWith(PURGE)) tellPurge(panel, key);
      for (const [record, keys] of panel.keys)
        if (!panel.unseen.has(record) && keys.some((key) => changed.has(key)))
          tell(panel, { event: 'changed', data: { record } });
      after = page.position;
      more = page.more;
    }
    panel.at = after;
  }

  return {
    async open({ records, rep, after }) {
      const at = await begin();
      const panel: Panel = {
        ...{ rep, keys: new Map(), unseen: new Set(), waiting: new Map() },
        ...{ at, taken: at, more: () => {}, toldAt: Number.NEGATIVE_INFINITY },
      };
      panels.add(panel);
      try {
        await follow(panel, records);
        if (after !== undefined) {
          panel.taken = after;
          await catchUp(panel, after);
        }
      } catch (error) {
        for (const record of [...panel.keys.keys()]) watch(panel, record, []);
        panels.delete(panel);
        throw error;
      }
      return {
        take() {
          const events = [...panel.waiting.values()];
          panel.waiting.clear();
          panel.taken = panel.at;
          return events;
        },
        at: () => (panel.waiting.size > 0 ? panel.taken : panel.at),
        onMore(listener) {
          panel.more = listener;
        },
        close() {
          for (const record of [...panel.keys.keys()]) watch(panel, record, []);
          panels.delete(panel);
          turns.delete(panel);
          clearTimeout(panel.later);
        },
      };
    },
    wake,
    get panels() {
      return panels.size;
    },
  };
}
