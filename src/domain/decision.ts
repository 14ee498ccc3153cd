import type { Change, Explanation } from './condition.js';
import type { Grade } from './fact.js';
import type { PlayLife } from './play-life.js';
import type { ActionKind, Channel, MarkdownNode, StandingArm } from './playbook.js';
import type { Touch } from './subject.js';
import type { AttributeValue, JsonValue, RecordId } from './value.js';

/** The answer for one record and one asker at one moment. Plain JSON; the same inputs give the same bytes. */
export interface Decision {
  readonly record: RecordId;
  readonly account: RecordId;
  readonly asker: RecordId;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** The versions it was made from. */
  readonly inputs: {
    readonly playbook: string;
    readonly parameters: string;
    readonly subjects: { readonly [key: string]: number };
  };
  readonly shown: readonly Card[];
  /** Every play that is shown, held, or passed applicability; all of them when asked for. */
  readonly verdicts: readonly Verdict[];
  /** How many plays each stage stopped. */
  readonly counts: { readonly [stage in Stage]?: number };
  /** Present when nothing is shown. */
  readonly nothing?: Nothing;
  /** Names of the records, contacts and reps mentioned here, as far as the asker may see them. */
  readonly names?: { readonly [id: RecordId]: string };
  /** With every verdict: what the asker may see of the record and its account, by qualified attribute, for a tip to go with. */
  readonly situation?: { readonly [attribute: string]: AttributeValue };
  /** ISO 8601 UTC: the CRM does not answer, and what it had since is not known. Only a gateway that reads one says so. */
  readonly oldSince?: string;
  /** What became in the CRM of this asker's answers, by their id, of those that were asked about. */
  readonly written?: { readonly [response: string]: Written };
}

/** `waiting`: it goes there yet; `kept`: it stays on this device; `not-written`: the CRM or the rep said no. */
export interface Written {
  readonly status: 'waiting' | 'written' | 'not-written' | 'kept';
  /** Why it is not there; of what waits only where the CRM has said no before. */
  readonly because?: string;
  /** The CRM, as it writes its name. */
  readonly crm: string;
}

export const STAGES = [
  'shown',
  'trigger',
  'audience',
  'eligibility',
  'applicability',
  'suitability',
  'answered',
  'holdout',
  'contact-policy',
  'profit-gate',
  'arbitration',
] as const;
export type Stage = (typeof STAGES)[number];

/** Text with values that a renderer formats for its reader. */
export type FilledPhrase = readonly (string | ShownValue)[];
export interface ShownValue {
  readonly value: AttributeValue;
  readonly type: 'choice' | 'multi' | 'number' | 'boolean' | 'date' | 'text';
  readonly unit?: string;
  /** Labels of the values, for choice and multi. */
  readonly labels?: readonly string[];
}

export interface Verdict {
  readonly play: string;
  readonly record: RecordId;
  readonly title: FilledPhrase;
  readonly stage: Stage;
  readonly rank?: number;
  readonly priority?: number;
  /** The condition that stopped it, with what it found. */
  readonly condition?: Explanation;
  /** The smallest change that would show it; in `why` and in decisions that were asked for all verdicts. */
  readonly change?: readonly Change[] | 'several';
  /** When it may show again, if time alone can do it. ISO 8601 UTC. */
  readonly until?: string;
  readonly answered?: Answered;
  /** Where the play stands on the record, whatever stopped it here; in `why` and in decisions that were asked for all verdicts. */
  readonly life?: LifeView;
  /** The ledger that is full, and who used it. */
  readonly ledger?: LedgerView;
  readonly margin?: Margin;
  readonly arbitration?: ArbitrationView;
}

