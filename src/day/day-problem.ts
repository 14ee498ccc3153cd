import type { Channel, ContactPolicy } from '../domain/playbook.js';
import type { RecordId } from '../domain/value.js';

/** A card that could be worked on in the time that is planned. */
export interface DayCandidate {
  /** The opening. */
  readonly id: string;
  readonly play: string;
  readonly rep: RecordId;
  readonly record: RecordId;
  /** Whom it touches, a contact or an account; absent: it touches nobody. */
  readonly touch?: { readonly buyer: RecordId; readonly channel: Channel };
  readonly minutes: number;
  /** Its priority, in the playbook's units. */
  readonly value: number;
  /** What it is expected to bring each goal, in the goal's unit. */
  readonly goals: { readonly [goal: string]: number };
  /** The play is new, or being tried. */
  readonly tried?: boolean;
  /** It is planned whatever else is left out: the law or a contract wants it, or the buyer asked for it. */
  readonly owed?: 'mandatory' | 'requested';
  /** Not before, and done by: epoch milliseconds. An agreed moment is a window as long as the action. */
  readonly from?: number;
  readonly until?: number;
  /** At most one of those that are alike is planned: the same kind of action on the same contact. */
  readonly alike?: string;
}

/** Time in which a rep is free, without a break. */
export interface Room {
  readonly rep: RecordId;
  /** Days since 1970-01-01 in the rep's zone. */
  readonly day: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
}

/** What a person changed by hand. */
export type Hand =
  /** It is planned: any time, on a day, or at a moment (epoch milliseconds). */
  | {
      readonly kind: 'pin';
      readonly candidate: string;
      readonly day?: number;
      readonly at?: number;
    }
  | { readonly kind: 'exclude'; readonly candidate: string }
  /** Of a day, those that are planned come in this order. */
  | {
      readonly kind: 'order';
      readonly rep: RecordId;
      readonly day: number;
      readonly candidates: readonly string[];
    };

/** At least so much is expected of what is planned. */
export interface Floor {
  readonly goal: string;
  readonly label: string;
  /** `money` (minor units), `rate`, or a word to print after the number. */
  readonly unit?: string;
  readonly least: number;
  /** Of these reps alone; absent: of all. */
  readonly reps?: readonly RecordId[];
}

export interface DayProblem {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The company's: the contact policy counts days in it. */
  readonly zone: string;
  readonly rooms: readonly Room[];
  readonly candidates: readonly DayCandidate[];
  readonly contactPolicy: ContactPolicy['limits'];
  /** Touches so far, by buyer. */
  readonly touches: ReadonlyMap<
    RecordId,
    readonly { readonly at: number; readonly channel: string }[]
  >;
  /** The most of a rep's day that is planned. What is left is for what nobody foresees. */
  readonly load?: { readonly minutes?: number; readonly items?: number };
  /** The most that is planned of plays that are new or being tried. */
  readonly tried?: { readonly perDay?: number; readonly perPlay?: number };
  readonly floors: readonly Floor[];
  readonly hands: readonly Hand[];
}

/** What a day later takes away from a value, so that the better of two cards comes first. */
const DELAY = 0.01;
const DAY_MS = 86_400_000;

/** What a value is worth in a room, where `first` is when the first room begins. */
export const worthIn = (value: number, { from }: Pick<Room, 'from'>, first: number): number =>
  value * (1 - DELAY) ** ((from - first) / DAY_MS);
