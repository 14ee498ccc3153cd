import type { Condition } from './condition.js';
import type { Grade } from './fact.js';
import type { Machine } from './machine.js';
import type { Appointment, Pattern } from './pattern.js';
import type { AttributeValue, RecordKind } from './value.js';

/** A playbook, compiled: plain JSON that a browser can load. Unknown fields are an error at compile time, never here. */
export interface Playbook {
  readonly format: 1;
  readonly name: string;
  /** Changes with any byte that changes behaviour. */
  readonly version: string;
  /** ISO 4217. Every money attribute is in minor units of it. */
  readonly currency: string;
  readonly zone: string;
  /** Days without work, `YYYY-MM-DD`, beside the weekdays that are not in {@link workdays}. */
  readonly holidays: readonly string[];
  /** 1 is Monday, 7 is Sunday. */
  readonly workdays: readonly number[];
  readonly attributes: readonly Attribute[];
  readonly products: readonly Product[];
  readonly goals: readonly Goal[];
  readonly plays: readonly Play[];
  /** Absent where there are none. */
  readonly machines?: readonly Machine[];
  readonly contents: readonly Content[];
  readonly reasons: readonly Reason[];
  readonly contactPolicy: ContactPolicy;
  readonly holdout: {
    readonly rate: number;
    readonly salt: string;
    /** Absent: everybody who is guided has the whole product. */
    readonly arms?: StandingArms;
  };
  readonly profitGate?: {
    readonly minMarginRate: number /** Money attribute: what serving this account costs for one such sale. */;
    readonly costToServe?: string;
  };
  /** What a minute of a rep and a touch of a buyer cost, in units of priority. */
  readonly costs: { readonly minute: number; readonly touch: number };
  /** Used where a play gives none and nothing is learned. */
  readonly propensity: number;
  /** How priorities are made; absent: by the sum over goals less costs. `product`: propensity x context x value x lever. */
  readonly arbitration?: 'product';
  /** The most cards that plays already true at a publish or first import may open, per rep and day. */
  readonly rollOut: number;
  /** A fact this many days late still corrects what is open; an older one changes attributes only. */
  readonly correctionDays: number;
  /** How propensities are learned; absent: not by themselves. */
  readonly learning?: LearningSettings;
  /** Absent where there are none. */
  readonly trials?: readonly TrialSettings[];
}

/** Shares of the guided accounts at which a layer of the ranking is left out, to measure what it adds. */
export interface StandingArms {
  readonly salt: string;
  /** Among what is eligible and worth showing, by lot. */
  readonly random: number;
  /** By how likely the buyer acts alone. */
  readonly propensity: number;
  /** Without lever, and every goal that has a weight at weight 1. */
  readonly noLevers: number;
}

/** How cards of an account are ranked. */
export type StandingArm = 'full' | 'random' | 'propensity' | 'no-levers';

/** What of a buyer's doing tells that a card came off. */
export interface LearningSettings {
  /** Types of facts, each of which is a success where the buyer did it, verified. */
  readonly success: readonly string[];
  /** How long a buyer has to act after a card was seen. */
  readonly days: number;
  /** Days after which something counts half. */
  readonly halfLife: number;
  /** Qualified choice attribute of the account by which plays differ. */
  readonly situation?: string;
  /** So many accounts of each rep at once may see a card that is nearly as good as the best. */
  readonly explore: number;
  /** What minutes and touches cost is learned from the plans of days. */
  readonly costs?: true;
  readonly newReps?: NewRepSettings;
}

/** What is left to learn for a rep who has begun lately: a number of the rep from 1 to 0, by which plays can go. */
export interface NewRepSettings {
  /** Qualified number attribute of the rep that is told. */
  readonly attribute: string;
  /** Qualified date attribute of the rep: the first day. */
  readonly since: string;
  /** After so many days nobody is new. */
  readonly days: number;
}

/** Versions of a card, each for the accounts of one arm. */
export interface TrialSettings {
  /** Qualified choice attribute of the account whose values are the arms; the first is what the others are compared with. */
  readonly arm: string;
  readonly success: readonly string[];
  /** Types of facts that must not become more frequent, whoever did them. */
  readonly guardrails: readonly string[];
  /** Qualified attributes of the account: each combination of their values is dealt out evenly. */
  readonly strata: readonly string[];
  /** How long an account has to act. */
  readonly days: number;
  /** A difference of the rate that matters. */
  readonly matters: number;
  /** How often any winner may be false, over all looks. */
  readonly alpha: number;
  /** An account enters when a card is seen, or already when it gets its arm. */
  readonly entry: 'seen' | 'assigned';
  /** Of a trial of goals: by arm, what goals weigh there instead; those that are not named weigh the same. */
  readonly weights?: { readonly [arm: string]: { readonly [goal: string]: number } };
}