export interface Answered {
  readonly kind: string;
  readonly reason?: string;
  readonly asker?: RecordId;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A {@link PlayLife} in a decision; moments are ISO 8601 UTC. */
export interface LifeView extends Pick<PlayLife, 'state' | 'opening' | 'ended'> {
  readonly since?: string;
  readonly until?: string;
  readonly answered?: Answered;
}

export interface LedgerView {
  readonly contact?: RecordId;
  readonly used: number;
  readonly limit: number;
  readonly days: number;
  readonly channel?: Channel;
  readonly touches: readonly Touch[];
  /** A free slot, and a card of higher priority that holds it. */
  readonly outbid?: { readonly play: string; readonly priority: number };
}

export interface Margin {
  readonly rate: number;
  readonly required: number;
  readonly priceMinor: number;
  /** The lowest price that would pass. */
  readonly neededPriceMinor: number;
}

export interface ArbitrationView {
  readonly priority: number;
  /** One line a goal, in the playbook's order. */
  readonly goals: readonly GoalShare[];
  /** In units of priority, as it was ranked by. */
  readonly minuteCost: number;
  readonly touchCost: number;
  /** Present where minutes and touches are priced by so many plans of days; else they cost what the playbook declares. */
  readonly priced?: { readonly plans: number; readonly days: number };
  /**
   * What the priority would be at the costs that the playbook declares; absent where it is just that. By this, and never by
   * what was learned, a card is worth showing or not.
   */
  readonly worth?: number;
  readonly propensity: Propensity;
  /** Present where the playbook ranks by the product: the priority is the propensity's rate times these three. */
  readonly product?: Omit<ByFactor, 'propensity'>;
  /** Present: ranked without a part of the product, to measure what that adds; see `worth` for the whole. */
  readonly arm?: Exclude<StandingArm, 'full'>;
  /** The goal below its floor that this would hurt. */
  readonly vetoedBy?: string;
  /** The play shown in its place, and how much priority it lacks. */
  readonly behind?: {
    readonly play: string;
    readonly lacks: number;
    /** `tried`: that one was drawn in its place, to learn. */
    readonly why: 'ranked-lower' | 'same-action' | 'tried';
    /** By the product: how far that one is ahead by each factor. */
    readonly logs?: ByFactor;
  };
}

/** What decides whether a card is worth showing at all. */
export const worthOf = ({ worth, priority }: ArbitrationView): number => worth ?? priority;

/**
 * One number for each factor of the product. As logs, ln of the factor of the one over that of the other, they add up to
 * ln of the ratio of the priorities; no factor's part depends on another (for a product that is also the Shapley split).
 */
export interface ByFactor {
  readonly propensity: number;
  readonly context: number;
  readonly value: number;
  readonly lever: number;
}

export interface GoalShare {
  readonly goal: string;
  readonly label: string;
  readonly share: number;
  readonly weight: number;
  /** In [0, 1]: 1 at or below the floor, 0 at or above the target. */
  readonly credit: number;
  /** What it is worth if the buyer acts, in the goal's unit. */
  readonly value: number;
  readonly unit?: string;
  readonly level?: number;
  readonly floor?: number;
  readonly target?: number;
}

/** P(the buyer acts | done), and from how much it is known; 0 means it is the author's guess. */
export interface Propensity {
  readonly rate: number;
  readonly sampleSize: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Card {
  /** The opening; for plays judged on opening the record, `play|record|opened`. */
  readonly opening: string;
  readonly play: string;
  readonly record: RecordId;
  readonly rank: number;
  readonly title: FilledPhrase;
  readonly why: FilledPhrase;
  readonly changed?: Changed;
  readonly action: {
    readonly kind: ActionKind;
    readonly verb?: FilledPhrase;
    readonly minutes: number;
    readonly touch?: Channel;
    readonly contact?: {
      readonly id: RecordId;
      readonly name?: string;
      readonly phone?: string;
      readonly email?: string;
    };
    readonly asks?: {
      readonly attribute: string;
      readonly label: string;
      readonly options: readonly { readonly id: string; readonly label: string }[];
    };
    readonly link?: string;
  };
  readonly mandatory?: boolean;
  readonly buyerRequested?: boolean;
  readonly arbitration: ArbitrationView;
  /** Present: it was drawn among cards that are nearly as good, and why not every time alike, for the log. */
  readonly draw?: Draw;
  /** The asker tries something with this play, and the account is in it: the new way, in the asker's words (hostile: text), or as usual. */
  readonly ownTry?: { readonly id: string; readonly arm: 'usual' | 'new'; readonly how?: string };
  /** The goal that decided, and what leading with it puts off. */
  readonly goal?: GoalShare;
  readonly deferred?: {
    readonly play: string;
    readonly title: FilledPhrase;
    readonly goal: string;
    readonly value: number;
    readonly unit?: string;
  };
  /** By the product: the play that comes next, and how far this one is ahead of it by each factor. */
  readonly ahead?: {
    readonly play: string;
    readonly title: FilledPhrase;
    readonly logs: ByFactor;
  };
  readonly ledger?: LedgerView;
  readonly evidence: readonly EvidenceView[];
  readonly contents: readonly ContentView[];
  readonly reasons: readonly {
    readonly id: string;
    readonly label: string;
    readonly scope: 'rep' | 'record';
    readonly asks?: string;
  }[];
  readonly margin?: Margin;
}

export interface Draw {
  /** With which this card was drawn: exact, so that what came of it can be weighed. */
  readonly probability: number;
  /** All that could have been drawn, best first. */
  readonly among: readonly {
    readonly play: string;
    readonly record: RecordId;
    readonly probability: number;
  }[];
}

/** What changed, as a number against what is usual or required where there is one. */
export interface Changed {
  readonly text: FilledPhrase;
  readonly at: string;
  readonly trueSinceBefore?: boolean;
  readonly actual?: number;
  readonly required?: number;
  readonly unit?: string;
  /** What `required` is, in words: `Won deals like this average 4`. Absent: it is the trigger's bound. */
  readonly compared?: FilledPhrase;
  /** The state that a machine came from. */
  readonly from?: ShownValue;
  /** Everything that was part of a pattern, in order. */
  readonly matched?: readonly { readonly type: string; readonly at: string }[];
  /** What the event says of the moment that the play waited for: an instant, a time of the company's clock, or a day. */
  readonly moment?: JsonValue;
}

export interface EvidenceView {
  readonly text: FilledPhrase;
  readonly grade: Grade;
  /** `call-made`, `record-changed`, ... */
  readonly type: string;
  readonly at: string;
  readonly by?: { readonly id: RecordId; readonly name?: string };
  readonly source?: { readonly record: RecordId; readonly field?: string };
  /** Words of the source, quoted. Hostile: show as text. */
  readonly quote?: string;
}

export interface ContentView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly revision: number;
  readonly body: readonly MarkdownNode[];
  /** What the holes of the body hold for this record, by attribute; a missing one shows its `otherwise`. */
  readonly values?: { readonly [attribute: string]: ShownValue };
  readonly link?: string;
  /** How many attributes matched, and which. */
  readonly matched: readonly string[];
}

/** Why nothing is worth doing here now, and until when. */
export interface Nothing {
  readonly because:
    | 'no-plays'
    | 'holdout'
    | 'rests'
    | 'buyer-contacted-enough'
    | 'answered'
    | 'nothing-holds'
    | 'no-access';
  /** ISO 8601 UTC. */
  readonly until?: string;
  readonly verdict?: Verdict;
  /** What happened last, newest first: withdrawn by the buyer's own act, and so on. */
  readonly lately: readonly {
    readonly at: string;
    readonly text: FilledPhrase;
    readonly grade?: Grade;
  }[];
}
