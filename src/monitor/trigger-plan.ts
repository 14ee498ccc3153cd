import { push } from '../core/push.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import type { CompileLasting, JudgeLasting } from '../domain/lasting.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';
import type { RecordKind } from '../domain/value.js';
import { createOutlook, createWatchPlan, type Outlook } from './outlook.js';
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
  /** Plays that open when something becomes true, by the kind of record that they are about: numbered as in `watch`. */
  readonly kinds: ReadonlyMap<RecordKind, readonly ConditionPlay[]>;
  /** What is judged of an account of which nothing has been judged yet. */
  readonly watch: (records: Subject['records']) => Outlook;
  /** What ends a card that something opened which happened, by play. */
  readonly untils: ReadonlyMap<string, JudgeLasting>;
  /** Moments at which some play begins or ceases to be valid. */
  readonly turnsOfValidity: readonly number[];
}

/** A play that opens when something becomes true. */
export interface ConditionPlay {
  readonly id: string;
  readonly becomes: JudgeLasting;
  /** It opens again only after this has held. */
  readonly rearm?: JudgeLasting;
  readonly valid?: Play['valid'];
}

export function createTriggerPlan(playbook: Playbook, compile: CompileLasting): TriggerPlan {
  const { plays, zone } = playbook;
  const begins = plays.map(({ valid }) => dayOfDate(valid?.from ?? ''));
  const ceases = plays.map(({ valid }) => dayOfDate(valid?.until ?? '') + 1);
  const events = new Map<string, Play[]>();
  const kinds = new Map<RecordKind, ConditionPlay[]>();
  const reads = new Map<RecordKind, Reads[]>();
  const untils = new Map<string, JudgeLasting>();
  for (const play of plays) {
    const { id, about, trigger, valid } = play;
    if ('event' in trigger) push(events, trigger.event, play);
    if ('until' in trigger && trigger.until) untils.set(id, compile(trigger.until));
    if (!('becomes' in trigger)) continue;
    const { becomes, rearm } = trigger;
    push(kinds, about, {
      id,
      becomes: compile(becomes),
      ...(rearm && { rearm: compile(rearm) }),
      ...(valid && { valid }),
    });
    push(reads, about, findReads(about, rearm ? [becomes, rearm] : [becomes], playbook));
  }
  const plan = createWatchPlan(reads);
  const patterns = createPatternEngine(playbook);
  for (const type of patterns?.types ?? []) if (!events.has(type)) events.set(type, []);
  return {
    playbook,
    byId: new Map(plays.map((play) => [play.id, play])),
    events,
    ...(patterns && { patterns }),
    kinds,
    watch: (records) => createOutlook(plan, records),
    untils,
    turnsOfValidity: [...begins, ...ceases]
      .filter((day) => !Number.isNaN(day))
      .map((day) => startOfDay(day, zone)),
  };
}
