import type { LitElement } from 'lit';
import { comparePlans, type PlanChange } from '../src/day/compare-plans.js';
import {
  type DayChoices,
  type DayStretch,
  NO_CHOICES,
  pruneChoices,
  toProblem,
} from '../src/day/day-choices.js';
import type { DayPlan } from '../src/day/day-plan.js';
import type { DayProblem, Hand } from '../src/day/day-problem.js';
import type { Weighed } from '../src/day/day-solver.js';
import type { DaySource } from '../src/day/day-source.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import { createDayWords } from '../src/day/day-words.js';
import { firstPlan } from '../src/day/first-plan.js';
import { replanDay } from '../src/day/replan-day.js';
import type { ToldCard } from '../src/day/told-day.js';
import { type Changes, changesOf } from './day-changes.js';
import type { DayState } from './day-state.js';
import { keepFocus } from './keep-focus.js';

export interface DayDesk {
  readonly state: DayState;
  readonly source: DaySource;
  /** Every card that was told, also those that are no longer open. */
  readonly cards: ReadonlyMap<string, ToldCard>;
  changes(): Changes | undefined;
  show(stretch: DayStretch): void;
  unfold(candidate: string | undefined): void;
  change(choices: DayChoices): void;
  setHands(hands: readonly Hand[]): void;
  undo(): void;
  /** Reads anew what could be done. */
  again(): void;
  say(said: string): void;
  close(): void;
}

const MOST_PAST = 50;
/** A first plan that takes longer is shown as good as it can be made at once. */
const PATIENCE_MS = 500;