export interface Attribute {
  /** Qualified: `opportunity.stage`. */
  readonly id: string;
  readonly label: string;
  readonly type: 'choice' | 'multi' | 'number' | 'boolean' | 'date' | 'text';
  readonly of: RecordKind;
  readonly values?: readonly {
    readonly id: string;
    readonly label: string;
    /** Other words by which people look for it. */
    readonly synonyms?: readonly string[];
  }[];
  /** `money` (minor units), `days`, `rate` (0 to 1), or a word to print after the number. */
  readonly unit?: string;
  /** A sentence about one value, for "what changed": `No reply for {value} days`. */
  readonly says?: string;
  /** The attribute that holds what is usual, shown beside what changed by its own sentence: `Won deals like this average {value}`. */
  readonly usual?: string;
  /** Present: computed from the timeline. Absent: set by `record-changed` facts. */
  readonly derive?: Derivation;
  /** The admin declares that it shows nothing of a single source record. */
  readonly aggregate?: boolean;
  /** The state of the machine of that bare id: a choice that no fact sets. Its values are the states without states inside. */
  readonly machine?: true;
}

/** Which facts of the record's timeline count. */
export interface FactFilter {
  readonly types: readonly string[];
  readonly grades?: readonly Grade[];
  readonly by?: 'buyer' | 'seller';
  /** Fields of the fact's data that must hold one of these. */
  readonly where?: { readonly [field: string]: readonly AttributeValue[] };
}

/**
 * How an attribute follows from the timeline. An activity that names no opportunity concerns every opportunity of
 * its account. `field` is a field of the fact's data, or `type`, `by` (`buyer` or `seller`) or `contact`.
 * Windows are whole days in the company's zone, today included.
 */
export type Derivation =
  | { readonly op: 'days-since'; readonly facts: FactFilter }
  | {
      readonly op: 'days-until';
      readonly facts: FactFilter /** A date in the fact's data, for example a meeting's. */;
      readonly field: string;
    }
  | { readonly op: 'count'; readonly facts: FactFilter; readonly days?: number }
  | {
      readonly op: 'sum';
      readonly facts: FactFilter;
      readonly field: string;
      readonly days?: number;
    }
  | {
      readonly op: 'distinct';
      readonly facts: FactFilter;
      readonly field: string;
      readonly days?: number;
    }
  | { readonly op: 'first' | 'last'; readonly facts: FactFilter; readonly field: string }
  | { readonly op: 'days-since-date' | 'days-until-date'; readonly attribute: string }
  /** Whole days since that attribute of the same record last took another value. */
  | { readonly op: 'days-since-change'; readonly attribute: string }
  /** Over the records of that kind inside the account (or linked to the opportunity). */
  | { readonly op: 'count-records'; readonly kind: RecordKind; readonly where: Condition }
  | {
      readonly op: 'sum-records';
      readonly kind: RecordKind;
      readonly where: Condition;
      readonly attribute: string;
    };

export interface Product {
  readonly id: string;
  readonly label: string;
  readonly brand?: string;
  readonly family?: string;
  readonly priceMinor: number;
  readonly costMinor?: number;
  /** Products that nobody has beside it: said of one of the two, it holds of both. */
  readonly excludes?: readonly string[];
  readonly attributes: { readonly [id: string]: AttributeValue };
}

export interface Goal {
  readonly id: string;
  readonly label: string;
  /** Qualified attribute that holds the level, of the account or of the company. */
  readonly measure?: string;
  readonly weight: number;
  /** Below it nothing that hurts the goal goes through. */
  readonly floor?: number;
  /** At or above it there is no more credit. */
  readonly target?: number;
  /** The value that counts as 1: minor units for a money goal. */
  readonly scale: number;
  readonly unit?: string;
}

export type Channel = 'call' | 'email' | 'meeting' | 'visit' | 'message' | 'mailing';

