/**
 * Long work in slices of some milliseconds: every `next` does one and tells what share is done, 0 to 1. It holds no
 * clock and starts no timer: a worker runs it through, a page yields to the browser in between.
 */
export type Sliced<Result> = Generator<number, Result, void>;

/** To the end, without a pause. */
export function runThrough<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}

export interface RunSlicedOptions {
  /** Called after each slice; it settles when the next may begin. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal;
  /** Told the share done after each slice, 0 to 1; it never falls. */
  readonly progress?: (share: number) => void;
}

/** @throws the reason of the signal, once it is aborted: at the latest after the slice that runs. */
export async function runSliced<Result>(
  work: Sliced<Result>,
  { pause, signal, progress }: RunSlicedOptions,
): Promise<Result> {
  let most = 0;
  for (;;) {
    signal?.throwIfAborted();
    const slice = work.next();
    if (slice.done) return slice.value;
    most = Math.max(most, slice.value);
    progress?.(most);
    await pause();
  }
}

/** Work that is part of other work, of which it makes the share from `from` to `to`. */
export function* within<Result>(work: Sliced<Result>, from: number, to: number): Sliced<Result> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    yield from + (to - from) * slice.value;
  }
}
