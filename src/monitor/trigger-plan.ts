import { dayOfDate, startOfDay } from '../core/zone.js';
import type { Play, Playbook } from '../domain/playbook.js';

/** Plays of a playbook, as time and facts open them. */
export interface TriggerPlan {
  readonly playbook: Playbook;
  readonly byId: ReadonlyMap<string, Play>;
  /** Types of facts that some play waits for. */
  readonly events: ReadonlySet<string>;
  /** Moments at which some play begins or ceases to be valid. */
  readonly turnsOfValidity: readonly number[];
}

export function createTriggerPlan(playbook: Playbook): TriggerPlan {
  const { plays, zone } = playbook;
  const begins = plays.map(({ valid }) => dayOfDate(valid?.from ?? ''));
  const ceases = plays.map(({ valid }) => dayOfDate(valid?.until ?? '') + 1);
  return {
    playbook,
    byId: new Map(plays.map((play) => [play.id, play])),
    events: new Set(plays.flatMap(({ trigger }) => ('event' in trigger ? [trigger.event] : []))),
    turnsOfValidity: [...begins, ...ceases]
      .filter((day) => !Number.isNaN(day))
      .map((day) => startOfDay(day, zone)),
  };
}
