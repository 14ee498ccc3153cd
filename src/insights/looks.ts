import { stableJson } from '../core/stable-json.js';
import type { Question } from './question.js';

/** A question whose findings somebody has seen. */
export interface Look {
  /** The quarter of the year in which it was first seen: `2026-Q4`. */
  readonly family: string;
  readonly question: Question;
}

/** How sure a finding has to be at this look. */
export interface Level {
  /** Which look of its family it is, from 1 on. */
  readonly look: number;
  /** The chance that anything it finds is false. */
  readonly alpha: number;
}

/** Of the family's error of 0.05, for the first look, which is at everything; and for all others, however many. */
const FIRST = 0.04;
const FURTHER = 0.01;

/** Only where something is searched for is a look one more chance to be wrong; elsewhere there are estimates. */
export const isSearch = ({ topic }: Question): boolean => topic === 'patterns';

/** Of the day `YYYY-MM-DD`. */
export const familyOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/**
 * The level of a question after those that were looked at. The levels of all looks sum to 0.05 however many follow
 * (those after the first fall as 1 / j^2, of which the sum is pi^2 / 6), so that no stopping rule, not even "until
 * something is found", makes it more, and what was found earlier stays found. The same question again is the same look.
 */
export function levelOf(question: Question, family: string, looks: readonly Look[]): Level {
  const own = looks
    .filter((one) => one.family === family && isSearch(one.question))
    .map((one) => keyOf(one.question));
  const known = own.indexOf(keyOf(question));
  const look = known < 0 ? own.length + 1 : known + 1;
  const alpha = look === 1 ? FIRST : (FURTHER * 6) / (Math.PI * (look - 1)) ** 2;
  return { look, alpha };
}

export function withLook(
  question: Question,
  family: string,
  looks: readonly Look[],
): readonly Look[] {
  const isKnown = looks.some(
    (one) => one.family === family && keyOf(one.question) === keyOf(question),
  );
  return isKnown ? looks : [...looks, { family, question }];
}

const keyOf = (question: Question): string => stableJson(question);
