import type { DealFinding, DealPatterns } from '../analyze-deals.js';
import { type DealQuestion, type Deals, QUARTER } from '../deal-table.js';
import type { Playbook } from '../domain/playbook.js';
import { plural } from '../view/count.js';
import type { PatternWords } from './pattern-words.js';

/** What was asked, and what came of it. */
export interface PatternsAsked {
  readonly question: DealQuestion;
  readonly deals: Deals;
  readonly patterns: DealPatterns;
  readonly words: PatternWords;
  readonly adjustFor: readonly string[];
  readonly playbook: Playbook;
}

export function lookedAt({ table }: Deals, words: PatternWords): string {
  const labels = table.columns.flatMap(({ id }) => (id === QUARTER ? [] : [words.label(id)]));
  return labels.length > 0
    ? `Looked at: ${labels.join('; ')}.`
    : 'Nothing was looked at: no attribute is filled in differently.';
}

export const nounOf = ({ outcome }: DealQuestion): string =>
  outcome.startsWith('account.') ? 'account' : 'deal';

export const points = (rate: number): string => (100 * Math.abs(rate)).toFixed(1);
export const signed = (rate: number): string =>
  rate === 0 ? '0' : `${rate < 0 ? '−' : '+'}${points(rate)}`;
export const rateOf = (won: number, deals: number): string =>
  deals === 0 ? 'none' : `${((100 * won) / deals).toFixed(1)} %`;

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** The finding, with its interval and on how much it rests. */
export function findingSentence(
  finding: DealFinding,
  { question, patterns, words }: Omit<PatternsAsked, 'playbook' | 'adjustFor' | 'deals'>,
): string {
  const { effect, interval, n, sellers, pattern } = finding;
  const noun = nounOf(question);
  const [low, high] = interval.map(Math.abs).sort((a, b) => a - b) as [number, number];
  const range = `95 % interval ${points(low)} to ${points(high)}`;
  const basis = `${plural(n, noun)}${patterns.sellers === undefined ? '' : ` of ${plural(sellers, 'seller')}`}`;
  const what = words.pattern(pattern);
  return patterns.stars
    ? `Stars have this ${points(effect)} percentage points ${effect > 0 ? 'more' : 'less'} often than the others: ${what} (${range}; ${basis}).`
    : `Where ${what}, ${words.is(question.outcome, question.won)} ${points(effect)} percentage points ${effect > 0 ? 'more' : 'less'} often than on comparable ${noun}s (${range}; ${basis}).`;
}
