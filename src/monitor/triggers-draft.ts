import { type Opening, openOf, type Subject } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';

export type Triggered = Pick<Subject, 'openings' | 'standing'>;

/** Openings while plays are judged: changed in place, copied before the first change, for others may hold them. */
export interface TriggersDraft {
  openings: { [key: string]: Opening };
  standing: { [record: RecordId]: { readonly [play: string]: number } };
  readonly running: Running[];
  ownsOpenings: boolean;
  ownsStanding: boolean;
  /** Nobody will ask for what is in `openings`: it stays as it is, and openings do not say what changed. */
  readonly forgetful: boolean;
  /** Told of each opening as it opens, and as it closes. */
  noteOpening?: ((opening: Opening) => void) | undefined;
}

/** An opening that is open. */
export interface Running {
  opening: Opening;
  /** The day number until which, by time alone, what ends it stays as it is. */
  until: number;
}

export function draftTriggers(
  { openings, standing }: Triggered,
  forgetful: boolean,
): TriggersDraft {
  const running = openOf(openings).map((opening) => ({ opening, until: Number.NEGATIVE_INFINITY }));
  return { openings, standing, running, ownsOpenings: false, ownsStanding: false, forgetful };
}

type Closing = Required<Pick<Opening, 'end' | 'ended'>> & {
  readonly endedBy?: Opening['endedBy'] | undefined;
};

/** Closes an opening. */
export function closeOpening(
  draft: TriggersDraft,
  opening: Opening,
  { end, ended, endedBy }: Closing,
): void {
  putOpening(draft, endedBy ? { ...opening, end, ended, endedBy } : { ...opening, end, ended });
  draft.running.splice(
    draft.running.findIndex((one) => one.opening.key === opening.key),
    1,
  );
}

/** Puts what is open with a part that is otherwise. */
export function changeOpening(draft: TriggersDraft, opening: Opening): void {
  putOpening(draft, opening);
  for (const running of draft.running)
    if (running.opening.key === opening.key) running.opening = opening;
}

/** Puts an opening in its place. */
function putOpening(draft: TriggersDraft, opening: Opening): void {
  draft.noteOpening?.(opening);
  if (draft.forgetful) return;
  if (!draft.ownsOpenings) {
    draft.openings = { ...draft.openings };
    draft.ownsOpenings = true;
  }
  draft.openings[opening.key] = opening;
}

/** Opens one. What ends it is judged at the latest on the day number `until`. */
export function addOpening(draft: TriggersDraft, opening: Opening, until: number): void {
  putOpening(draft, opening);
  draft.running.push({ opening, until });
}
