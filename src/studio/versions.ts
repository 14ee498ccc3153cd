import { OpportuneError } from '../core/errors.js';
import type { PlaybookFiles } from './studio-source.js';

/** A playbook that was put in force, as it is listed. */
export interface VersionNote {
  /** Counts from 1. */
  readonly number: number;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who looked at it before it went live; absent where nobody had to. */
  readonly approvedBy?: string;
  /** It is that one again, to the byte. */
  readonly backTo?: number;
}

/** `Files` is what a place keeps them as. */
export interface PublishedVersion<Files = PlaybookFiles> extends VersionNote {
  readonly files: Files;
}

/** A playbook that waits for a second person. */
export interface Proposal<Files = PlaybookFiles> {
  readonly files: Files;
  readonly by: string;
  readonly at: number;
  /** The number of the version that was changed. */
  readonly base: number;
}

/** Everything that was ever in force, the live one last, and what waits to be. */
export interface VersionLog<Files = PlaybookFiles> {
  readonly published: readonly PublishedVersion<Files>[];
  readonly proposal?: Proposal<Files>;
}

/** The log as a studio is told of it: with the files of what is live and of what waits, and of no earlier version. */
export interface ToldLog {
  readonly published: readonly VersionNote[];
  readonly live?: PublishedVersion;
  readonly proposal?: Proposal;
}

/** Who does something, and when. */
export interface Doing {
  readonly by: string;
  readonly at: number;
}

/** Where versions are kept for one author. Each call gives what is there afterwards. */
export interface StudioVersions {
  /** What is published is first looked at by somebody else. */
  readonly needsSecond: boolean;
  list(): Promise<ToldLog>;
  /** Those of one version that is listed. */
  filesOf(number: number): Promise<PlaybookFiles>;
  /** `base` is the number of the version that was changed. Rejects with `opportune/live-moved` when another is live. */
  publish(files: PlaybookFiles, base: number): Promise<ToldLog>;
  propose(files: PlaybookFiles, base: number): Promise<ToldLog>;
  /** The proposal of that moment goes live. */
  approve(at: number): Promise<ToldLog>;
  withdraw(at: number): Promise<ToldLog>;
  rollBack(number: number): Promise<ToldLog>;
}

const liveIn = <Files>({ published }: VersionLog<Files>): PublishedVersion<Files> | undefined =>
  published.at(-1);

/**
 * The log with a playbook in force.
 * @throws OpportuneError `opportune/live-moved` when another version than `base` is live: nothing of it may be lost.
 */
export function publishVersion<Files>(
  log: VersionLog<Files>,
  { files, base }: Pick<Proposal<Files>, 'files' | 'base'>,
  { by, at }: Doing,
  approvedBy?: string,
): VersionLog<Files> {
  holdToLive(log, base);
  const number = 1 + (liveIn(log)?.number ?? 0);
  const next = { number, files, by, at, ...(approvedBy !== undefined && { approvedBy }) };
  const { proposal, ...rest } = log;
  const isDone = proposal?.files === files || proposal === undefined;
  return { ...rest, published: [...log.published, next], ...(!isDone && { proposal }) };
}

/** @throws OpportuneError `opportune/live-moved`, and `opportune/proposal-waits` when somebody else's waits. */
export function proposeVersion<Files>(
  log: VersionLog<Files>,
  { files, base }: Pick<Proposal<Files>, 'files' | 'base'>,
  { by, at }: Doing,
): VersionLog<Files> {
  holdToLive(log, base);
  const { proposal } = log;
  if (proposal && proposal.by !== by)
    throw new OpportuneError('opportune/proposal-waits', `a change by ${proposal.by} waits`, {
      where: 'versions',
      remedy: 'Review it first; yours stays in your draft',
    });
  return { ...log, proposal: { files, by, at, base } };
}

