import { judge } from '../../core/condition.js';
import type { Fact } from '../../domain/fact.js';
import { NO_MEMORY, type PatternMemory, type Watch } from '../../domain/pattern.js';
import { kindOf, type RecordId } from '../../domain/value.js';
import { holdsAgainst } from './compare.js';
import { NO_ACTIVITY, type PatternPlan, type Watched, type Watcher } from './compile-patterns.js';
import { elapse } from './elapse.js';
import { feedAppointment } from './feed-appointment.js';
import { feedAll, feedCount, feedFirst } from './feed-parts.js';
import { feedSequence } from './feed-sequence.js';
import {
  type Completion,
  type Feeding,
  type PatternView,
  putWatch,
  type Revoked,
  type Step,
  type Watches,
} from './feeding.js';

const NOTHING: Watch = {};

export interface Fed {
  readonly memory: PatternMemory;
  readonly completed: readonly Completion[];
  readonly revoked: readonly Revoked[];
}

/**
 * One fact into the memory of the patterns: after all facts before it, and after {@link elapse} up to its time. `view` is
 * the account with the fact folded. As for an `event`, a fact concerns the account whose timeline it is in, and a contact
 * or an opportunity that it names. One that names none of them may have been about each: it counts for `no`, `without`
 * and `cancelledBy` on all of them, so that in doubt nothing opens.
 */
export function feed(
  plan: PatternPlan,
  before: PatternMemory,
  fact: Fact,
  view: PatternView,
  account: RecordId,
): Fed {
  // A new subject is published to before its first fact, at the beginning of time.
  if (fact.type === 'published') return { memory: before, completed: [], revoked: [] };
  const since = before.since ?? fact.occurredAt;
  let watches: Watches | undefined;
  const completed: Completion[] = [];
  const revoked: Revoked[] = [];

  const put = (play: string, record: RecordId, watch: Watch): void => {
    watches ??= { ...before.watches };
    putWatch(watches, play, record, watch);
  };
  const feedOne = (watcher: Watcher, record: RecordId, named: boolean): void => {
    const { play, watched, expiresMs } = watcher;
    const state = view.records[record];
    if (!state || state.deleted) return;
    const watch = before.watches[play]?.[record] ?? NOTHING;
    const step = feedWatched(watched, watch, expiresMs, {
      fact,
      named,
      since,
      days: plan.days,
      matches: (tests, kept = {}) =>
        tests.some(
          ({ event, where, compare = [] }) =>
            event === fact.type &&
            (!where || judge(where, view.situated(state, fact.data))) &&
            compare.every((one) => holdsAgainst(one, fact, kept)),
        ),
    });
    if (step.done) completed.push({ play, record, begin: fact.occurredAt, ...step.done });
    if (step.revoked !== undefined) revoked.push({ play, record, event: step.revoked });
    if (step.watch === watch) return;
    if (watch !== NOTHING || Object.keys(step.watch).length > 0) put(play, record, step.watch);
  };

  for (const watcher of watchersOf(plan, fact)) {
    const { about } = watcher;
    const named = about === 'account' ? [account] : fact.about.filter((id) => kindOf(id) === about);
    for (const record of new Set(named)) feedOne(watcher, record, true);
    if (named.length > 0) continue;
    for (const { id, kind } of Object.values(view.records))
      if (kind === about) feedOne(watcher, id, false);
  }
  const gone = fact.type === 'record-deleted' ? fact.about[0] : undefined;
  if (gone !== undefined)
    for (const [play, byRecord] of Object.entries(before.watches))
      if (gone in byRecord) put(play, gone, NOTHING);
  return { memory: { since, watches: watches ?? before.watches }, completed, revoked };
}

/**
 * The memory with a fact from before the patterns were published, or with the fact that publishes them: what is complete
 * by then opens nothing.
 */
export function remember(
  plan: PatternPlan,
  before: PatternMemory | undefined,
  fact: Fact,
  view: PatternView,
  account: RecordId,
): PatternMemory {
  const { memory } = elapse(plan, before ?? NO_MEMORY, fact.occurredAt);
  return feed(plan, memory, fact, view, account).memory;
}

function watchersOf({ byType, strict }: PatternPlan, { type }: Fact): Iterable<Watcher> {
  const interested = byType.get(type) ?? [];
  if (strict.length === 0 || NO_ACTIVITY.has(type)) return interested;
  return new Set([...interested, ...strict]);
}

function feedWatched(watched: Watched, watch: Watch, expiresMs: number, feeding: Feeding): Step {
  if ('steps' in watched) return feedSequence(watched, watch, feeding);
  if ('all' in watched) return feedAll(watched, watch, feeding);
  if ('count' in watched) return feedCount(watched, watch, feeding);
  if ('first' in watched) return feedFirst(watched, watch, feeding);
  return feedAppointment(watched, watch, feeding, expiresMs);
}
