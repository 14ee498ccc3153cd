import type { Sliced } from '../core/run-sliced.js';

/** What happened at one moment of a timeline. */
export interface Step {
  readonly kinds: readonly string[];
  /** In any unit, rising along the timeline. Without limits on time, places in order will do. */
  readonly at: number;
}

export type Timeline = readonly Step[];

/** First all of these kinds at one moment, then, later, all of those. */
export type Sequence = readonly (readonly string[])[];

export interface FoundSequence {
  readonly sequence: Sequence;
  /** Timelines in which it happens. */
  readonly timelines: readonly number[];
}

export interface SequenceLimits {
  /** The longest time from one step to the next. Default: none. */
  readonly mostGap?: number;
  /** The longest time from the first step to the last. Default: none. */
  readonly mostSpan?: number;
}

export interface FindSequencesOptions extends SequenceLimits {
  /** Timelines in which a sequence happens at least; 1 or more. */
  readonly minCount: number;
  /** Kinds in one sequence, over all its steps. Default: no limit. */
  readonly mostKinds?: number;
}

/** Where a sequence can end in a timeline: at which step, and when the latest start of it was. */
interface End {
  readonly step: number;
  readonly start: number;
}

interface Found {
  readonly timeline: number;
  readonly ends: readonly End[];
}

/** Ends that a slice goes through: some milliseconds. */
const SLICE_ENDS = 50_000;

/**
 * Every sequence that happens in enough timelines: pattern growth over projections (Pei et al., PrefixSpan, 2001). All
 * places where a sequence can end are followed, not the first alone, as limits on time ask for (Zaki, cSPADE, 2000):
 * of the ways to one end the one with the latest start leaves most room.
 */
export function* findSequences(
  timelines: readonly Timeline[],
  { minCount, mostKinds = Number.POSITIVE_INFINITY, ...limits }: FindSequencesOptions,
): Sliced<readonly FoundSequence[]> {
  const all: FoundSequence[] = [];
  let work = 0;
  function* grow(
    prefix: Sequence,
    length: number,
    found: readonly Found[],
    from: number,
    to: number,
  ): Sliced<void> {
    const { beside, after } = collect(timelines, prefix, found, limits);
    const next = [
      ...[...beside].map(([kind, where]) => ({
        sequence: [...prefix.slice(0, -1), [...(prefix.at(-1) ?? []), kind]],
        where,
      })),
      ...[...after].map(([kind, where]) => ({ sequence: [...prefix, [kind]], where })),
    ].filter(({ where }) => where.length >= minCount);
    for (const { where } of next) for (const { ends } of where) work += ends.length;
    for (const [i, { sequence, where }] of next.entries()) {
      const start = from + ((to - from) * i) / next.length;
      if (work > SLICE_ENDS) {
        work = 0;
        yield start;
      }
      all.push({ sequence, timelines: where.map(({ timeline }) => timeline) });
      if (length + 1 < mostKinds)
        yield* grow(
          sequence,
          length + 1,
          where,
          start,
          from + ((to - from) * (i + 1)) / next.length,
        );
    }
  }
  yield* grow(
    [],
    0,
    timelines.map((_, timeline) => ({ timeline, ends: [] })),
    0,
    1,
  );
  return all;
}

type ByKind = Map<string, Found[]>;

/** By kind: where the sequence ends when the kind is added to its last step, and when it follows as a new one. */
function collect(
  timelines: readonly Timeline[],
  prefix: Sequence,
  found: readonly Found[],
  limits: SequenceLimits,
): { readonly beside: ByKind; readonly after: ByKind } {
  const beside: ByKind = new Map();
  const after: ByKind = new Map();
  const last = prefix.at(-1)?.at(-1);
  const add = (to: ByKind, kind: string, timeline: number, end: End): void => {
    const all = to.get(kind) ?? [];
    if (all.length === 0) to.set(kind, all);
    const newest = all.at(-1);
    if (newest?.timeline === timeline) (newest.ends as End[]).push(end);
    else all.push({ timeline, ends: [end] });
  };
  for (const { timeline, ends } of found) {
    const steps = timelines[timeline] as Timeline;
    for (const end of ends)
      for (const kind of new Set(steps[end.step]?.kinds))
        if (last !== undefined && kind > last) add(beside, kind, timeline, end);
    for (
      let step = prefix.length === 0 ? 0 : (ends[0] as End).step + 1;
      step < steps.length;
      step++
    ) {
      const start =
        prefix.length === 0 ? (steps[step] as Step).at : latestStart(steps, step, ends, limits);
      if (start === undefined) continue;
      for (const kind of new Set((steps[step] as Step).kinds))
        add(after, kind, timeline, { step, start });
    }
  }
  return { beside, after };
}

/** The latest start among the ends that this step can follow; undefined: it can follow none. */
function latestStart(
  steps: Timeline,
  step: number,
  ends: readonly End[],
  { mostGap = Number.POSITIVE_INFINITY, mostSpan = Number.POSITIVE_INFINITY }: SequenceLimits,
): number | undefined {
  const { at } = steps[step] as Step;
  let latest: number | undefined;
  for (const end of ends) {
    if (end.step >= step) break;
    if (at - (steps[end.step] as Step).at > mostGap || at - end.start > mostSpan) continue;
    if (latest === undefined || end.start > latest) latest = end.start;
  }
  return latest;
}

/** Those of which no longer one happens in the same timelines: what a shorter one says, a longer one says as well. */
export function closedSequences(found: readonly FoundSequence[]): readonly FoundSequence[] {
  const byTimelines = new Map<string, FoundSequence[]>();
  for (const one of found) {
    const where = one.timelines.join();
    byTimelines.set(where, [...(byTimelines.get(where) ?? []), one]);
  }
  return found.filter(({ sequence, timelines }) => {
    const alike = byTimelines.get(timelines.join()) ?? [];
    return !alike.some(
      (other) => other.sequence !== sequence && isPartOf(sequence, other.sequence),
    );
  });
}

/** Whether the steps of one are found, in order, within steps of the other. */
export function isPartOf(part: Sequence, whole: Sequence): boolean {
  let at = 0;
  for (const kinds of part) {
    while (
      at < whole.length &&
      !kinds.every((kind) => (whole[at] as readonly string[]).includes(kind))
    )
      at++;
    if (at++ >= whole.length) return false;
  }
  return true;
}

/** Whether a sequence happens in a timeline. */
export function happens(
  sequence: Sequence,
  timeline: Timeline,
  limits: SequenceLimits = {},
): boolean {
  let ends: readonly End[] = [];
  for (const [place, kinds] of sequence.entries()) {
    const next: End[] = [];
    for (const [step, { kinds: here, at }] of timeline.entries()) {
      if (!kinds.every((kind) => here.includes(kind))) continue;
      const start = place === 0 ? at : latestStart(timeline, step, ends, limits);
      if (start !== undefined) next.push({ step, start });
    }
    ends = next;
  }
  return sequence.length === 0 || ends.length > 0;
}
