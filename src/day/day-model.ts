import type { Channel } from '../domain/playbook.js';
import type { RecordId } from '../domain/value.js';

/** A candidate in a room. */
export interface Column {
  /** Its place among the candidates of the problem, and among the rooms of the model. */
  readonly candidate: number;
  readonly room: number;
  readonly value: number;
}

/** What a row of the model stands for. */
export type DayLimit =
  | { readonly kind: 'hours'; readonly rep: RecordId; readonly day: number; readonly room: number }
  | { readonly kind: 'window'; readonly rep: RecordId; readonly day: number; readonly from: number }
  | { readonly kind: 'load-minutes' | 'load-items'; readonly rep: RecordId; readonly day: number }
  | {
      readonly kind: 'contact-policy';
      readonly buyer: RecordId;
      readonly day: number;
      readonly touches: number;
      readonly days: number;
      readonly channel?: Channel;
    }
  | { readonly kind: 'tried'; readonly rep: RecordId; readonly day: number }
  | { readonly kind: 'tried-play'; readonly play: string }
  | { readonly kind: 'once'; readonly candidate: string }
  | { readonly kind: 'alike'; readonly alike: string }
  | { readonly kind: 'order'; readonly rep: RecordId; readonly day: number; readonly after: string }
  /** Found in solving: these do not go together in one room, though their minutes would. */
  | { readonly kind: 'together'; readonly room: number }
  | { readonly kind: 'must'; readonly candidate: string; readonly why: Must['why'] }
  | { readonly kind: 'floor'; readonly floor: number };

export interface Row {
  readonly limit: DayLimit;
  /** Of a `must` or a `floor`, at least so much; of all others, at most. */
  readonly bound: number;
  readonly columns: readonly number[];
  readonly uses: readonly number[];
}

export interface Must {
  readonly candidate: number;
  readonly why: 'mandatory' | 'requested' | 'pinned';
}

export interface ModelRoom {
  readonly rep: RecordId;
  readonly day: number;
  readonly from: number;
  readonly until: number;
  /** When the free time began of which it is a part: by that its worth is told. */
  readonly since: number;
  /** Kept for this candidate, pinned to the moment. */
  readonly only?: number;
}

export interface DayModel {
  readonly rooms: readonly ModelRoom[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly musts: readonly Must[];
  /** Candidates that exclude each other in every room have the same number, one a column. */
  readonly blocks: Int32Array;
}

export const isLeast = ({ limit }: Row): boolean => limit.kind === 'must' || limit.kind === 'floor';

/** Names a limit through changes of the problem: rooms of a day are one, for what an hour is worth. */
export function limitKey(limit: DayLimit): string {
  switch (limit.kind) {
    case 'hours':
    case 'load-minutes':
    case 'load-items':
    case 'tried':
      return `${limit.kind}|${limit.rep}|${limit.day}`;
    case 'window':
      return `window|${limit.rep}|${limit.day}|${limit.from}`;
    case 'order':
      return `order|${limit.rep}|${limit.day}|${limit.after}`;
    case 'contact-policy':
      return `contact-policy|${limit.buyer}|${limit.day}|${limit.channel}|${limit.days}`;
    case 'tried-play':
      return `tried-play|${limit.play}`;
    case 'once':
    case 'must':
      return `${limit.kind}|${limit.candidate}`;
    case 'alike':
      return `alike|${limit.alike}`;
    case 'together':
      return `together|${limit.room}`;
    case 'floor':
      return `floor|${limit.floor}`;
  }
}
