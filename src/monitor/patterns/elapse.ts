import { comparePositions } from '../../domain/fact.js';
import type { PatternMemory, Watch } from '../../domain/pattern.js';
import type { PatternPlan, Watcher } from './compile-patterns.js';
import { forget } from './feed-sequence.js';
import { type Completion, putWatch, type Watches } from './feeding.js';

export interface Elapsed {
  readonly memory: PatternMemory;
  /** In order of time, play and record. */
  readonly completed: readonly Completion[];
}

/**
 * Time passes up to and including `until`: silences that nothing broke are over, and moments come. Without either the
 * very same memory comes back.
 */
export function elapse(plan: PatternPlan, before: PatternMemory, until: number): Elapsed {
  const completed: Completion[] = [];
  let watches: Watches | undefined;
  for (const [play, byRecord] of Object.entries(before.watches)) {
    const watcher = plan.byPlay.get(play);
    if (!watcher) continue;
    for (const [record, watch] of Object.entries(byRecord)) {
      const passed = pass(watcher, watch, until);
      if (passed.completed.length === 0) continue;
      for (const one of passed.completed) completed.push({ play, record, ...one });
      watches ??= { ...before.watches };
      putWatch(watches, play, record, passed.watch);
    }
  }
  completed.sort((a, b) =>
    comparePositions(
      { occurredAt: a.begin, id: `${a.play}|${a.record}` },
      { occurredAt: b.begin, id: `${b.play}|${b.record}` },
    ),
  );
  return { memory: watches ? { ...before, watches } : before, completed };
}

function pass(
  { watched }: Watcher,
  watch: Watch,
  until: number,
): { watch: Watch; completed: readonly Omit<Completion, 'play' | 'record'>[] } {
  const { waiting, moments } = watch;
  if (waiting && waiting.due <= until && 'steps' in watched) {
    const { due, values: _, ...match } = waiting;
    return { watch: forget(watched, due), completed: [{ begin: due, ...match }] };
  }
  const come = (moments ?? []).filter(({ due, fired }) => !fired && due <= until);
  return {
    watch: {
      ...watch,
      ...(moments && {
        moments: moments.map((one) => (come.includes(one) ? { ...one, fired: true } : one)),
      }),
    },
    completed: come.map(({ due, event, contact }) => ({
      begin: due,
      facts: [event],
      event,
      ...(contact !== undefined && { contact }),
    })),
  };
}

/** The next moment at which a silence is over or a moment comes; infinity where none will. */
export function findNextDue({ watches }: PatternMemory): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const byRecord of Object.values(watches))
    for (const { waiting, moments = [] } of Object.values(byRecord)) {
      if (waiting && waiting.due < soonest) soonest = waiting.due;
      for (const { due, fired } of moments) if (!fired && due < soonest) soonest = due;
    }
  return soonest;
}
