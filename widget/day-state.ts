import type { PlanChange } from '../src/day/compare-plans.js';
import type { DayChoices, DayStretch } from '../src/day/day-choices.js';
import type { DayPlan } from '../src/day/day-plan.js';
import type { DayProblem, Hand } from '../src/day/day-problem.js';
import type { DayWords } from '../src/day/day-words.js';
import type { ToldDay } from '../src/day/told-day.js';

/** In units of priority, by what is done. */
export interface ChangeCosts {
  readonly [change: string]: number | 'clashes' | undefined;
}

export interface DayState {
  readonly told: ToldDay;
  readonly words: DayWords;
  readonly choices: DayChoices;
  readonly stretch: DayStretch;
  readonly problem: DayProblem;
  /** Absent while the first is being made. */
  readonly plan?: DayPlan;
  /** A better one is looked for. */
  readonly solving: boolean;
  /** What each change by hand costs, where that is known. */
  readonly costs: ReadonlyMap<Hand, number>;
  /** The card that is unfolded; absent: the first. */
  readonly open?: string;
  /** What could be done with that card, and what it would cost. */
  readonly weighed?: ChangeCosts;
  readonly news?: { readonly at: number; readonly change: PlanChange };
  readonly failed?: string;
  readonly said: string;
  readonly past: readonly DayChoices[];
}