export const ACTION_KINDS = [
  'call',
  'email',
  'meeting',
  'propose',
  'bring-in',
  'prepare',
  'log',
  'ask',
  'learn',
  'send-self-serve',
  'help-decide',
  'fix',
  'leave-alone',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export interface Action {
  readonly kind: ActionKind;
  /** A value of `contact.role`; or `event`, the contact of the event that opened it; or `self`. */
  readonly contact?: string;
  /** Minutes of the rep. */
  readonly minutes: number;
  /** The channel of a touch on the buyer; absent: it touches nobody. */
  readonly touch?: Channel;
  /** The verb on the button; a default by kind where absent. */
  readonly verb?: Phrase;
  /** For `ask`: the attribute that one tap sets, as a claim. */
  readonly asks?: string;
  /** For `send-self-serve` and `propose`: an https address to open or copy. */
  readonly link?: string;
}

/** The first and the last day on which a play runs, `YYYY-MM-DD`. */
export interface Validity {
  readonly from?: string;
  readonly until?: string;
}

export function isValidOn(day: string, { from = day, until = day }: Validity = {}): boolean {
  return from <= day && day <= until;
}

/** Text with values in it. A hole names a qualified attribute and may say what to print when it is missing. */
export type Phrase = readonly (
  | string
  | { readonly attribute: string; readonly otherwise?: string }
)[];

export type Trigger =
  | { readonly becomes: Condition; readonly rearm?: Condition }
  | { readonly event: string; readonly where?: Condition; readonly until?: Condition }
  | { readonly pattern: Pattern; readonly until?: Condition }
  | { readonly at: Appointment; readonly until?: Condition }
  /** Judged in `decide` only; never pushed. */
  | { readonly opened: true };

/** What a play is worth to a goal: a fixed value in the goal's unit, or a share of an attribute (money for a goal in money, else a number). Below zero: it hurts. */
export type Serves = { readonly value: number } | { readonly share: number; readonly of: string };

export interface Play {
  readonly id: string;
  readonly title: Phrase;
  readonly why: Phrase;
  readonly about: 'account' | 'contact' | 'opportunity';
  readonly trigger: Trigger;
  readonly eligibility?: Condition;
  readonly applicability?: Condition;
  readonly suitability?: Condition;
  readonly action: Action;
  /** `owner`, `team`, `partner`, or a value of `rep.role`. */
  readonly for: string;
  readonly serves: { readonly [goal: string]: Serves };
  /** Legal or contractual: exempt from holdout and contact policy, and first. */
  readonly mandatory?: boolean;
  /** The buyer asked for it: exempt from holdout and contact policy. */
  readonly buyerRequested?: boolean;
  /** The product on offer: passes the profit gate first. */
  readonly offers?: string;
  /** P(the buyer acts | done) before anything is learned. */
  readonly propensity?: number;
  /** By the product alone: the manual weight, above 0; absent: 1. */
  readonly lever?: number;
  /** By the product alone: what fits the situation. Of what holds the points add up, and weigh 1 + sum / 100. */
  readonly context?: readonly { readonly when: Condition; readonly points: number }[];
  /** Content is picked by these attributes; `same` means this record's value. */
  readonly content?: { readonly [attribute: string]: readonly AttributeValue[] | 'same' };
  /** Milliseconds after which an opening closes by itself. */
  readonly expiresMs: number;
  readonly coolDownMs: { readonly done: number; readonly notRelevant: number };
  readonly valid?: Validity;
  readonly owner: string;
  /** Where it was written, for people: `plays/silent-buyer.yaml`. */
  readonly file: string;
  /** The id that this play had before. */
  readonly was?: string;
}

export interface Content {
  readonly id: string;
  readonly title: string;
  /** `case-study`, `talk-track`, `email`, `battlecard`, `brochure`, `checklist`, `guide`, `tip`, ... */
  readonly kind: string;
  /** What it goes with; an attribute that is absent means any. Keys are qualified, or bare for content's own (`job`). */
  readonly attributes: { readonly [attribute: string]: readonly AttributeValue[] };
  /** It goes nowhere that this is known to be false. It looks into no records inside. */
  readonly when?: Condition;
  readonly owner: string;
  readonly revision: number;
  /** `YYYY-MM-DD`; not offered on or after it. */
  readonly expires?: string;
  /** Values of `rep.team` that alone see it; absent: everybody. */
  readonly teams?: readonly string[];
  readonly body: readonly MarkdownNode[];
  readonly link?: string;
  readonly file: string;
}

/** Markdown as a tree of safe nodes. Text is text: no renderer ever sets HTML from it. */
export type MarkdownNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'hole'; readonly attribute: string; readonly otherwise?: string }
  | {
      readonly type: 'paragraph' | 'strong' | 'emphasis' | 'quote' | 'item';
      readonly children: readonly MarkdownNode[];
    }
  | {
      readonly type: 'heading';
      readonly level: 1 | 2 | 3 | 4 | 5 | 6;
      readonly children: readonly MarkdownNode[];
    }
  | { readonly type: 'list'; readonly ordered: boolean; readonly children: readonly MarkdownNode[] }
  | {
      readonly type: 'link' /** https, http, mailto or tel only. */;
      readonly href: string;
      readonly children: readonly MarkdownNode[];
    }
  | { readonly type: 'code'; readonly text: string; readonly block: boolean }
  | { readonly type: 'break' | 'rule' };

export interface Reason {
  readonly id: string;
  readonly label: string;
  /** `rep`: hidden for the rep who says so. `record`: for everybody, on this record. */
  readonly scope: 'rep' | 'record';
  /** Attributes of the play's record that it sets, as a claim. */
  readonly sets?: { readonly [attribute: string]: AttributeValue };
  /** A question to ask after the answer, for a tip. */
  readonly asks?: string;
}

export interface ContactPolicy {
  /** All must hold. A limit without a channel counts every channel. */
  readonly limits: readonly {
    readonly touches: number;
    readonly days: number;
    readonly channel?: Channel;
  }[];
  /** Which facts are touches, and on which channel. */
  readonly touches: { readonly [factType: string]: Channel };
}
