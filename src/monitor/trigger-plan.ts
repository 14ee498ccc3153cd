import { createMatcher, type Matcher } from '../core/matcher/create-matcher.js';
import { push } from '../core/push.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import type { Condition } from '../domain/condition.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import { createPatternEngine, type PatternEngine } from './patterns/engine.js';
import { findReads, type Reads } from './reads.js';

/** Plays of a playbook, as time and facts open them. */
export interface TriggerPlan {
  readonly playbook: Playbook;
  readonly byId: ReadonlyMap<string, Play>;
  /** Plays by the type of fact that they wait for; types that only patterns wait for have none. */
  readonly events: ReadonlyMap<string, readonly Play[]>;
  /** Where some play waits for a pattern or a moment. */
  readonly patterns?: PatternEngine;
  /** Plays that open when something becomes true, by the kind of record that they are about. */
  readonly kinds: ReadonlyMap<RecordKind, KindPlan>;
  /** Moments at which some play begins or ceases to be valid. */
  readonly turnsOfValidity: readonly number[];
}

/** The plays about one kind of record that open when something becomes true. */
export interface KindPlan {
  /** What becomes true, by play. */
  readonly matcher: Matcher;
  /** Those that open again only after another condition has held. */
  readonly rearming: ReadonlyMap<string, Condition>;
  readonly reads: Reads;
}

export function createTriggerPlan(playbook: Playbook): TriggerPlan {
  const { plays, zone } = playbook;
  const begins = plays.map(({ valid }) => dayOfDate(valid?.from ?? ''));
  const ceases = plays.map(({ valid }) => dayOfDate(valid?.until ?? '') + 1);
  const events = new Map<string, Play[]>();
  const perKind = new Map<RecordKind, Play[]>();
  for (const play of plays) {
    if ('event' in play.trigger) push(events, play.trigger.event, play);
    if ('becomes' in play.trigger) push(perKind, play.about, play);
  }
  const patterns = createPatternEngine(playbook);
  for (const type of patterns?.types ?? []) if (!events.has(type)) events.set(type, []);
  return {
    playbook,
    byId: new Map(plays.map((play) => [play.id, play])),
    events,
    ...(patterns && { patterns }),
    kinds: new Map([...perKind].map(([kind, own]) => [kind, createKindPlan(kind, own, playbook)])),
    turnsOfValidity: [...begins, ...ceases]
      .filter((day) => !Number.isNaN(day))
      .map((day) => startOfDay(day, zone)),
  };
}

function createKindPlan(
  kind: RecordKind,
  plays: readonly Play[],
  { attributes }: Playbook,
): KindPlan {
  const entries: { id: string; when: Condition }[] = [];
  const rearming = new Map<string, Condition>();
  for (const { id, trigger } of plays) {
    if (!('becomes' in trigger)) continue;
    entries.push({ id, when: trigger.becomes });
    if (trigger.rearm) rearming.set(id, trigger.rearm);
  }
  // What is derived comes as a value here: the matcher is not to derive days of its own.
  const plain = attributes.map(({ id, type, values = [] }) => ({ id, type, values }));
  const conditions = [...entries.map(({ when }) => when), ...rearming.values()];
  return {
    matcher: createMatcher(entries, plain),
    rearming,
    reads: findReads(kind, conditions, { attributes }),
  };
}