/** @throws what the source's `open` rejects with. */
export async function openDayDesk(
  element: LitElement,
  source: DaySource,
  progress: Parameters<DaySource['open']>[0],
): Promise<DayDesk> {
  const { told, choices: kept = NO_CHOICES } = await source.open(progress);
  const cards = new Map(told.cards.map((card) => [card.id, card]));
  const choices = pruneChoices(kept, told);
  let state: DayState = {
    ...{ told, words: createDayWords(told), choices, stretch: 'first' },
    problem: toProblem(told, choices, 'first'),
    ...{ solving: true, costs: new Map(), said: '', past: [] },
  };
  let round = 0;
  let weighing = 0;
  let closed = false;
  let reading: Promise<void> | undefined;
  let readAgain = false;
  const { solver } = source;
  /** What the solver is at. */
  let asking: Promise<void> = Promise.resolve();

  function set(more: Partial<DayState>, ...without: readonly (keyof DayState)[]): void {
    const left = Object.entries({ ...state, ...more }).filter(
      ([key]) => !without.includes(key as keyof DayState),
    );
    state = Object.fromEntries(left) as unknown as DayState;
    keepFocus(element, '.item.open .what');
    element.requestUpdate();
  }

  /**
   * At once by the prices of the plan before, then by the solver: one question at a time, and only the last one that is
   * asked. What was shown is compared where something happened.
   */
  async function plan(shown?: DayPlan): Promise<void> {
    const own = ++round;
    const isCurrent = (): boolean => own === round && !closed;
    const { told: now, choices: chosen, stretch, plan: before } = state;
    const problem = toProblem(now, chosen, stretch);
    const known = state.costs;
    set({ problem, solving: solver !== undefined, costs: new Map() }, 'weighed');
    if (before) tell(replanDay(problem, before), shown);
    else if (!solver) tell(firstPlan(problem), shown);
    const late = setTimeout(() => {
      if (isCurrent() && !state.plan) tell(firstPlan(problem), shown);
    }, PATIENCE_MS);
    await asking;
    if (!isCurrent() || !solver) return;
    try {
      const solved = await ask(solver.solve(problem));
      if (!isCurrent()) return;
      tell(solved, shown);
      set({ solving: false });
      await weigh(problem, solved, known);
    } catch {
      if (!isCurrent()) return;
      if (!state.plan) tell(firstPlan(problem), shown);
      set({ solving: false });
    } finally {
      clearTimeout(late);
    }
  }

  function ask<Answer>(question: Promise<Answer>): Promise<Answer> {
    const done = (): void => undefined;
    asking = question.then(done, done);
    return question;
  }

  function tell(made: DayPlan, shown: DayPlan | undefined): void {
    const { told: now } = state;
    const isOpen = (candidate: string): boolean => now.cards.some(({ id }) => id === candidate);
    set({
      plan: made,
      said: state.words.fill(SAY.saidPlanned, {
        actions: state.words.count(SAY.actions, made.items.length),
      }),
      ...(shown && newsOf(now.now, comparePlans(shown, made, isOpen))),
    });
  }

  /**
   * What could be done with the card that is unfolded, and then what changes by hand cost: each told as soon as it is
   * known. Where not everything goes together already, a cost would say nothing.
   */
  async function weigh(
    problem: DayProblem,
    made: DayPlan,
    known: ReadonlyMap<Hand, number>,
  ): Promise<void> {
    const own = ++weighing;
    const at = round;
    const value = async (hands: readonly Hand[]): Promise<Weighed | undefined> => {
      await asking;
      if (own !== weighing || at !== round || closed || !solver) return undefined;
      const [found] = await ask(solver.weigh(problem, [hands]));
      return own === weighing && at === round && !closed ? found : undefined;
    };
    const costs = new Map(
      problem.hands.flatMap((hand) => {
        const cost = known.get(hand);
        return cost === undefined ? [] : [[hand, cost] as const];
      }),
    );
    set({ costs });
    if (made.clash) return;
    for (const [name, hands] of Object.entries(changesOf(state, cards) ?? {})) {
      const found = await value(hands);
      if (!found) return;
      const cost = found.clashes ? 'clashes' : Math.max(0, made.value - found.value);
      set({ weighed: { ...state.weighed, [name]: cost } });
    }
    for (const hand of problem.hands) {
      const found = await value(problem.hands.filter((other) => other !== hand));
      if (!found) return;
      set({ costs: new Map(state.costs).set(hand, Math.max(0, found.value - made.value)) });
    }
  }

  async function read(): Promise<void> {
    try {
      const { told: now } = await source.open();
      if (closed) return;
      for (const card of now.cards) cards.set(card.id, card);
      const shown = state.plan;
      const own = pruneChoices(state.choices, now);
      set({ told: now, words: createDayWords(now), choices: own }, 'failed');
      await plan(shown);
    } catch (error) {
      if (closed) return;
      const because = error instanceof Error ? error.message : String(error);
      set({
        failed: navigator.onLine ? state.words.fill(SAY.failed, { because }) : SAY.offline,
      });
    }
  }

  /** What happens while it is read is read once more after it. */
  function happened(): void {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = read().finally(() => {
      reading = undefined;
      if (!readAgain || closed) return;
      readAgain = false;
      happened();
    });
  }

  function choose(chosen: DayChoices, past: readonly DayChoices[]): void {
    set({ choices: chosen, past }, 'news');
    source.keep?.(chosen);
    void plan();
  }

  const unwatch = source.watch?.(happened);
  const desk: DayDesk = {
    get state() {
      return state;
    },
    source,
    cards,
    changes: () => changesOf(state, cards),
    show(stretch) {
      // Its days are others: what was planned of these says nothing about them.
      set({ stretch, solving: true }, 'plan', 'open', 'news', 'weighed');
      void plan();
    },
    unfold(candidate) {
      set(candidate === undefined ? {} : { open: candidate }, 'weighed', ...NO_OPEN(candidate));
      const { plan: made, problem, solving } = state;
      if (made && !solving) void weigh(problem, made, state.costs).catch(() => undefined);
    },
    change: (chosen) => choose(chosen, [...state.past, state.choices].slice(-MOST_PAST)),
    setHands: (hands) => desk.change({ ...state.choices, hands }),
    undo() {
      const last = state.past.at(-1);
      if (last) choose(last, state.past.slice(0, -1));
    },
    again: happened,
    say: (said) => set({ said }),
    close() {
      closed = true;
      unwatch?.();
    },
  };
  void plan();
  return desk;
}

const NO_OPEN = (candidate: string | undefined): readonly 'open'[] =>
  candidate === undefined ? ['open'] : [];

function newsOf(at: number, change: PlanChange): Pick<DayState, 'news'> {
  const isNews = Object.values(change).some((all) => all.length > 0);
  return isNews ? { news: { at, change } } : {};
}
