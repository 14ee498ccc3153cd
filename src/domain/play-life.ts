import type { Answer, EndReason } from './subject.js';

/**
 * Where a play stands on a record, as one rep sees it:
 * `armed`, nothing is open and its trigger may open a card; `open`, a card is there; `snoozed`, and, while it cools down,
 * `done` and `dismissed`, by an answer under which it rests; `spent`, its card closed and its trigger still holds, or has
 * not been away as far as `rearm` asks, so that no other card opens until then.
 */
export type PlayState = 'armed' | 'open' | 'snoozed' | 'done' | 'dismissed' | 'spent';

export interface PlayLife {
  readonly state: PlayState;
  /**
   * When the card opened, the answer was given, or the last card closed, epoch milliseconds. Absent where none closed
   * within 90 days, and for a play that is judged whenever its record is looked at.
   */
  readonly since?: number;
  /** When the card expires, or the rest is over, epoch milliseconds. */
  readonly until?: number;
  /** The card that is open, also while it rests unseen: its opening. */
  readonly opening?: string;
  /** Of `armed` and `spent`: how the last card closed. */
  readonly ended?: EndReason;
  /** The answer under which it rests; of several the one that rests longest. */
  readonly answer?: Answer;
}
