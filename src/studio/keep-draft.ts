import { isOpportuneError } from '../core/errors.js';
import { mergePlaybooks } from './merge-playbooks.js';
import type { KeptOnly, PlaybookFiles } from './studio-source.js';
import { type Changes, keptOf, moveOnto, openWorkbench } from './workbench.js';

/** What is written and not published, over the version `base`. */
export interface Draft {
  readonly changes: Changes;
  readonly base: number;
}

/** As the gateway has it. */
export interface RemoteDraft extends Partial<Draft> {
  /** Counts up with each writing; 0 where there is none. */
  readonly revision: number;
}

/** As this browser has it. */
export interface LocalDraft extends Draft {
  /** The gateway's, over which it was written. */
  readonly revision: number;
  /** The gateway has it too. */
  readonly isSent: boolean;
}

export interface DraftPlaces {
  /** One author's drafts in this browser, one for each tab that wrote. */
  readonly local: {
    all(): Promise<readonly (readonly [tab: string, LocalDraft])[]>;
    put(tab: string, draft: LocalDraft): Promise<void>;
    drop(tab: string): Promise<void>;
  };
  /** At the gateway. `write` rejects with `opportune/conflict` where another tab or device wrote meanwhile. */
  readonly remote: {
    read(): Promise<RemoteDraft>;
    write(draft: Draft, revision: number): Promise<number>;
  };
  /** This one. */
  readonly tab: string;
  /** The files of a version. */
  filesOf(number: number): Promise<PlaybookFiles>;
  /** Settles after so many milliseconds, or as soon as there is a connection again. */
  wait(ms: number): Promise<void>;
}

export interface DraftKeeper {
  /** What was kept last, here and at the gateway, brought together; `live` is the number of the version in force. */
  open(live: number): Promise<Draft | undefined>;
  /** Resolves once this browser has it; the gateway gets it as soon as there is a connection. */
  keep(draft: Draft): Promise<void>;
  watch(told: (only: KeptOnly | undefined) => void): void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Who types on sends no more often. */
const PACE_MS = 2_000;

/** Drafts that survive a tab that is killed and a connection that is gone, and lose nothing to another tab or device. */
export function createDraftKeeper(places: DraftPlaces): DraftKeeper {
  const { local, remote, tab, filesOf, wait } = places;
  let revision = 0;
  let last: Draft | undefined;
  let sent: Draft | undefined;
  let sending = false;
  let tell: (only: KeptOnly | undefined) => void = () => undefined;

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let pause = FIRST_PAUSE_MS; last !== sent; ) {
        const draft = last;
        if (!draft) break;
        try {
          revision = await remote.write(draft, revision);
          sent = draft;
          pause = FIRST_PAUSE_MS;
          if (last === draft) await note(draft, true);
          tell(undefined);
          if (last !== draft) await wait(PACE_MS);
        } catch (error) {
          if (isOpportuneError(error, 'opportune/conflict')) {
            tell('parted');
            return;
          }
          tell('offline');
          await wait(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
        }
      }
    } finally {
      sending = false;
    }
  }
  /** What the gateway has and is empty needs no place here. */
  const note = async (draft: Draft, isSent: boolean): Promise<void> =>
    isSent && isEmpty(draft) ? local.drop(tab) : local.put(tab, { ...draft, revision, isSent });

  return {
    async open(live) {
      const there = await remote.read();
      revision = there.revision;
      // A number beyond the list is of before a backup was restored.
      const known = (base = live): number => Math.min(base, live);
      const own = (await local.all()).filter(([, draft]) => !draft.isSent);
      let draft: Draft = { changes: there.changes ?? {}, base: known(there.base) };
      sent = draft;
      for (const [, { changes, base, revision: over }] of own) {
        const mine = { changes, base: known(base) };
        draft =
          own.length === 1 && over === revision ? mine : await bringTogether(mine, draft, filesOf);
      }
      last = draft;
      if (own.length > 0) {
        await note(draft, false);
        for (const [other] of own) if (other !== tab) await local.drop(other);
        void send();
      }
      return isEmpty(draft) ? undefined : draft;
    },
    async keep(draft) {
      last = draft;
      try {
        await note(draft, false);
      } catch (error) {
        // A browser that keeps nothing: the gateway has to.
        revision = await remote.write(draft, revision).catch(() => {
          throw error;
        });
        sent = draft;
        return;
      }
      void send();
    },
    watch(told) {
      tell = told;
    },
  };
}

const isEmpty = ({ changes }: Draft): boolean => Object.keys(changes).length === 0;

/** Both changes over the newer of the versions that they were written over; where both changed the same words, mine stand. */
async function bringTogether(
  mine: Draft,
  theirs: Draft,
  filesOf: DraftPlaces['filesOf'],
): Promise<Draft> {
  if (isEmpty(theirs)) return mine;
  const base = Math.max(mine.base, theirs.base);
  const files = await filesOf(base);
  const onBase = async (draft: Draft) => {
    const bench = openWorkbench(
      draft.base === base ? files : await filesOf(draft.base),
      draft.changes,
    );
    return draft.base === base ? bench : moveOnto(bench, files).bench;
  };
  const [own, other] = [await onBase(mine), await onBase(theirs)];
  const { items } = mergePlaybooks(own.before, own.items, other.items);
  return { changes: keptOf({ ...own, items }), base };
}
