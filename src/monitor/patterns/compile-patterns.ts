import { push } from '../../core/push.js';
import type { Days } from '../../core/span.js';
import type {
  AllPattern,
  Appointment,
  CountPattern,
  EventTests,
  FirstPattern,
  Pattern,
  Span,
} from '../../domain/pattern.js';
import type { Play, Playbook } from '../../domain/playbook.js';
import { slotOf } from './compare.js';

/** The patterns and moments that the plays of a playbook wait for, by the facts that move them. */
export interface PatternPlan {
  readonly byType: ReadonlyMap<string, readonly Watcher[]>;
  /** Of strict sequences, which any activity breaks. */
  readonly strict: readonly Watcher[];
  readonly byPlay: ReadonlyMap<string, Watcher>;
  readonly days: Days;
  /** The same for playbooks whose memories are the same. */
  readonly key: string;
}

export interface Watcher {
  readonly play: string;
  readonly about: Play['about'];
  readonly expiresMs: number;
  readonly watched: Watched;
}

export type Watched = SequencePlan | AllPattern | CountPattern | FirstPattern | Appointment;

export interface Silence {
  readonly no: EventTests;
  readonly within: Span;
}

/** A sequence with its silences beside the steps they belong to. */
export interface SequencePlan {
  readonly steps: readonly {
    readonly one: EventTests;
    /** What must not come between it and the next. */
    readonly no: EventTests;
  }[];
  /** Before the first step. */
  readonly quiet?: Silence;
  /** After the last. */
  readonly ending?: Silence;
  readonly within?: Span;
  readonly strict?: true;
  readonly without?: EventTests;
  /** Fields of earlier steps that are compared with, each until the last step that does; the ending is one of these. */
  readonly slots: readonly { readonly step: number; readonly of: string; readonly until: number }[];
}

/**
 * Of a sequence that compares with earlier events: beginnings of each length, each with other values. Beyond these, the
 * ones that end soonest are given up.
 */
export const MOST_BEGINNINGS = 32;

/** Kept moments of one play on one record: fifty weekly meetings, and those whose cards are open. */
export const MOST_MOMENTS = 64;

/**
 * What the agent notes about its own work and about records: no activity, and no break of a strict sequence unless the
 * pattern names it.
 */
export const NO_ACTIVITY: ReadonlySet<string> = new Set([
  ...['record-changed', 'record-deleted', 'response', 'tip', 'seen', 'bid', 'bid-withdrawn'],
  ...['published', 'roll-out', 'holdout-assigned', 'arm-assigned', 'rate', 'merged'],
]);

export function compilePatterns(playbook: Playbook): PatternPlan {
  const byType = new Map<string, Watcher[]>();
  const strict: Watcher[] = [];
  const byPlay = new Map<string, Watcher>();
  const written: unknown[] = [];
  for (const { id: play, about, expiresMs, trigger } of playbook.plays) {
    if (!('pattern' in trigger || 'at' in trigger)) continue;
    const watched = 'at' in trigger ? trigger.at : planPattern(trigger.pattern);
    const watcher: Watcher = { play, about, expiresMs, watched };
    written.push([play, about, watched, 'at' in trigger && expiresMs]);
    byPlay.set(play, watcher);
    if ('strict' in watched) strict.push(watcher);
    for (const type of typesOf(watched)) push(byType, type, watcher);
  }
  const { zone, workdays, holidays } = playbook;
  const days = { zone, workdays, holidays };
  return { byType, strict, byPlay, days, key: JSON.stringify([written, days]) };
}

function planPattern(pattern: Pattern): Exclude<Watched, Appointment> {
  if (!('sequence' in pattern)) return pattern;
  const steps: { one: EventTests; no: EventTests }[] = [];
  let quiet: Silence | undefined;
  let ending: Silence | undefined;
  for (const step of pattern.sequence) {
    const last = steps.at(-1);
    if ('one' in step) steps.push({ one: step.one, no: [] });
    else if (!step.within) last && steps.splice(-1, 1, { ...last, no: [...last.no, ...step.no] });
    else if (last) ending = { no: step.no, within: step.within };
    else quiet = { no: step.no, within: step.within };
  }
  const { within, strict, without } = pattern;
  return {
    steps,
    slots: findSlots(steps, ending),
    ...(quiet && { quiet }),
    ...(ending && { ending }),
    ...(within && { within }),
    ...(strict && { strict }),
    ...(without && { without }),
  };
}

function findSlots(
  steps: SequencePlan['steps'],
  ending: Silence | undefined,
): SequencePlan['slots'] {
  const slots = new Map<string, SequencePlan['slots'][number]>();
  const note = (tests: EventTests, until: number): void => {
    for (const { compare = [] } of tests)
      for (const { step, of } of compare) slots.set(slotOf({ step, of }), { step, of, until });
  };
  for (const [k, { one, no }] of steps.entries()) {
    note(one, k);
    note(no, k + 1);
  }
  note(ending?.no ?? [], steps.length);
  return [...slots.values()];
}

function testsOf(watched: Watched): readonly EventTests[] {
  if ('time' in watched) return [watched.of, watched.cancelledBy ?? []];
  if ('first' in watched) return [watched.first];
  const parts =
    'count' in watched
      ? [watched.of]
      : 'all' in watched
        ? watched.all
        : [
            ...watched.steps.flatMap(({ one, no }) => [one, no]),
            watched.quiet?.no ?? [],
            watched.ending?.no ?? [],
          ];
  return [...parts, watched.without ?? []];
}

/** Types of facts that move it. */
function typesOf(watched: Watched): ReadonlySet<string> {
  return new Set(testsOf(watched).flatMap((tests) => tests.map(({ event }) => event)));
}

/** The most facts that are remembered for it of one record, however many come. */
export function mostKept(watched: Watched): number {
  if ('time' in watched) return MOST_MOMENTS;
  if ('first' in watched) return 0;
  if ('count' in watched) return watched.count - 1;
  if ('all' in watched) return watched.all.length;
  const { steps, ending, slots } = watched;
  const { length } = steps;
  const facts = (length * (length - 1)) / 2 + (ending ? length : 0);
  return slots.length > 0 ? facts * MOST_BEGINNINGS : facts;
}
