import { createMatcher, type Entry, type Matcher } from '../core/matcher.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';

/** Plays of a playbook, indexed by what opens them. */
export interface TriggerPlan {
  readonly playbook: Playbook;
  readonly byId: ReadonlyMap<string, Play>;
  /** By kind of record: the plays whose condition opens them. */
  readonly becomes: ReadonlyMap<RecordKind, Matcher>;
  /** By type of fact. */
  readonly events: ReadonlyMap<string, readonly Play[]>;
  /** Moments at which some play begins or ceases to be valid. */
  readonly turnsOfValidity: readonly number[];
}

export function createTriggerPlan(playbook: Playbook): TriggerPlan {
  const entries = new Map<RecordKind, Entry[]>();
  const events = new Map<string, Play[]>();
  for (const play of playbook.plays) {
    if ('becomes' in play.trigger) {
      entries.set(play.about, [
        ...(entries.get(play.about) ?? []),
        { id: play.id, when: play.trigger.becomes },
      ]);
    } else if ('event' in play.trigger) {
      events.set(play.trigger.event, [...(events.get(play.trigger.event) ?? []), play]);
    }
  }
  return {
    playbook,
    byId: new Map(playbook.plays.map((play) => [play.id, play])),
    becomes: new Map(
      [...entries].map(([kind, list]) => [kind, createMatcher(list, playbook.attributes)]),
    ),
    events,
    turnsOfValidity: playbook.plays.flatMap(({ valid }) => [
      ...(valid?.from === undefined ? [] : [startOfDay(dayOfDate(valid.from), playbook.zone)]),
      ...(valid?.until === undefined
        ? []
        : [startOfDay(dayOfDate(valid.until) + 1, playbook.zone)]),
    ]),
  };
}