/** @throws OpportuneError `opportune/own-approval` for who wrote it, and `opportune/no-proposal` when it is not there any more. */
export function approveVersion<Files>(
  log: VersionLog<Files>,
  at: number,
  doing: Doing,
): VersionLog<Files> {
  const proposal = findProposal(log, at);
  if (proposal.by === doing.by)
    throw new OpportuneError('opportune/own-approval', 'who wrote a change does not approve it', {
      where: 'versions',
      remedy: 'Ask a second person to look at it',
    });
  return publishVersion(log, proposal, { by: proposal.by, at: doing.at }, doing.by);
}

/** @throws OpportuneError `opportune/no-proposal`. */
export function withdrawVersion<Files>(log: VersionLog<Files>, at: number): VersionLog<Files> {
  findProposal(log, at);
  const { proposal, ...rest } = log;
  return rest;
}

/** The log with an earlier version in force again. @throws OpportuneError `opportune/no-version`. */
export function rollBackVersion<Files>(
  log: VersionLog<Files>,
  number: number,
  { by, at }: Doing,
): VersionLog<Files> {
  const { files } = findVersion(log, number);
  const next = 1 + (liveIn(log)?.number ?? 0);
  return { ...log, published: [...log.published, { number: next, files, by, at, backTo: number }] };
}

function holdToLive<Files>(log: VersionLog<Files>, base: number): void {
  const live = liveIn(log);
  if (!live || live.number === base) return;
  throw new OpportuneError(
    'opportune/live-moved',
    `version ${live.number} by ${live.by} is live meanwhile`,
    { where: 'versions', remedy: 'Bring both together, and look at the whole again' },
  );
}

function findProposal<Files>({ proposal }: VersionLog<Files>, at: number): Proposal<Files> {
  if (proposal?.at === at) return proposal;
  throw new OpportuneError('opportune/no-proposal', 'it does not wait any more', {
    where: 'versions',
    remedy: 'Look at the versions again',
  });
}

const toldLog = (log: VersionLog): ToldLog => {
  const live = liveIn(log);
  return { ...log, ...(live && { live }) };
};

/** @throws OpportuneError `opportune/no-version`. */
function findVersion<Files>(
  { published }: VersionLog<Files>,
  number: number,
): PublishedVersion<Files> {
  const found = published.find((one) => one.number === number);
  if (found) return found;
  throw new OpportuneError('opportune/no-version', `there is no version ${number}`, {
    where: 'versions',
    remedy: 'Choose one of those that are listed',
  });
}

/**
 * Versions for one author in a place that changes a log as a whole: `update` gives it what is there and keeps what it
 * returns, with nobody in between. `goLive` puts in force what the log says is live.
 */
export function createVersions({
  update,
  goLive,
  author,
  needsSecond,
  now,
}: {
  readonly update: (change: (log: VersionLog) => VersionLog) => Promise<VersionLog>;
  readonly goLive: (files: PlaybookFiles) => Promise<void>;
  readonly author: string;
  readonly needsSecond: boolean;
  readonly now: () => number;
}): StudioVersions {
  const doing = (): Doing => ({ by: author, at: now() });
  const told = async (change: (log: VersionLog) => VersionLog): Promise<ToldLog> =>
    toldLog(await update(change));
  const andGoLive = async (change: (log: VersionLog) => VersionLog): Promise<ToldLog> => {
    const log = await told(change);
    if (log.live) await goLive(log.live.files);
    return log;
  };
  return {
    needsSecond,
    list: () => told((log) => log),
    filesOf: async (number) => findVersion(await update((log) => log), number).files,
    async publish(files, base) {
      if (needsSecond)
        throw new OpportuneError('opportune/needs-second', 'a second person looks at it first', {
          where: 'versions',
          remedy: 'Ask for a review',
        });
      return andGoLive((log) => publishVersion(log, { files, base }, doing()));
    },
    propose: (files, base) => told((log) => proposeVersion(log, { files, base }, doing())),
    approve: (at) => andGoLive((log) => approveVersion(log, at, doing())),
    withdraw: (at) => told((log) => withdrawVersion(log, at)),
    rollBack: (number) => andGoLive((log) => rollBackVersion(log, number, doing())),
  };
}
