import { dateOfDay } from '../core/zone.js';
import type { Lasting, SubjectOnDay } from '../domain/lasting.js';
import { isValidOn } from '../domain/playbook.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { Outlook } from './outlook.js';
import type { ConditionPlay, TriggerPlan } from './trigger-plan.js';

/** What is deleted meets no condition. */
const GONE: Lasting = { truth: false, until: Number.POSITIVE_INFINITY };

export interface JudgedPlay {
  /** What it waits for is true, and it is valid. */
  readonly holds: boolean;
  /** Where it stood: it still does, for it holds, or may not open again yet. */
  readonly stands: boolean;
  /** The day number from which on it may come out otherwise by time alone. */
  readonly until: number;
}

/** How a play comes out for a record. */
export function judgePlay(
  { becomes, rearm }: ConditionPlay,
  record: RecordState,
  on: SubjectOnDay,
  { stood, isValid }: { readonly stood: boolean; readonly isValid: boolean },
): JudgedPlay {
  const { truth, until } = record.deleted ? GONE : becomes(record, on);
  const holds = truth === true && isValid;
  const rest = stood && !holds ? rearm?.(record, on) : undefined;
  return rest
    ? { holds, stands: !rest.truth, until: Math.min(until, rest.until) }
    : { holds, stands: holds, until };
}

export function isValidPlay({ byId }: TriggerPlan, play: string, today: number): boolean {
  const valid = byId.get(play)?.valid;
  return !valid || isValidOn(dateOfDay(today), valid);
}

/** Notes for how long every play stays as it is on every record, as it stands now. */
export function notePlays(
  outlook: Outlook,
  standing: Subject['standing'],
  on: SubjectOnDay,
  plan: TriggerPlan,
): void {
  for (const id in on.records) {
    const record = on.records[id] as RecordState;
    for (const [number, play] of (plan.kinds.get(record.kind) ?? []).entries()) {
      const stood = standing[id]?.[play.id] !== undefined;
      const isValid = isValidPlay(plan, play.id, on.today);
      outlook.note(record, number, judgePlay(play, record, on, { stood, isValid }).until);
    }
  }
  outlook.settle(on.records);
}
