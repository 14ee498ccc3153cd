import { dateOfDay } from '../core/zone.js';
import type { Lasting, SubjectOnDay } from '../domain/lasting.js';
import { isValidOn, type Play } from '../domain/playbook.js';
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

/** How a play comes out for a record, on which it stood or did not. */
export function judgePlay(
  { becomes, rearm, valid }: ConditionPlay,
  record: RecordState,
  on: SubjectOnDay,
  stood: boolean,
): JudgedPlay {
  const { truth, until } = record.deleted ? GONE : becomes(record, on);
  const holds = truth === true && isValid(valid, on.today);
  const rest = stood && !holds ? rearm?.(record, on) : undefined;
  return rest
    ? { holds, stands: !rest.truth, until: Math.min(until, rest.until) }
    : { holds, stands: holds, until };
}

export const isValid = (valid: Play['valid'], today: number): boolean =>
  !valid || isValidOn(dateOfDay(today), valid);

/** Notes for how long every play stays as it is on every record, as it stands now. */
export function notePlays(
  outlook: Outlook,
  standing: Subject['standing'],
  on: SubjectOnDay,
  plan: TriggerPlan,
): void {
  for (const watched of outlook.watched) {
    const record = on.records[watched.id] as RecordState;
    for (const [number, play] of (plan.kinds.get(record.kind) ?? []).entries()) {
      const stood = standing[watched.id]?.[play.id] !== undefined;
      outlook.note(watched, number, judgePlay(play, record, on, stood).until);
    }
  }
}
