import type { Tip } from '../src/domain/tip.js';
import type { Coverage } from '../src/studio/coverage.js';
import type { Dismissal } from '../src/studio/dismissals.js';
import type { Idle } from '../src/studio/engine.js';
import type { Figures } from '../src/studio/figures.js';
import type { PlaybookFiles, StudioSample } from '../src/studio/studio-source.js';

/** What takes long to find out, by its name. */
interface Results {
  readonly coverage: Coverage | undefined;
  readonly idle: Idle | undefined;
  /** Of the content in view. */
  readonly figures: Figures | undefined;
  readonly tips: { readonly tips: readonly Tip[]; readonly dismissals: readonly Dismissal[] };
  readonly sample: StudioSample;
  /** Names of people, by their ids. */
  readonly people: ReadonlyMap<string, string>;
  /** Of the versions that were asked for, in their order. */
  readonly versions: readonly PlaybookFiles[];
}

export type WorkState<Result> = {
  /** What it was asked for. */
  readonly of: readonly unknown[];
} & (
  | { readonly is: 'running'; readonly share: number }
  | { readonly is: 'found'; readonly found: Result }
  | { readonly is: 'failed'; readonly because: string }
);

export type Works = { readonly [Name in keyof Results]?: WorkState<Results[Name]> };

/** Does it unless it was done, or is being done, for the same. */
export type Work = <Name extends keyof Results>(
  name: Name,
  of: readonly unknown[],
  task: (progress: (share: number) => void) => Promise<Results[Name]>,
) => void;

/** What comes back late is of no use any more. */
export function createWork(
  works: () => Works | undefined,
  set: (more: { readonly works: Works }) => void,
): Work {
  return (name, of, task) => {
    if (isSame(works()?.[name]?.of, of)) return;
    const isCurrent = (): boolean => works()?.[name]?.of === of;
    const put = (state: object): void => set({ works: { ...works(), [name]: { of, ...state } } });
    put({ is: 'running', share: 0 });
    task((share) => isCurrent() && put({ is: 'running', share })).then(
      (found) => isCurrent() && put({ is: 'found', found }),
      (error: unknown) => isCurrent() && put({ is: 'failed', because: messageOf(error) }),
    );
  };
}

const isSame = (a: readonly unknown[] | undefined, b: readonly unknown[]): boolean =>
  a?.length === b.length && a.every((one, i) => one === b[i]);

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
