import type { Grade, Position } from './fact.js';
import type { MachineHeld } from './machine.js';
import type { Parameters } from './parameters.js';
import type { PatternMemory } from './pattern.js';
import type { StandingArm } from './playbook.js';
import type { Response } from './response.js';
import type { Tip } from './tip.js';
import type { Try } from './try.js';
import {
  type AttributeValue,
  type JsonObject,
  kindOf,
  type RecordId,
  type RecordKind,
  type SubjectKey,
} from './value.js';

/** The derived state of one subject: plain JSON, made from its facts alone and thrown away without loss. */
export interface Subject {
  readonly key: SubjectKey;
  /** The last fact folded, in order. */
  readonly at: Position;
  /** The last moment at which a fact or time alone changed something, epoch milliseconds. */
  readonly judgedAt: number;
  /** Nothing more happened up to here, epoch milliseconds. */
  readonly clock: number;
  /** The next moment at which time alone may change something. */
  readonly wakeAt?: number;
  /** The playbook version in force; empty while nothing is judged and facts are history. */
  readonly playbook: string;
  /** The subject itself and the records inside it, by id. */
  readonly records: { readonly [id: RecordId]: RecordState };
  /** Openings now open, and those closed within the last 90 days, by key. */
  readonly openings: { readonly [key: string]: Opening };
  /** By record, plays whose trigger holds (or is latched by hysteresis): since when. */
  readonly standing: { readonly [record: RecordId]: { readonly [play: string]: number } };
  /** What patterns and moments to come remember. */
  readonly patterns?: PatternMemory;
  /** By `play|record`. */
  readonly answers: { readonly [playAndRecord: string]: readonly Answer[] };
  readonly ledger: Ledger;
  /** What this account last told the ledgers its open cards would touch, by opening. */
  readonly placed: { readonly [opening: string]: Placed };
  /** Dated rates into the playbook's currency, by currency, by day number. */
  readonly rates: { readonly [currency: string]: { readonly [day: number]: number } };
  readonly holdout?: 'guided' | 'holdout';
  /** Absent: as `full`, where no playbook has drawn arms yet. */
  readonly arm?: StandingArm;
  /** Of the company: what was learned last. */
  readonly parameters?: Parameters;
  /** What stands for it since it was merged. */
  readonly mergedInto?: SubjectKey;
  /** Of a rep: the tips this rep sent. Of the company: all of them, unsigned ones without their author. */
  readonly tips?: { readonly [id: string]: Tip };
  /** Of a rep: what this rep tries, by id. */
  readonly tries?: { readonly [id: string]: Try };
  /** Something changed after which nothing has been judged yet. */
  readonly unjudged?: true;
  /** Facts that came later than `correctionDays` and opened nothing of themselves. */
  readonly tooLate: number;
  /** Facts folded since the last snapshot. */
  readonly sinceSnapshot: number;
}

export interface RecordState {
  readonly id: RecordId;
  readonly kind: RecordKind;
  readonly values: { readonly [attribute: string]: Known };
  /** Accumulators of derived attributes, by bare id. */
  readonly derived: { readonly [attribute: string]: Accumulator };
  /** The fact that deleted it; a record that is written again after that is there again. */
  readonly deleted?: Position;
  /** State machines of its kind, by their id; absent where there are none. */
  readonly machines?: { readonly [machine: string]: MachineHeld };
}

/** A value, and how we know it. */
export interface Known {
  readonly value: AttributeValue;
  readonly at: Position;
  readonly grade: Grade;
  /** When it last became this value; differs from `at` when a fact only confirmed it. */
  readonly since: number;
  readonly source?: { readonly record: RecordId; readonly field?: string };
  readonly by?: RecordId;
}

/** What a derivation remembers. Its parts do not depend on the order in which facts came. */
export interface Accumulator {
  readonly first?: Evidence;
  readonly last?: Evidence;
  /** Sums by day number in the company's zone. */
  readonly days?: { readonly [day: number]: number };
  /** Everything older than the window, where there is none. */
  readonly total?: number;
  /** Last day on which each value was seen. */
  readonly seen?: { readonly [value: string]: number };
  /** Future moments told by facts (a meeting's start), soonest kept first. */
  readonly ahead?: readonly Evidence[];
}

