import type { DealQuestion } from '../deal-table.js';
import type { DraftAim } from '../draft-play.js';
import { plural } from '../view/count.js';
import type { PatternsAsked } from './finding-words.js';
import type { MeasureMeaning } from './measures-in.js';

/** What is measured of those that were won. */
export interface MeasureTold extends Pick<PatternsAsked, 'words' | 'playbook' | 'question'> {
  /** `cycle`, or a qualified attribute. */
  readonly measure: string;
  readonly meaning?: MeasureMeaning;
}

export function measureName({ measure, words }: Pick<MeasureTold, 'measure' | 'words'>): string {
  return measure === 'cycle' ? 'the days from the beginning to winning' : words.label(measure);
}

const isMoney = ({ measure, playbook }: MeasureTold): boolean =>
  playbook.attributes.find(({ id }) => id === measure)?.unit === 'money';

/** Without its sign, in the unit of the measure. */
export function amountText(told: MeasureTold, amount: number): string {
  const { measure, words, playbook } = told;
  const value = Math.abs(amount);
  if (measure === 'cycle') return plural(Number(value.toFixed(1)), 'day');
  if (isMoney(told)) return words.words.roughly(value, 'money');
  const unit = playbook.attributes.find(({ id }) => id === measure)?.unit;
  if (unit === 'rate') return `${(100 * value).toFixed(1)} percentage points`;
  return `${Number(value.toPrecision(3))}${unit ? ` ${unit}` : ''}`;
}

export function signedText(told: MeasureTold, amount: number): string {
  const sign = amount < 0 ? '−' : amount > 0 ? '+' : '';
  return `${sign}${amountText(told, amount)}`;
}

const isOfAccounts = ({ outcome }: DealQuestion): boolean => outcome.startsWith('account.');

/** `won deals`, `accounts with Converted is yes`. */
export function measuredOnes({ question, words }: Pick<MeasureTold, 'question' | 'words'>): string {
  return isOfAccounts(question)
    ? `accounts with ${words.is(question.outcome, question.won)}`
    : 'won deals';
}

/** `3 won deals`, `1 account with Converted is yes`. */
export function countMeasured(
  { question, words }: Pick<MeasureTold, 'question' | 'words'>,
  number: number,
): string {
  return isOfAccounts(question)
    ? `${plural(number, 'account')} with ${words.is(question.outcome, question.won)}`
    : plural(number, 'won deal');
}

/** `take 5 days longer than`, `Discount is higher by 2 points than`: the ones first, then what they are compared with. */
export function differenceText(
  told: MeasureTold,
  { ones, others, difference }: { ones: string; others: string; difference: number },
): string {
  const amount = amountText(told, difference);
  return told.measure === 'cycle'
    ? `${ones} take ${amount} ${difference > 0 ? 'longer' : 'less'} than ${others} on average`
    : `${told.words.label(told.measure)} of ${ones} is ${difference > 0 ? 'higher' : 'lower'} by ${amount} than of ${others} on average`;
}

interface Middle {
  readonly middle?: number;
  readonly middleInterval?: readonly [number, number];
}

/** `+3 days (95 % interval +1 day to +5 days)`; empty where no rows are comparable. */
export function middleText(
  told: MeasureTold,
  { middle, middleInterval: interval }: Middle,
): string {
  if (middle === undefined) return '';
  const basis = interval
    ? `95 % interval ${signedText(told, interval[0])} to ${signedText(told, interval[1])}`
    : 'too few sellers for an interval';
  return `${signedText(told, middle)} (${basis})`;
}

/** After another sentence: how far two are apart in the middle. */
export function middleSentence(told: MeasureTold, found: Middle, ofTwo: string): string {
  const said = middleText(told, found);
  return said && ` ${ofTwo}, the difference in the middle is ${said}.`;
}

/** What may be done about a record that goes the wrong way. */
const ASK: { readonly [meaning in MeasureMeaning | 'cycle']: string } = {
  cycle: 'Agree the next step of {} and its day',
  discount: 'Settle what {} is worth before its price',
  returns: 'Check that it fits before {} is ordered',
  turnover: 'Ask what else {} needs',
};

/** What a play from such a finding is to change. */
export function aimOf(told: MeasureTold, effect: number): DraftAim {
  const meaning = told.measure === 'cycle' ? 'cycle' : told.meaning;
  if (meaning === undefined) return { title: 'Look at {}' };
  const unit = told.playbook.attributes.find(({ id }) => id === told.measure)?.unit;
  return {
    isWanted: meaning === 'turnover' ? effect > 0 : effect < 0,
    title: ASK[meaning],
    ...(isMoney(told) && { worth: { minor: effect } }),
    ...(meaning === 'discount' && unit === 'rate' && { worth: { share: effect } }),
  };
}
