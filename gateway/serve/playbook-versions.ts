import { randomUUID } from 'node:crypto';
import { type Agent, OpportuneError, type Playbook, type Store } from 'opportune';
import { compilePlaybook, type Problem, type SourceFile } from 'opportune/plan';
import {
  approveVersion,
  type Doing,
  proposeVersion,
  publishVersion,
  rollBackVersion,
  withdrawVersion,
} from '../../src/studio/versions.js';
import {
  type Given,
  type PlaybookLog,
  type StoredFiles,
  type StoredLog,
  toSource,
} from '../database/playbook-log.js';

/** What did not compile is in no log, and the problems say why. */
export interface Changed {
  readonly log?: StoredLog;
  /** The compiled playbook. */
  readonly version?: string;
  readonly problems: readonly Problem[];
}

/** Everything that was ever in force, who put it there, and what waits for a second person: for the studio and for commands. */
export interface PlaybookVersions {
  /** Who writes with the role of a marketer does not publish alone. */
  readonly needsSecond: boolean;
  log(): Promise<StoredLog>;
  filesOf(files: StoredFiles): Promise<readonly SourceFile[]>;
  /** Over the version `base` and no other; without it over whichever is live. The live one again changes nothing. */
  publish(files: readonly SourceFile[], by: string, base?: number): Promise<Changed>;
  /** Where nothing was published yet. */
  publishFirst(files: readonly SourceFile[]): Promise<void>;
  propose(files: readonly SourceFile[], by: string, base: number): Promise<Changed>;
  approve(at: number, by: string): Promise<Changed>;
  withdraw(at: number): Promise<StoredLog>;
  rollBack(number: number, by: string): Promise<StoredLog>;
  /** The same by what a version compiled to, which may be of a time before there was a log. */
  rollBackTo(version: string, by: string): Promise<void>;
}

export interface VersionsOptions {
  readonly log: PlaybookLog;
  readonly store: Pick<Store, 'get' | 'put' | 'names'>;
  readonly agent: Pick<Agent, 'playbook'>;
  readonly clock: { now(): number };
  readonly needsSecond: boolean;
  /** Something is queued. */
  wake(): void;
}

/** Queued versions are values of the store under this name, so that a publish survives a restart in its midst. */
export const QUEUE = 'publishing/';
/** Playbooks that were in force, to the byte. */
export const HELD = 'playbook/';
/** The files of a compiled playbook, for who knows that one alone. */
const SOURCE = 'source/';