/** One fact as evidence: enough to show it and to find it again. */
export interface Evidence {
  readonly fact: string;
  readonly type: string;
  readonly occurredAt: number;
  readonly grade: Grade;
  readonly value?: AttributeValue;
  readonly by?: RecordId;
  readonly source?: { readonly record: RecordId; readonly field?: string };
  readonly text?: string;
  /** Contacts and opportunities that it concerns: who may not see one of them is not told. */
  readonly about?: readonly RecordId[];
  /** For the event that opened a play: its fields. */
  readonly data?: JsonObject;
}

/** One life of a play on a record. */
export interface Opening {
  /** `play|record|begin`. */
  readonly key: string;
  readonly play: string;
  readonly record: RecordId;
  readonly begin: number;
  /** The attribute whose change opened it, or the event. */
  readonly changed?: {
    readonly attribute: string;
    readonly from?: AttributeValue;
    readonly to?: AttributeValue;
  };
  readonly event?: Evidence;
  /** For a pattern: everything that was part of it, in order; `event` is the last of it. */
  readonly matched?: readonly Evidence[];
  readonly contact?: RecordId;
  /** Already true at a publish or a first import. */
  readonly trueSinceBefore?: boolean;
  /** Shown from then on only: the roll-out limit of that day was used up. */
  readonly from?: number;
  readonly end?: number;
  readonly ended?: EndReason;
  /** The attribute or fact that ended it. */
  readonly endedBy?: {
    readonly attribute?: string;
    readonly from?: AttributeValue;
    readonly to?: AttributeValue;
    readonly fact?: Evidence;
  };
}

export type EndReason =
  | 'no-longer-true'
  | 'expired'
  | 'until'
  | 'playbook-changed'
  | 'record-gone'
  | 'done'
  | 'corrected';

/** A response as the account remembers it. */
export interface Answer {
  readonly id: string;
  readonly at: number;
  readonly asker: RecordId;
  readonly opening: string;
  readonly response: Response;
  readonly scope: 'rep' | 'record';
  readonly restsUntil?: number;
  readonly undone?: boolean;
  readonly executed: boolean;
}

/** The buyer's attention: touches spent, and cards that bid for the next ones. */
export interface Ledger {
  readonly touches: readonly Touch[];
  readonly bids: readonly Bid[];
}

export interface Touch {
  /** The fact that was the touch. */
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly by?: RecordId;
  /** The opening that it answered, if any; an echo by the CRM is no second touch. */
  readonly opening?: string;
  /** The activity that the CRM logged for it. */
  readonly echo?: string;
}

export interface Placed {
  readonly to: SubjectKey;
  readonly priority: number;
}

export interface Bid {
  readonly opening: string;
  readonly play: string;
  readonly account: SubjectKey;
  readonly channel: string;
  readonly priority: number;
  readonly until: number;
  /** Since when it holds a slot. */
  readonly grantedAt?: number;
  /** It let a grant pass unused, and stands behind those that did not. */
  readonly lapsedAt?: number;
}

/** The contacts and opportunities among some records; undefined where there are none. */
export function insideOf(records: readonly RecordId[]): readonly RecordId[] | undefined {
  const inside = records.filter((id) => isInside(kindOf(id)));
  return inside.length > 0 ? inside : undefined;
}

const isInside = (kind: RecordKind): boolean => kind === 'contact' || kind === 'opportunity';

const openLists = new WeakMap<Subject['openings'], readonly Opening[]>();

/** Those that are open. Openings are never changed in place, so what was found stays true. */
export function openOf(openings: Subject['openings']): readonly Opening[] {
  let list = openLists.get(openings);
  if (!list) {
    list = Object.values(openings).filter(({ end }) => end === undefined);
    openLists.set(openings, list);
  }
  return list;
}
