import type { RoiAssumptions } from '../analyze-roi.js';
import type { DealQuestion } from '../deal-table.js';
import type { AttributeValue } from '../domain/value.js';
import type { MeasureMeaning } from './measures-in.js';

/** What is asked of recorded facts: data, so that it may be sent, stored and compared. */
export type Question = (
  | PatternsQuestion
  | WhitespaceQuestion
  | WalletQuestion
  | RetentionQuestion
  | RenewalQuestion
  | ForecastTopicQuestion
  | RampQuestion
  | ProofTopicQuestion
  | RoiQuestion
  | TradeoffQuestion
  | ActionsQuestion
  | TriesQuestion
  | ReasonsQuestion
  | LearningQuestion
  | TrialQuestion
) & {
  /** Only a part of what there is. */
  readonly cut?: Cut;
};

export interface Outcome {
  /** Qualified: `opportunity.stage`. */
  readonly attribute: string;
  readonly won: readonly AttributeValue[];
  readonly lost: readonly AttributeValue[];
}

export interface PatternsQuestion extends Omit<DealQuestion, 'outcome' | 'won' | 'lost'> {
  readonly topic: 'patterns';
  readonly outcome: Outcome;
  readonly adjustFor?: readonly string[];
  readonly stars?: boolean;
  /** What the attribute that is measured is, which says which way is better. Default: by its name. */
  readonly meaning?: MeasureMeaning;
  readonly seed?: string;
}

/** How purchases are told, and up to when. */
export interface PurchaseQuestion {
  readonly purchase?: string;
  readonly product?: string;
  readonly amount?: string;
  /** Epoch milliseconds. */
  readonly until?: number;
}

export interface WhitespaceQuestion extends PurchaseQuestion {
  readonly topic: 'whitespace';
  /** Qualified attributes of the account in which customers are comparable. */
  readonly peers: readonly string[];
  readonly seed?: string;
}

export interface WalletQuestion extends PurchaseQuestion {
  readonly topic: 'wallet';
  readonly peers: readonly string[];
}

export interface RetentionQuestion extends PurchaseQuestion {
  readonly topic: 'retention';
  /** How far to look ahead. Default 90. */
  readonly days?: number;
}

export interface RenewalQuestion extends PurchaseQuestion {
  readonly topic: 'renewal';
  readonly attribute: string;
  readonly left: readonly AttributeValue[];
  readonly stayed: readonly AttributeValue[];
  readonly leaveOut?: readonly string[];
  readonly seed?: string;
}

export interface ForecastTopicQuestion {
  readonly topic: 'forecast';
  readonly outcome: Outcome;
  /** Qualified; default: the attribute of the outcome. */
  readonly said?: string;
  /** The chance that each value of it claims. */
  readonly claims?: { readonly [value: string]: number };
  /** Told for each team of five or more, too. */
  readonly by?: string;
  /** Of the deals of this person alone, for that person. */
  readonly rep?: string;
  readonly until?: number;
}

export interface RampQuestion {
  readonly topic: 'ramp';
  readonly outcome: Outcome;
  readonly until?: number;
}

/** What the guidance earned against the standing holdout, of all accounts. */
export interface ProofTopicQuestion extends Omit<PurchaseQuestion, 'product'> {
  readonly topic: 'proof';
  /** Epoch milliseconds; default: when the first account got an arm. */
  readonly since?: number;
  /** The share of a held out group's sales below which a difference changes nothing. Default 0.05. */
  readonly matters?: number;
}

/** What guidance may be worth: as assumed, or where there is a holdout as measured. */
export interface RoiQuestion extends Pick<PurchaseQuestion, 'purchase' | 'amount'> {
  readonly topic: 'roi';
  /** Default: the worked example. */
  readonly assumptions?: RoiAssumptions;
}

/** What one goal costs another, and where today's weights stand. */
export interface TradeoffQuestion {
  readonly topic: 'tradeoff';
}

/** What was done towards buyers and what they did after it: by one rep, for that rep; or by all together. */
export interface ActionsQuestion {
  readonly topic: 'actions';
  /** `connection:rep:id`, or its last part where no other has the same. Absent: all, who have to be five or more. */
  readonly rep?: string;
  /** Days in which what a buyer does counts as after an action. Default 14. */
  readonly windowDays?: number;
  readonly until?: number;
}

/** What one rep tries, for that rep. */
export interface TriesQuestion {
  readonly topic: 'tries';
  /** `connection:rep:id`. */
  readonly rep: string;
}

/** Why deals are lost and cards are set aside, by product and service. */
export interface ReasonsQuestion {
  readonly topic: 'reasons';
  readonly outcome: Outcome;
  /** Qualified attribute of the opportunity. */
  readonly reason: string;
  /** Qualified attributes of the opportunity; the first one that a deal tells is its product or service. */
  readonly products: readonly string[];
}

/** How likely each play comes off, by the playbook's `learning`. */
export interface LearningQuestion {
  readonly topic: 'learning';
}

/** How one of the playbook's trials stands. */
export interface TrialQuestion {
  readonly topic: 'trial';
  /** Qualified attribute that holds the arms. */
  readonly arm: string;
}

/** A part of the records: a segment, a region, a product, a time. */
export interface Cut {
  /** All of these hold, of the account or of the opportunity. */
  readonly where?: readonly Where[];
  /** `YYYY-MM-DD`: deals that began on this day or later, and before that day. */
  readonly from?: string;
  readonly before?: string;
}

export interface Where {
  /** Qualified. */
  readonly attribute: string;
  readonly value: AttributeValue;
}
