import type { NoTry, TryPlan } from './try.js';
import type { AttributeValue, RecordId } from './value.js';

/** What a rep did with a card. It hangs on (play, record), so that a correction never revives what was dismissed. */
export type Response =
  /** The rep acts now. A touch claims its slot in the ledger first and is refused when there is none. */
  | { readonly kind: 'done'; readonly outcome?: string; readonly answer?: AttributeValue }
  /** It was done before, elsewhere: recorded, counted as a touch, never refused. */
  | { readonly kind: 'already-done' }
  | { readonly kind: 'not-relevant'; readonly reason: string; readonly text?: string }
  /** `until` is a day, `YYYY-MM-DD`: it returns that day, only if it still holds. */
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'helpful' | 'not-helpful'; readonly text?: string }
  /** How a done action went, told afterwards: `spoke`, `left-message`, `no-answer`. */
  | { readonly kind: 'outcome'; readonly outcome: string }
  /** Takes back an earlier response, by its id. */
  | { readonly kind: 'undo'; readonly of: string }
  /** Begins a try of the rep's own with the card's play. It says nothing about this card, and nobody but the rep is told. */
  | ({ readonly kind: 'try' } & TryPlan)
  /** Ends it, by the id of the request that began it. */
  | { readonly kind: 'end-try'; readonly of: string };

/** A response on its way: made once, given its id by the device, safe to send again. */
export interface ResponseRequest {
  readonly id: string;
  readonly play: string;
  readonly record: RecordId;
  readonly account: RecordId;
  /** The card's opening; the response is recorded and not executed when it has meanwhile closed. */
  readonly opening: string;
  readonly asker: RecordId;
  /** Epoch milliseconds on the device. */
  readonly occurredAt: number;
  readonly response: Response;
}

/** `data` of a `response` fact. */
export interface ResponseData {
  readonly play: string;
  readonly record: RecordId;
  readonly opening: string;
  readonly response: Response;
  readonly scope: 'rep' | 'record';
  readonly touch?: { readonly channel: string; readonly contact?: RecordId };
  /** Epoch milliseconds until which the play rests on this record. */
  readonly restsUntil?: number;
  /** False: the card had closed before; kept as knowledge, nothing was carried out. */
  readonly executed: boolean;
}

export type ResponseResult =
  | { readonly status: 'recorded' }
  /** The slot went to another; `by` is a rep the asker may know, else absent ("a colleague"). */
  | { readonly status: 'no-slot'; readonly freesAt: number; readonly by?: RecordId }
  /** The card had closed before the answer came. Recorded, not executed. */
  | { readonly status: 'closed'; readonly because: string; readonly at: number }
  | { readonly status: 'unknown-card' }
  /** Nothing began. */
  | { readonly status: 'no-try'; readonly because: NoTry };