export function createPlaybookVersions(options: VersionsOptions): PlaybookVersions {
  const { log, store, agent, clock, needsSecond, wake } = options;
  let isBegun = false;

  /** What was published before there was a log begins it. */
  async function first(): Promise<Given> {
    if (isBegun) return {};
    isBegun = (await log.update((held) => held)).published.length > 0;
    if (isBegun) return {};
    const name = [...(await store.names(QUEUE))].sort().at(-1);
    const playbook =
      name === undefined ? await agent.playbook() : ((await store.get(name)) as Playbook);
    const files = playbook && (await sourceOf(playbook.version));
    return playbook && files
      ? { first: { source: toSource(files), version: playbook.version, at: clock.now() } }
      : {};
  }
  const sourceOf = async (version: string): Promise<readonly SourceFile[] | undefined> =>
    (await store.get(SOURCE + version)) as readonly SourceFile[] | undefined;
  const update = async (
    change: (held: StoredLog) => StoredLog,
    given: Omit<Given, 'first'> = {},
  ): Promise<StoredLog> => {
    const next = await log.update(change, { ...given, ...(await first()) });
    if (given.queued) wake();
    return next;
  };
  const compile = (files: readonly SourceFile[]): ReturnType<typeof compilePlaybook> =>
    compilePlaybook(files, { today: new Date(clock.now()).toISOString().slice(0, 10) });
  const queued = (playbook: Playbook): NonNullable<Given['queued']> => ({
    playbook,
    name: nameInQueue,
  });
  const doing = (by: string): Doing => ({ by, at: Math.floor(clock.now()) });

  /** Compiles, and changes the log where that went well. */
  async function take(
    files: readonly SourceFile[],
    change: (held: StoredLog, files: StoredFiles) => StoredLog,
    goesLive: boolean,
  ): Promise<Changed> {
    const { playbook, problems } = compile(files);
    if (!playbook) return { problems };
    const { version } = playbook;
    const source = toSource(files);
    await store.put(SOURCE + version, files);
    const changed = await update((held) => change(held, { hash: source.hash, version }), {
      source,
      ...(goesLive && { queued: queued(playbook) }),
    });
    return { log: changed, version, problems };
  }

  /** To the byte what was in force under that name, where it was. */
  async function compiledOf({ hash, version }: StoredFiles): Promise<Playbook> {
    const held = (await store.get(HELD + version)) as Playbook | undefined;
    const playbook = held ?? compile(await log.filesOf(hash)).playbook;
    if (playbook) return playbook;
    throw unknown(version);
  }

  async function rollBack(number: number, by: string): Promise<StoredLog> {
    const held = await update((one) => one);
    const earlier = held.published.find((one) => one.number === number);
    return update(
      (now) => rollBackVersion(now, number, doing(by)),
      earlier && { queued: queued(await compiledOf(earlier.files)) },
    );
  }

  return {
    needsSecond,
    log: () => update((held) => held),
    filesOf: ({ hash }) => log.filesOf(hash),
    publish: (files, by, base) =>
      take(
        files,
        (held, own) => {
          const live = held.published.at(-1);
          if (base === undefined && live && isSame(live.files, own)) return held;
          return publishVersion(held, { files: own, base: base ?? live?.number ?? 0 }, doing(by));
        },
        true,
      ),
    async publishFirst(files) {
      const change = (held: StoredLog, own: StoredFiles): StoredLog =>
        held.published.length > 0
          ? held
          : publishVersion(held, { files: own, base: 0 }, doing('system'));
      await take(files, change, true);
    },
    propose: (files, by, base) =>
      take(
        files,
        (held, own) => {
          // By its moment somebody approves it: a later one has another, also within one millisecond.
          const at = Math.max(Math.floor(clock.now()), 1 + (held.proposal?.at ?? 0));
          return proposeVersion(held, { files: own, base }, { by, at });
        },
        false,
      ),
    async approve(at, by) {
      const { proposal } = await update((held) => held);
      // Who may not, and what does not wait, is refused before anything is compiled.
      const { playbook, problems } =
        proposal?.at === at && proposal.by !== by
          ? compile(await log.filesOf(proposal.files.hash))
          : { playbook: undefined, problems: [] };
      if (!playbook && problems.length > 0) return { problems };
      const approved = await update(
        (held) => approveVersion(held, at, doing(by)),
        playbook && { queued: queued(playbook) },
      );
      return { log: approved, problems, ...(playbook && { version: playbook.version }) };
    },
    withdraw: (at) => update((held) => withdrawVersion(held, at)),
    rollBack,
    async rollBackTo(version, by) {
      const { published } = await update((held) => held);
      const earlier = published.findLast((one) => one.files.version === version);
      if (earlier) {
        await rollBack(earlier.number, by);
        return;
      }
      const playbook = (await store.get(HELD + version)) as Playbook | undefined;
      const files = playbook && (await sourceOf(version));
      if (!playbook || !files) throw unknown(version);
      const source = toSource(files);
      const own = { hash: source.hash, version };
      await update(
        (held) =>
          publishVersion(held, { files: own, base: held.published.at(-1)?.number ?? 0 }, doing(by)),
        { source, queued: queued(playbook) },
      );
    },
  };
}

/** In the order in which they were queued. */
export const nameInQueue = (at: number): string =>
  `${QUEUE}${String(at).padStart(15, '0')}-${randomUUID()}`;

const isSame = (one: StoredFiles, other: StoredFiles): boolean =>
  one.hash === other.hash && one.version === other.version;

export const unknown = (version: string): OpportuneError =>
  new OpportuneError('opportune/unknown-playbook', `there is no version ${version}`, {
    remedy: 'See /v1/playbook/versions',
  });
