import { isOpportuneError } from '../src/core/errors.js';
import { mergePlaybooks } from '../src/studio/merge-playbooks.js';
import type { OpenedPlaybook, StudioSource } from '../src/studio/studio-source.js';
import type { ToldLog } from '../src/studio/versions.js';
import { VERSIONS_STRINGS as WORDS } from '../src/studio/versions-strings.js';
import * as bench from '../src/studio/workbench.js';
import { personName } from './studio-person.js';
import type { StudioState } from './studio-state.js';

/** What is done with versions. What goes wrong is said. */
export interface VersionsDesk {
  readonly needsSecond: boolean;
  /** Publishes what is on the bench, or asks for a review of it. */
  publish(): Promise<void>;
  approve(at: number): Promise<void>;
  withdraw(at: number): Promise<void>;
  rollBack(number: number): Promise<void>;
  /** Of a conflict, by its number, whose words stand. */
  choose(conflict: number, whose: 'mine' | 'theirs'): void;
}

/** What it needs of the desk that it belongs to. */
interface Core {
  readonly source: StudioSource;
  state(): StudioState;
  set(more: Partial<StudioState>): void;
  /** Keeps, compiles and counts what is on the bench now. */
  changed(): void;
}

/** Undefined where the source keeps no versions. `keptFrom` is the version that what was kept changes. */
export async function openVersions(
  core: Core,
  { kept, keptFrom }: Pick<OpenedPlaybook, 'kept' | 'keptFrom'>,
): Promise<VersionsDesk | undefined> {
  const { versions } = core.source;
  if (!versions) return undefined;
  const log = await versions.list();
  const { live } = log;
  core.set({ log, ...(live && { base: live.number }) });
  // What was kept was written over another version than the one that is live.
  if (live && keptFrom !== undefined && keptFrom !== live.number)
    moveOnto(bench.openWorkbench(await versions.filesOf(keptFrom), kept), log);

  function moveOnto(mine: bench.Workbench, next: ToldLog): void {
    const now = next.live;
    if (!now) return;
    const { bench: moved, conflicts } = bench.moveOnto(mine, now.files);
    core.set({
      log: next,
      base: now.number,
      bench: moved,
      together: {
        by: now.by,
        base: mine.before,
        mine: mine.items,
        theirs: moved.before,
        conflicts,
        chosen: new Map(),
      },
      said: WORDS.together.replace('{who}', () => personName(now.by)),
    });
    core.changed();
  }

  /** Where what is `mine` was written over another version than the live one, both are brought together. */
  async function attempt(
    act: () => Promise<ToldLog>,
    said: (log: ToldLog) => string,
    mine = false,
  ): Promise<ToldLog | undefined> {
    try {
      const next = await act();
      core.set({ log: next, said: said(next) });
      return next;
    } catch (error) {
      if (mine && isOpportuneError(error) && error.code === 'opportune/live-moved')
        moveOnto(core.state().bench, (await versions?.list()) ?? log);
      else core.set({ said: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
  const numberIn = (words: string, next: ToldLog): string =>
    words.replace('{number}', `${next.live?.number ?? 0}`);

  return {
    needsSecond: versions.needsSecond,
    async publish() {
      const { bench: held, base = 0 } = core.state();
      const files = bench.filesOf(held);
      if (versions.needsSecond) {
        await attempt(
          () => versions.propose(files, base),
          () => WORDS.proposed,
          true,
        );
        return;
      }
      const next = await attempt(
        () => versions.publish(files, base),
        (found) => numberIn(WORDS.published, found),
        true,
      );
      const now = next?.live;
      if (!now) return;
      core.set({ bench: bench.settle(core.state().bench, files), base: now.number });
      forgetTogether();
      core.changed();
    },
    async approve(at) {
      const next = await attempt(
        () => versions.approve(at),
        (found) => numberIn(WORDS.published, found),
      );
      if (next) follow(next);
    },
    async withdraw(at) {
      await attempt(
        () => versions.withdraw(at),
        () => WORDS.withdrawn,
      );
    },
    async rollBack(number) {
      const next = await attempt(
        () => versions.rollBack(number),
        () => WORDS.rolledBack.replace('{number}', `${number}`),
      );
      if (next) follow(next);
    },
    choose(conflict, whose) {
      const { together, bench: held } = core.state();
      const one = together?.conflicts[conflict];
      if (!together || !one) return;
      const chosen = new Map(together.chosen).set(conflict, whose);
      const { base, mine, theirs, conflicts } = together;
      const { items } = mergePlaybooks(base, mine, theirs, ({ item, field }) => {
        const i = conflicts.findIndex((other) => other.item === item && other.field === field);
        return chosen.get(i) ?? 'mine';
      });
      core.set({
        together: { ...together, chosen },
        bench: bench.changeItem(held, one.item, items.get(one.item), WORDS.title),
      });
      core.changed();
    },
  };

  /** Another version is live than the one that is changed here, and the draft goes on over it. */
  function follow(next: ToldLog): void {
    const now = next.live;
    const { bench: held } = core.state();
    if (!now) return;
    if (Object.keys(bench.changesOf(held)).length > 0) {
      moveOnto(held, next);
      return;
    }
    core.set({ bench: bench.moveOnto(held, now.files).bench, base: now.number });
    core.changed();
  }

  function forgetTogether(): void {
    const { together } = core.state();
    if (together) core.set({ together: { ...together, conflicts: [], chosen: new Map() } });
  }
}
