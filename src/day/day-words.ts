import { createWords, type Words } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';
import type { PlanChange } from './compare-plans.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { DAY_STRINGS as SAY } from './day-strings.js';
import { hoursText, type Names } from './limit-words.js';
import type { ToldCard, ToldDay } from './told-day.js';

/** What less than that is worth is nothing. */
const NOTHING = 1e-6;
const NAMED = 2;

export interface DayWords extends Pick<Words, 'fill' | 'count' | 'time' | 'fullDay' | 'number'> {
  hours(minutes: number): string;
  /** So many units of priority, as money where a goal counts money. */
  amount(value: number): string;
  isNothing(value: number): boolean;
  /** An amount of a goal of the playbook. */
  goal(goal: string, value: number): string;
  /** What was said to cost so much. */
  costs(what: string, cost: number): string;
  /** By how much the bound is above the plan. */
  gap(plan: Pick<DayPlan, 'value' | 'bound'>): string;
  isBest(plan: Pick<DayPlan, 'value' | 'bound'>): boolean;
}

export function createDayWords({ zone, currency, goals, now }: ToldDay): DayWords {
  const words = createWords(ENGLISH, { zone, currency }, now);
  const money = goals.find(({ unit, weight }) => unit === 'money' && weight > 0);
  const amount = (value: number): string =>
    money
      ? words.roughly((value * money.scale) / money.weight, 'money')
      : words.number(Number(value.toPrecision(2)));
  const isNothing = (value: number): boolean => value <= NOTHING;
  const share = ({ value, bound }: Pick<DayPlan, 'value' | 'bound'>): number =>
    value > 0 ? Math.max(0, bound / value - 1) : bound > NOTHING ? 1 : 0;
  return {
    ...words,
    hours: hoursText,
    amount,
    isNothing,
    goal(goal, value) {
      const { unit } = goals.find(({ id }) => id === goal) ?? {};
      return words.roughly(value, unit);
    },
    costs: (what, cost) =>
      isNothing(cost)
        ? words.fill(SAY.costsNothing, { what })
        : words.fill(SAY.costs, { what, amount: amount(cost) }),
    gap: (plan) => words.percent(Math.ceil(share(plan) * 1000) / 1000),
    isBest: (plan) => share(plan) < 5e-4,
  };
}

export function namesOf(
  cards: ReadonlyMap<string, ToldCard>,
  { floors }: Pick<DayProblem, 'floors'>,
  { words, told }: { readonly words: DayWords; readonly told: Pick<ToldDay, 'name'> },
): Names {
  return {
    title: (candidate) => titleOf(cards.get(candidate)),
    rep: (rep) => told.name ?? rep,
    floor(floor) {
      const { label = '', goal = '' } = floors[floor] ?? {};
      return { label, amount: (value) => words.goal(goal, value) };
    },
  };
}

/** A card in a sentence: what is to be done, and where where that does not say it. */
export function titleOf(card: ToldCard | undefined): string {
  if (!card) return '';
  return card.title.includes(card.name) ? card.title : `${card.title}, ${card.name}`;
}

/** What became of the plan since something happened. */
export function newsText(
  { gone, dropped, added, moved }: PlanChange,
  at: number,
  cards: ReadonlyMap<string, ToldCard>,
  words: DayWords,
): string {
  const titles = (all: readonly string[], text: string): readonly string[] => {
    if (all.length === 0) return [];
    const named = all.slice(0, NAMED).map((one) => titleOf(cards.get(one)));
    const rest = all.length - named.length;
    const more = rest > 0 ? [words.count(SAY.moreLeft, rest)] : [];
    return [words.fill(text, { titles: [...named, ...more].join('; ') })];
  };
  const told = [
    ...titles(gone, SAY.newsGone),
    ...titles(added, SAY.newsAdded),
    ...titles(dropped, SAY.newsDropped),
    ...(moved.length > 0 ? [words.count(SAY.newsMoved, moved.length)] : []),
  ];
  return words.fill(SAY.news, { time: words.time(at), what: `${told.join('. ')}.` });
}
